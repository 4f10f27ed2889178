/**
 * Tells a double press from two presses. The hub is so fast that the second half of a double press meets the next
 * state: without this, calling a citizen twice by mistake would start the service of one who has not come.
 */

/** People press twice within this time by mistake, and never on purpose. */
export const DOUBLE_MS = 400;

/** @param {() => number} now milliseconds that only go forward */
export function createPresses(now) {
  let last = "";
  let at = Number.NEGATIVE_INFINITY;
  return {
    /** Whether this press is the second half of the one before. @param {string} command */
    isDouble(command) {
      const double = this.settles(command);
      last = command;
      at = now();
      return double;
    },
    /** An answer came: what is pressed in the next moment was meant for what was shown before. */
    answered() {
      at = now();
    },
    /** Whether a press of this command would be a double one now. @param {string} command */
    settles: (/** @type {string} */ command) => command === last && now() - at < DOUBLE_MS,
    /** Whether any press would be. */
    get settling() {
      return now() - at < DOUBLE_MS;
    },
  };
}
