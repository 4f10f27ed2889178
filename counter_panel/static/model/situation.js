/** What the panel knows of its counter. */

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
 * What of the counter an officer's wish rests on. While it is the same, a wish without an answer is the same wish.
 * @param {Snapshot} snapshot
 */
export function situationOf({ counter, ticket, my_day }) {
  return [
    counter.id,
    counter.state,
    counter.since,
    ticket?.id,
    ticket?.state,
    ticket?.calls,
    my_day.served,
    my_day.no_shows,
  ]
    .map((each) => each ?? "")
    .join("/");
}

/**
 * The waiting numbers that fit what an officer typed: "26", "026" and "a026" find A026.
 * @template {{number: string}} W
 * @param {readonly W[]} line
 * @param {string} typed
 * @returns {W[]}
 */
export function matching(line, typed) {
  const wanted = typed.replaceAll(/\s/g, "").toUpperCase();
  if (wanted === "") return [...line];
  const digits = wanted.replace(/^[A-Z]+/, "");
  const letter = wanted.slice(0, wanted.length - digits.length);
  return line.filter(({ number }) => {
    const rest = number.replace(/^[A-Z]+/, "");
    const fits =
      digits === "" || rest === digits || Number(rest) === Number(digits) || rest.startsWith(digits);
    return number.startsWith(letter) && fits;
  });
}

/**
 * The id of a number that is not in the line shown; null where it cannot be one.
 * @param {string} day "2026-11-24"
 * @param {string} typed
 */
export function ticketId(day, typed) {
  const number = typed.replaceAll(/\s/g, "").toUpperCase();
  const parts = /^([A-Z]+)(\d{1,5})$/.exec(number);
  if (!parts?.[1] || !parts[2]) return null;
  return `${day.slice(2).replaceAll("-", "")}-${parts[1]}${parts[2].padStart(3, "0")}`;
}
