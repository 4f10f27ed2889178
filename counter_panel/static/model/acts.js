/**
 * What an officer can do: one row an act. Its key, its button, its row of the key sheet, when it may be done and
 * what is sent come from here; its words are found under its name (`hold`, `done_hold`), and what is asked first
 * in input/questions.js.
 */

import { coolingSeconds, undoOf } from "./situation.js";

/** @typedef {import("./situation.js").Snapshot} Snapshot */
/** @typedef {import("./situation.js").Phase} Phase */
/**
 * Why something cannot be done now.
 * @typedef {"offline"|"taken"|"paused"|"closed"|"no_citizen"|"not_called"|"not_serving"|"called_first"|"still_here"
 *   |"nobody"|"cooling"|"no_recalls"|"nothing_to_undo"} Why
 */
/**
 * @typedef {object} ActRow
 * @property {`counters/{counter}/${string}`|`tickets/{ticket}/${string}`} post the path of its request
 * @property {Readonly<Partial<Record<Phase, Why>>>} not the phases in which it cannot be done
 * @property {(snapshot: Snapshot, now: number) => Why|null} [unless] what else stands against it
 * @property {readonly Phase[]} [main] when it is the big button
 * @property {string} [hint] what stands under its name there
 * @property {string} [space] what is said of its key there, if not that of every other
 * @property {true} [counted] its own button tells how often it can still be done
 * @property {"side"|"low"|"head"} [button] a button of its own
 * @property {string} [waiting] what it is called where it can be done with a number that waits
 * @property {readonly string[]} [keys] places on the keyboard and the keypad (KeyboardEvent.code)
 * @property {string} [sheet] what it is called on the key sheet, if not by its name
 * @property {true} [asks] a dialog asks first
 * @property {string|((snapshot: Snapshot, ticket: string, answer: unknown) => string)} [told] what is said once it is
 *   done, if not `done_` and its name; by whom it was done with, or by what the hub answered
 */

const AWAY = /** @type {const} */ ({ taken: "taken", closed: "closed", paused: "paused" });
const ALONE = /** @type {const} */ ({ ...AWAY, called: "still_here", serving: "still_here" });
const CALLED = /** @type {const} */ ({ ...AWAY, free: "no_citizen", serving: "not_called" });
const SERVING = /** @type {const} */ ({ ...AWAY, free: "not_serving", called: "called_first" });
const CITIZEN = /** @type {const} */ ({ ...AWAY, free: "no_citizen" });
const { paused: _, ...LEAVING } = ALONE;

// One row an act, in the order of the buttons and of the key sheet.
// biome-ignore format: a table
/** @satisfies {Readonly<Record<string, ActRow>>} */
export const ACTS = {
  next:        { post: "counters/{counter}/next", not: ALONE, unless: nobody, main: ["free", "taken"] },
  reopen:      { post: "counters/{counter}/open", not: { taken: "taken" }, main: ["paused", "closed"] },
  finish_next: { post: "tickets/{ticket}/finish", not: SERVING, main: ["serving"] },
  finish:      { post: "tickets/{ticket}/finish", not: SERVING, button: "side", keys: ["Enter", "Numpad0"], sheet: "keys_finish" },
  start:       { post: "tickets/{ticket}/start", not: CALLED, main: ["called"], hint: "start_hint", space: "key_space_start", keys: ["KeyS"] },
  recall:      { post: "tickets/{ticket}/recall", not: CALLED, unless: tooSoon, button: "side", counted: true, keys: ["KeyR", "NumpadAdd"] },
  no_show:     { post: "tickets/{ticket}/no_show", not: CALLED, button: "side", keys: ["Delete", "NumpadSubtract"] },
  hold:        { post: "tickets/{ticket}/hold", not: CITIZEN, asks: true, button: "low", keys: ["KeyH", "NumpadMultiply"] },
  transfer:    { post: "tickets/{ticket}/transfer", not: CITIZEN, asks: true, button: "low", keys: ["KeyT", "NumpadDivide"], waiting: "transfer" },
  call:        { post: "counters/{counter}/call", not: ALONE, asks: true, button: "low", keys: ["KeyC", "NumpadDecimal", "NumpadComma"], waiting: "call_do", told: "done_next" },
  serve:       { post: "counters/{counter}/serve", not: ALONE, asks: true, keys: ["KeyN"] },
  pause:       { post: "counters/{counter}/pause", not: ALONE, asks: true, button: "head", keys: ["KeyP", "Numpad9"] },
  priority:    { post: "tickets/{ticket}/set_priority", not: CITIZEN, asks: true, keys: ["KeyU"], waiting: "priority" },
  reprint:     { post: "tickets/{ticket}/reprint", not: CITIZEN, button: "low", keys: ["KeyI"], waiting: "reprint" },
  cancel:      { post: "tickets/{ticket}/cancel", not: CITIZEN, asks: true, button: "low", keys: ["KeyX"], waiting: "cancel" },
  undo:        { post: "counters/{counter}/undo", not: AWAY, unless: nothingToUndo, keys: ["KeyZ", "Numpad8"], told: howUndone },
  close:       { post: "counters/{counter}/close", not: LEAVING, button: "head" },
  resume:      { post: "tickets/{ticket}/resume", not: AWAY, told: howBack },
};

/** @typedef {keyof typeof ACTS} Act */
/** @typedef {{[A in Act]: (typeof ACTS)[A] extends {asks: true} ? A : never}[Act]} AskingAct */
/** @typedef {import("/static/web/wish.js").Step} Step */

/** @type {readonly (readonly [Act, ActRow])[]} */
export const ROWS = /** @type {[Act, ActRow][]} */ (Object.entries(ACTS));

/** @param {Act} act @returns {ActRow} */
export function rowOf(act) {
  return ACTS[act];
}

/** @param {Act} act @returns {act is AskingAct} */
export function asks(act) {
  return rowOf(act).asks === true;
}

/** Whether it is done with a citizen; else it is done at the counter. @param {Act} act */
export function isWithTicket(act) {
  return rowOf(act).post.startsWith("tickets/");
}

/** The one thing to do next: the big button. @param {Phase} phase @returns {Act} */
export function mainAct(phase) {
  return ROWS.find(([, { main }]) => main?.includes(phase))?.[0] ?? "next";
}

/** What can be done with a number that waits; what the counter does with it first. @returns {Act[]} */
export function actsOnWaiting() {
  const acts = ROWS.filter(([, { waiting }]) => waiting).map(([act]) => act);
  return [...acts.filter((act) => !isWithTicket(act)), ...acts.filter(isWithTicket)];
}

/**
 * The request of an act.
 * @param {Act} act
 * @param {{hall: string, counter?: string, ticket?: string}} where
 * @param {Record<string, unknown>} [body]
 * @returns {Step}
 */
export function stepOf(act, { hall, counter = "", ticket = "" }, body = {}) {
  const path = rowOf(act)
    .post.replace("{counter}", encodeURIComponent(counter))
    .replace("{ticket}", encodeURIComponent(ticket));
  return { path: `/api/v1/halls/${encodeURIComponent(hall)}/${path}`, body };
}

/**
 * Why this cannot be done now; null: it can.
 * @param {Act} act
 * @param {{phase: Phase, online: boolean, snapshot: Snapshot, now: number}} state `now`: the hall's clock
 * @returns {Why|null}
 */
export function whyNot(act, { phase, online, snapshot, now }) {
  const { not, unless } = rowOf(act);
  return online ? (not[phase] ?? unless?.(snapshot, now) ?? null) : "offline";
}

/**
 * What is said once it is done.
 * @param {Act} act
 * @param {Snapshot} snapshot as it was before
 * @param {string} ticket
 * @param {unknown} [answer]
 */
export function toldOf(act, snapshot, ticket, answer) {
  const { told = `done_${act}` } = rowOf(act);
  return typeof told === "string" ? told : told(snapshot, ticket, answer);
}

/** Back from hold, or after a no-show. @param {Snapshot} snapshot @param {string} ticket */
function howBack(snapshot, ticket) {
  if (snapshot.no_shows.some(({ id }) => id === ticket)) return "done_return";
  return snapshot.ticket ? "done_resume_line" : "done_resume";
}

/**
 * Something else may have been done last since the page was drawn.
 * @param {Snapshot} _snapshot
 * @param {string} _ticket
 * @param {unknown} answer
 */
function howUndone(_snapshot, _ticket, answer) {
  const { undone } = /** @type {{undone: string}} */ (answer);
  return `done_undo_${undone}`;
}

/** @param {Snapshot} snapshot @param {number} now @returns {Why|null} */
function nothingToUndo(snapshot, now) {
  return undoOf(snapshot, now) ? null : "nothing_to_undo";
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
