/** How often the phone asks. Polling and not a socket: a phone sleeps, changes networks and wakes; a question
 * every few seconds costs less than a socket kept alive, and asks again at once when the page is looked at. */

const SOON_MS = 4_000;
const USUAL_MS = 10_000;
const REST_MS = 30_000;
const SOON_AHEAD = 3;

/**
 * Milliseconds until the next question; null: the visit is over, nothing will change.
 * @param {{state: string, ahead: number|null}|null} place null when nothing was heard yet
 * @param {number} failures questions in a row without an answer
 * @param {number} dice 0..1, so that the phones of a hall do not all ask at the same moment after a cut
 * @returns {number|null}
 */
export function nextQuestion(place, failures, dice) {
  if (failures > 0) return Math.min(SOON_MS * 2 ** (failures - 1), REST_MS) * (0.75 + dice / 2);
  if (place === null) return SOON_MS;
  switch (place.state) {
    case "called":
      return SOON_MS;
    case "waiting":
      return (place.ahead ?? SOON_AHEAD + 1) <= SOON_AHEAD ? SOON_MS : USUAL_MS;
    case "serving":
    case "held":
      return USUAL_MS;
    case "no_show":
      return REST_MS; // an officer may bring the number back into the line
    default:
      return null;
  }
}

/**
 * Is this another call than the one already rung for? A recall is.
 * @param {{state: string, called_at: string|null}|null} before @param {{state: string, called_at: string|null}} now
 */
export function isNewCall(before, now) {
  if (now.state !== "called") return false;
  return before === null || before.state !== "called" || before.called_at !== now.called_at;
}
