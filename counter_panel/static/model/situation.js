/** What the panel knows of its counter. */

import { plain } from "/static/web/plain.js";

/** @typedef {import("snapshots").Panel} Snapshot */
/** @typedef {import("snapshots").Card} Card */
/** @typedef {{kind: string, id: string, name: string|null, csrf: string|null}} Me */
/** @typedef {"free"|"called"|"serving"|"paused"|"taken"|"closed"} Phase */

/**
 * @param {Snapshot} snapshot
 * @param {Me} me a pad belongs to its counter and acts for whoever holds it
 * @returns {Phase}
 */
export function phaseOf(snapshot, me) {
  const { counter, ticket } = snapshot;
  if (counter.state === "closed") return "closed";
  if (counter.holder !== me.id && me.kind !== "counter") return "taken";
  if (counter.state === "paused") return "paused";
  return ticket?.state ?? "free";
}

/**
 * Seconds until the citizen may be called again; 0: at once.
 * @param {Card} ticket
 * @param {number} now
 */
export function coolingSeconds(ticket, now) {
  if (ticket.recall_at === null) return 0;
  return Math.max(0, Math.ceil((Date.parse(ticket.recall_at) - now) / 1000));
}

/**
 * What the counter may take back, and for how many seconds still; null: nothing.
 * @param {Snapshot} snapshot
 * @param {number} now
 */
export function undoOf({ undo }, now) {
  const seconds = undo ? Math.ceil((Date.parse(undo.until) - now) / 1000) : 0;
  return undo && seconds > 0 ? { ...undo, seconds } : null;
}

/**
 * What of the counter an officer's wish rests on. While it is the same, a wish without an answer is the same wish.
 * @param {Snapshot} snapshot
 */
export function situationOf({ counter, ticket, my_day, undo }) {
  return [
    counter.id,
    counter.state,
    counter.since,
    ticket?.id,
    ticket?.state,
    ticket?.calls,
    my_day.served,
    my_day.no_shows,
    undo?.ticket,
    undo?.until,
  ]
    .map((each) => each ?? "")
    .join("/");
}

/**
 * The waiting numbers that fit what an officer typed: "26", "026" and "a026" find A026, "d12" also Đ012.
 * @template {{number: string}} W
 * @param {readonly W[]} line
 * @param {string} typed
 * @returns {W[]}
 */
export function matching(line, typed) {
  const wanted = partsOf(typed);
  if (wanted.letter + wanted.digits === "") return [...line];
  return line.filter(({ number }) => {
    const { letter, digits } = partsOf(number);
    const fits =
      wanted.digits === "" || Number(digits) === Number(wanted.digits) || digits.startsWith(wanted.digits);
    return letter.startsWith(wanted.letter) && fits;
  });
}

/** Whether what an officer typed may be a number of today, which the hub is asked for. @param {string} typed */
export function isNumber(typed) {
  const { letter, digits } = partsOf(typed);
  return /^\p{L}?$/u.test(letter) && /^\d{1,5}$/.test(digits);
}

/** @param {string} number */
function partsOf(number) {
  const plainly = plain(number.normalize("NFKC").replaceAll(/[^\p{L}\p{N}]/gu, ""));
  const letter = plainly.replace(/\d.*$/, "");
  return { letter, digits: plainly.slice(letter.length) };
}
