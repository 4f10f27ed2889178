/** How a visit ends, and what this officer chose last for the same procedure. */

/** @typedef {"accepted"|"accepted_immediate"|"supplement"|"refused"|"result_returned"|"guided"|"left"} Outcome */

/** In the order of the digits 1 to 7. @type {readonly Outcome[]} */
export const OUTCOMES = [
  "accepted",
  "accepted_immediate",
  "supplement",
  "refused",
  "result_returned",
  "guided",
  "left",
];
// A refusal or a request for papers is a decision about one citizen: never offered to the next one by itself.
const REMEMBERED = new Set(["accepted", "accepted_immediate", "result_returned", "guided"]);

/** @param {number} digit @returns {Outcome|null} */
export function outcomeAt(digit) {
  return OUTCOMES[digit - 1] ?? null;
}

/** @param {unknown} value @returns {value is Outcome} */
function isOutcome(value) {
  return OUTCOMES.some((each) => each === value);
}

/**
 * The usual outcomes of one officer by procedure, kept in this browser.
 * @param {import("/static/web/keep.js").Keep} keep
 * @param {string} officer
 */
export function createHabits(keep, officer) {
  const name = `motcua.counter.outcomes.${officer}`;
  const read = () => {
    const last = keep.recall(name);
    return last !== null && typeof last === "object" ? /** @type {Record<string, unknown>} */ (last) : {};
  };
  return {
    /** @param {string} procedure @returns {Outcome|null} */
    usual(procedure) {
      const kept = read()[procedure];
      return isOutcome(kept) && REMEMBERED.has(kept) ? kept : null;
    },
    /** @param {string} procedure @param {Outcome} outcome */
    chosen(procedure, outcome) {
      if (REMEMBERED.has(outcome)) keep.note(name, { ...read(), [procedure]: outcome });
    },
  };
}
