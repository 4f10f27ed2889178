/** How the kiosk puts its words together: as one speaks to an older neighbour. Pure. */

import { called } from "/static/web/words.js";

/** @typedef {import("/static/web/words.js").Say} Say */
/** @typedef {import("./facts.js").Language} Language */
/** @typedef {import("snapshots").Wait} Wait */
/** @typedef {import("snapshots").CounterPlace} Counter */

/**
 * "8 người · 15–25 phút". Nobody waits where no wait is known: the counters may not be open yet.
 * @param {number} waiting @param {Wait|null} wait @param {Say} say */
export function lineWords(waiting, wait, say) {
  if (waiting === 0) return say(wait ? "no_wait" : "nobody");
  return wait
    ? say("line_wait", { people: waiting, minutes: range(wait) })
    : say("line", { people: waiting });
}

/**
 * The same of a queue as it is now: "8 người · quầy mở 07:30" where no counter calls it.
 * @param {import("snapshots").QueueNow} line @param {Say} say
 */
export function queueWords({ waiting, wait, unattended }, say) {
  if (!unattended) return lineWords(waiting, wait, say);
  const { why, opens_at } = unattended;
  const when = opens_at
    ? say("counter_from", { time: opens_at.slice(11, 16) })
    : say(why === "paused" ? "counter_paused" : "counter_closed");
  return waiting === 0
    ? when.charAt(0).toUpperCase() + when.slice(1)
    : `${say("line", { people: waiting })} · ${when}`;
}

/** "15–25", or "10" where both ends are the same. @param {Wait} wait */
export function range(wait) {
  const [low, high] = [wait.low_minutes, wait.high_minutes];
  return low === high ? `${low}` : `${low}–${high}`;
}

/** "Quầy 1 hoặc 2"; names that do not share their first words are said in full. @param {string[]} names @param {Say} say */
export function countersWords(names, say) {
  const cut = names.map((name) => name.lastIndexOf(" ") + 1);
  const stem = names[0]?.slice(0, cut[0]) ?? "";
  const alike = stem !== "" && names.every((name, at) => name.slice(0, cut[at]) === stem);
  const said = alike ? names.map((name) => name.slice(stem.length)) : names;
  const last = said.at(-1) ?? "";
  const all = said.length > 1 ? `${said.slice(0, -1).join(", ")} ${say("or")} ${last}` : last;
  return (alike ? stem : "") + all;
}

/** Where the counters are; once if they stand together. @param {Counter[]} counters @param {Language} language */
export function placeWords(counters, language) {
  const places = counters.map((each) => called(each, "place", language).text);
  if (new Set(places).size <= 1) return places[0] ?? "";
  return counters
    .map((each, at) => (places[at] ? `${called(each, "name", language).text}: ${places[at]}` : ""))
    .filter((said) => said !== "")
    .join(" · ");
}

/** "từ đủ 60 tuổi". @param {import("snapshots").PriorityAge} age @param {Say} say */
export function ageWords({ sense, years }, say) {
  return say(`age_${sense}`, { years });
}

/**
 * What a citizen is told of the slip, with the number wherever there may be no paper.
 * @param {import("./visit.js").Slip} slip @param {string} number @param {string} printer @param {Say} say
 */
export function slipWords(slip, number, printer, say) {
  if (slip === "printing" || slip === "printed") return say(slip);
  if (slip === "waiting" || slip === "sent") return say(`print_${slip}`, { number });
  const remember = say("unprinted", { number });
  if (slip === "none") return remember;
  return `${say(`unprinted_${whyUnprinted(slip, printer)}`)} ${remember}`;
}

/** @param {import("./visit.js").Slip} slip @param {string} printer */
function whyUnprinted(slip, printer) {
  if (printer === "paper_out") return "no_paper";
  if (slip === "silent" || printer === "silent") return "silent";
  return slip === "uncertain" ? "perhaps" : "failed";
}

/** @param {string|null|undefined} why @param {Say} say */
export function closedTitle(why, say) {
  return say(why ? `closed_${why}` : "closed");
}
