/** Where a citizen stands between the first touch and the number, and when nobody is there any more. Pure. */

import { FIRST } from "/static/web/words.js";

/** @typedef {import("./facts.js").Language} Language */
/** @typedef {import("./taking.js").Issued} Issued */
/** @typedef {import("./taking.js").Refusal} Refusal */
/**
 * @typedef {{at: "start"}|{at: "field", field: string}|{at: "search"}|{at: "procedure"|"priority", procedure: string}
 *   |{at: "taking", procedure: string, trouble: Refusal|null}
 *   |{at: "ticket", issued: Issued, voidUntil: number, voiding: "no"|"asked"|"failed", print: string|null}
 *   |{at: "voided", number: string}|{at: "refused", refusal: Refusal}} Step
 */
/** @typedef {"large"|"contrast"|"low"} Mode */
/**
 * @typedef {object} Visit
 * @property {Step[]} trail from the start screen to here; never empty
 * @property {Language} language
 * @property {ReadonlySet<Mode>} modes
 * @property {string} typed keys touched in the search
 */

/** @type {Readonly<Visit>} what the next citizen finds */
export const AT_REST = Object.freeze({
  trail: [{ at: /** @type {const} */ ("start") }],
  language: FIRST,
  modes: new Set(),
  typed: "",
});

/** @typedef {{idleMs: number, warnMs: number}} Patience of [kiosk] idle_seconds and warn_seconds */

/** How often the hall's idle time nothing is touched before the kiosk asks; papers take time to read. */
const QUIET_TIMES = { start: 1, field: 1, search: 1.5, procedure: 2, priority: 1, ticket: 1, refused: 1 };
const UNPRINTED_TIMES = 3; // a number that must be learnt or photographed
const VOIDED_MS = 6_000;
const PRINTS = new Set(["ok", "paper_low", "unknown"]);
/** @type {ReadonlySet<Slip>} */
const ON_PAPER = new Set(["printing", "printed"]);

/** @param {Visit} visit @returns {Step} */
export function step(visit) {
  return visit.trail.at(-1) ?? { at: "start" };
}

/** @param {Visit} visit @param {Step} next @returns {Visit} */
export function go(visit, next) {
  return { ...visit, trail: [...visit.trail, next] };
}

/** The present step told anew. @param {Visit} visit @param {Step} again @returns {Visit} */
export function stay(visit, again) {
  return { ...visit, trail: [...visit.trail.slice(0, -1), again] };
}

/** From the ticket there is no way back, only to the start. @param {Visit} visit @returns {Visit} */
export function back(visit) {
  return visit.trail.length > 1 ? { ...visit, trail: visit.trail.slice(0, -1) } : visit;
}

/** The same citizen begins again: words and size of letters stay. @param {Visit} visit @returns {Visit} */
export function toStart(visit) {
  return { ...visit, trail: AT_REST.trail, typed: "" };
}

/** @param {Visit} visit @param {Mode} mode @returns {Visit} */
export function toggle(visit, mode) {
  const modes = new Set(visit.modes);
  if (!modes.delete(mode)) modes.add(mode);
  return { ...visit, modes };
}

/** Nothing here a next citizen should not find. @param {Visit} visit */
export function isAtRest(visit) {
  return step(visit).at === "start" && visit.language === FIRST && visit.modes.size === 0;
}

/**
 * "waiting": it takes long. "silent": the printer says nothing. "uncertain": nobody knows. "sent": this printer
 * cannot say. "none": the hall prints no slips.
 * @typedef {"printing"|"waiting"|"silent"|"printed"|"sent"|"uncertain"|"unprinted"|"none"} Slip
 */

/**
 * What became of the slip.
 * @param {string|null} job state of the print job, null: there is none
 * @param {string} printer state of the printer
 * @returns {Slip}
 */
export function slipOf(job, printer) {
  switch (job) {
    case null:
      return "none";
    case "confirmed":
      return "printed";
    case "sent":
    case "uncertain":
      return job;
    case "queued":
    case "sending":
      if (printer === "waiting" || printer === "silent") return printer;
      return PRINTS.has(printer) ? "printing" : "unprinted";
    default:
      return "unprinted";
  }
}

/** Whether the state of a print job changes no more; a slip in doubt may still turn out printed. @param {string|null} job */
export function isSettled(job) {
  return job !== "queued" && job !== "sending" && job !== "uncertain";
}

/**
 * Whether somebody is still there: `left` seconds of the warning, or null; `over`: start anew.
 * @param {Visit} visit
 * @param {number} quiet milliseconds since the last touch
 * @param {string} printer state of the printer
 * @param {Patience} patience
 * @returns {{left: number|null, over: boolean}}
 */
export function presence(visit, quiet, printer, { idleMs, warnMs }) {
  const now = step(visit);
  if (now.at === "taking" || isAtRest(visit)) return { left: null, over: false };
  if (now.at === "voided") return { left: null, over: quiet >= VOIDED_MS };
  const asks = idleMs * quietTimes(now, printer) * (visit.modes.size > 0 ? 2 : 1);
  if (quiet < asks) return { left: null, over: false };
  const rest = asks + warnMs - quiet;
  return { left: Math.max(0, Math.ceil(rest / 1000)), over: rest <= 0 };
}

/** @param {Exclude<Step, {at: "taking"|"voided"}>} now @param {string} printer */
function quietTimes(now, printer) {
  const learnt = now.at === "ticket" && !ON_PAPER.has(slipOf(now.print, printer));
  return learnt ? UNPRINTED_TIMES : QUIET_TIMES[now.at];
}
