/** What the officer noted for the citizen at the counter and nobody else has: ticks, dossier code, outcome. */

/** @typedef {import("./outcomes.js").Outcome} Outcome */
/** @typedef {{ticket: string, ticks: string[], dossier: string, outcome: Outcome|null}} Draft */

const KEPT = "motcua.counter.draft";

/** @param {string} ticket @returns {Draft} */
function blank(ticket) {
  return { ticket, ticks: [], dossier: "", outcome: null };
}

/**
 * Kept over a reload of the page and a new log-in, gone with the window.
 * @param {Pick<Storage, "getItem"|"setItem">} storage
 */
export function createDrafts(storage) {
  /** @type {Draft|null} */
  let draft = read(storage);
  return {
    /** @param {string} ticket @returns {Draft} */
    of(ticket) {
      if (draft?.ticket !== ticket) draft = blank(ticket);
      return draft;
    },
    /** @param {string} ticket @param {Partial<Omit<Draft, "ticket">>} changes */
    note(ticket, changes) {
      draft = { ...this.of(ticket), ...changes };
      try {
        storage.setItem(KEPT, JSON.stringify(draft));
      } catch {
        return; // kept until the page is left
      }
    },
    /** @param {string} ticket @param {string} paper */
    tick(ticket, paper) {
      const { ticks } = this.of(ticket);
      const now = ticks.includes(paper) ? ticks.filter((each) => each !== paper) : [...ticks, paper];
      this.note(ticket, { ticks: now });
    },
  };
}

/** @param {Pick<Storage, "getItem">} storage @returns {Draft|null} */
function read(storage) {
  try {
    const kept = JSON.parse(storage.getItem(KEPT) ?? "null");
    return typeof kept?.ticket === "string" && Array.isArray(kept.ticks)
      ? { ...blank(kept.ticket), ...kept }
      : null;
  } catch {
    return null;
  }
}
