/** How a visit ends, and what this officer chose last for the same procedure. */

/** @typedef {"accepted"|"accepted_immediate"|"supplement"|"refused"|"result_returned"|"guided"|"left"} Outcome */

/** All that a hall may offer; which of them, in which order, the hall says. @type {readonly Outcome[]} */
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

/** Those of this hall, in the order of the digits. @param {readonly {code: string}[]} told */
export function outcomesOf(told) {
  return told.map(({ code }) => code).filter(isOutcome);
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
    /** @param {string} procedure @param {readonly Outcome[]} offered @returns {Outcome|null} */
    usual(procedure, offered) {
      const kept = read()[procedure];
      return offered.find((each) => each === kept && REMEMBERED.has(each)) ?? null;
    },
    /** @param {string} procedure @param {Outcome} outcome */
    chosen(procedure, outcome) {
      if (REMEMBERED.has(outcome)) keep.note(name, { ...read(), [procedure]: outcome });
    },
  };
}
