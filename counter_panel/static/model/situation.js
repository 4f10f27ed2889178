/** What the panel knows of its counter, and what may be done there now. */

/** @typedef {import("snapshots").Panel} Snapshot */
/** @typedef {import("snapshots").Card} Card */
/** @typedef {{kind: string, id: string, name: string|null, csrf: string|null}} Me */
/** @typedef {"free"|"called"|"serving"|"paused"|"taken"|"closed"} Phase */
/**
 * @typedef {"next"|"start"|"finish"|"finish_next"|"recall"|"no_show"|"hold"|"transfer"|"call"|"reprint"|"cancel"
 *   |"priority"|"pause"|"reopen"|"close"|"resume"} Act
 */
/**
 * Why something cannot be done now.
 * @typedef {"offline"|"taken"|"paused"|"closed"|"no_citizen"|"not_called"|"not_serving"|"called_first"|"still_here"
 *   |"nobody"|"cooling"|"no_recalls"} Why
 */

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
 * The one thing to do next: the big button.
 * @param {Phase} phase
 * @returns {"next"|"start"|"finish_next"|"reopen"}
 */
export function mainAct(phase) {
  if (phase === "called") return "start";
  if (phase === "serving") return "finish_next";
  return phase === "paused" || phase === "closed" ? "reopen" : "next";
}

/**
 * Why this cannot be done now; null: it can.
 * @param {Act} act
 * @param {{phase: Phase, online: boolean, snapshot: Snapshot, now: number}} state `now`: the hall's clock
 * @returns {Why|null}
 */
export function whyNot(act, { phase, online, snapshot, now }) {
  if (!online) return "offline";
  if (phase === "taken") return "taken";
  if (act === "reopen") return null;
  if (phase === "closed") return "closed";
  if (phase === "paused") return act === "close" ? null : "paused";
  return (
    atCitizen(act, phase) ??
    (act === "next" ? nobody(snapshot) : act === "recall" ? tooSoon(snapshot, now) : null)
  );
}

/**
 * @param {Act} act
 * @param {Phase} phase
 * @returns {Why|null}
 */
function atCitizen(act, phase) {
  const here = phase === "called" || phase === "serving";
  switch (act) {
    case "next":
    case "call":
    case "pause":
    case "close":
      return here ? "still_here" : null;
    case "start":
    case "recall":
    case "no_show":
      if (phase === "serving") return "not_called";
      return here ? null : "no_citizen";
    case "finish":
    case "finish_next":
      if (phase === "called") return "called_first";
      return here ? null : "not_serving";
    case "hold":
    case "transfer":
    case "cancel":
    case "reprint":
    case "priority":
      return here ? null : "no_citizen";
    default:
      return null;
  }
}

/** @param {Snapshot} snapshot @returns {Why|null} */
function nobody(snapshot) {
  return snapshot.next ? null : "nobody";
}

/** @param {Snapshot} snapshot @param {number} now @returns {Why|null} */
function tooSoon({ ticket }, now) {
  if (!ticket || ticket.recalls_left === 0) return "no_recalls";
  return coolingSeconds(ticket, now) > 0 ? "cooling" : null;
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
