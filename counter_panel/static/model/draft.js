/** What the officer noted for the citizen at the counter and nobody else has: ticks, dossier code, outcome. */

/** @typedef {import("./outcomes.js").Outcome} Outcome */
/** @typedef {import("/static/web/keep.js").Keep} Keep */
/** @typedef {{ticket: string, ticks: string[], dossier: string, outcome: Outcome|null}} Draft */

const KEPT = "motcua.counter.draft";

/** @param {string} ticket @returns {Draft} */
function blank(ticket) {
  return { ticket, ticks: [], dossier: "", outcome: null };
}

/**
 * Kept over a reload of the page and a new log-in, gone with the window.
 * @param {Keep} keep
 */
export function createDrafts(keep) {
  /** @type {Draft|null} */
  let draft = before(keep);
  return {
    /** @param {string} ticket @returns {Draft} */
    of(ticket) {
      if (draft?.ticket !== ticket) draft = blank(ticket);
      return draft;
    },
    /** @param {string} ticket @param {Partial<Omit<Draft, "ticket">>} changes */
    note(ticket, changes) {
      draft = { ...this.of(ticket), ...changes };
      keep.note(KEPT, draft);
    },
    /** @param {string} ticket @param {string} paper */
    tick(ticket, paper) {
      const { ticks } = this.of(ticket);
      const now = ticks.includes(paper) ? ticks.filter((each) => each !== paper) : [...ticks, paper];
      this.note(ticket, { ticks: now });
    },
  };
}

/** @param {Keep} keep @returns {Draft|null} */
function before(keep) {
  const last = /** @type {Partial<Draft>|null} */ (keep.recall(KEPT));
  return typeof last?.ticket === "string" && Array.isArray(last.ticks)
    ? { ...blank(last.ticket), ...last }
    : null;
}
