/** How often the phone asks. Polling and not a socket: a phone sleeps, changes networks and wakes; a question
 * every few seconds costs less than a socket kept alive, and asks again at once when the page is looked at. */

const SOON_MS = 4_000;
const USUAL_MS = 10_000;
const REST_MS = 30_000;
const SOON_AHEAD = 3;
/** A counter may take back that a visit is over, for ten minutes where its hall allows the most. */
const OVER_MS = 11 * 60_000;

/**
 * Milliseconds until the next question; null: the visit is over, and nothing will change any more.
 * @param {{state: string, ahead: number|null}|null} place null when nothing was heard yet
 * @param {number} failures questions in a row without an answer
 * @param {number} dice 0..1, so that the phones of a hall do not all ask at the same moment after a cut
 * @param {number} sinceMs how long it is known to be in this state
 * @returns {number|null}
 */
export function nextQuestion(place, failures, dice, sinceMs) {
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
      return sinceMs < OVER_MS ? REST_MS : null;
  }
}

/**
 * Is this another call than the one already rung for? A recall is; a start that was taken back is none.
 * @param {{state: string, called_at: string|null}|null} before @param {{state: string, called_at: string|null}} now
 */
export function isNewCall(before, now) {
  if (now.state !== "called") return false;
  return before?.called_at !== now.called_at;
}
