/** What the officer noted for a citizen at the counter and nobody else has: ticks, dossier code, outcome. */

/** @typedef {import("./outcomes.js").Outcome} Outcome */
/** @typedef {import("/static/web/keep.js").Keep} Keep */
/** @typedef {{ticket: string, ticks: string[], dossier: string, outcome: Outcome|null}} Draft */

const KEPT = "motcua.counter.drafts";
const NOTED = 2;

/** @param {string} ticket @returns {Draft} */
function blank(ticket) {
  return { ticket, ticks: [], dossier: "", outcome: null };
}

/**
 * Kept over a reload of the page and a new log-in, gone with the window. The one before is kept too: who comes back
 * because the last act is taken back has what was noted.
 * @param {Keep} keep
 */
export function createDrafts(keep) {
  /** The newest first. */
  let drafts = before(keep);
  return {
    /** @param {string} ticket @returns {Draft} */
    of(ticket) {
      return drafts.find((draft) => draft.ticket === ticket) ?? blank(ticket);
    },
    /** @param {string} ticket @param {Partial<Omit<Draft, "ticket">>} changes */
    note(ticket, changes) {
      const others = drafts.filter((draft) => draft.ticket !== ticket);
      drafts = [{ ...this.of(ticket), ...changes }, ...others].slice(0, NOTED);
      keep.note(KEPT, drafts);
    },
    /** @param {string} ticket @param {string} paper */
    tick(ticket, paper) {
      const { ticks } = this.of(ticket);
      const now = ticks.includes(paper) ? ticks.filter((each) => each !== paper) : [...ticks, paper];
      this.note(ticket, { ticks: now });
    },
  };
}

/** @param {Keep} keep @returns {Draft[]} */
function before(keep) {
  const last = keep.recall(KEPT);
  return (Array.isArray(last) ? last : []).flatMap((/** @type {Partial<Draft>|null} */ each) =>
    typeof each?.ticket === "string" && Array.isArray(each.ticks) ? [{ ...blank(each.ticket), ...each }] : [],
  );
}
