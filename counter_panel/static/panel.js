/** The officer's panel: one state, one render. */

import { connect } from "/static/live/live.js";
import { clockAt, nowOf, ticks } from "/static/web/clock.js";
import { box, setText } from "/static/web/dom.js";
import { kept, keptHere } from "/static/web/keep.js";
import { call as ask, createWishes } from "/static/web/wish.js";
import { languageAfter, languageOf } from "/static/web/words.js";
import { closeDialogs, dialogOf, openDialog } from "./input/dialogs.js";
import { listen } from "./input/hands.js";
import { DOUBLE_MS } from "./input/presses.js";
import { createSeats } from "./input/seats.js";
import { Work } from "./input/work.js";
import { createDrafts } from "./model/draft.js";
import { createNames } from "./model/names.js";
import { createHabits } from "./model/outcomes.js";
import { createSession, isEnded } from "./model/session.js";
import { phaseOf, situationOf } from "./model/situation.js";
import { makeButtons, paintUndo } from "./paint/acts.js";
import { paintDesk } from "./paint/desk.js";
import { listenToLogin, paintChoice } from "./paint/gate.js";
import { paintHead, paintNotice, paintOffline, paintWords } from "./paint/head.js";
import { paintFoot, paintHall, paintSide } from "./paint/side.js";

/** @typedef {import("./model/situation.js").Snapshot} Snapshot */
/** @typedef {import("./model/situation.js").Me} Me */
/** @typedef {import("snapshots").Counter} Counter */
/** @typedef {import("./model/names.js").Names} Names */
/** @typedef {import("./paint/desk.js").Desk} Desk */
/** @typedef {import("./paint/head.js").Tone} Tone */

const TICK_MS = 500;
const AGAIN_MS = 3_000;
const BOARD_MS = 3_000;
const LANGUAGE = "motcua.counter.language";
const LAST = "motcua.counter.last";

const root = box(document, "[data-panel]");
const hall = root.dataset.hall ?? "";

const state = {
  /** @type {"loading"|"login"|"choose"|"desk"} */ view: "loading",
  language: languageOf(kept.read(LANGUAGE)),
  /** @type {Me|null} */ me: null,
  /** @type {import("./model/names.js").Facts|null} */ facts: null,
  /** @type {Snapshot|null} */ snapshot: null,
  /** @type {import("/static/web/clock.js").Clock|null} */ clock: null,
  /** @type {readonly Counter[]} */ board: [],
  /** who has taken the counter @type {import("./model/session.js").Seat["holder"]} */ taker: null,
  online: true,
  /** @type {number|null} in `ticks` */ lastAt: null,
  /** why the log-in is shown @type {string} */ loginWord: "login_text",
  /** @type {import("./paint/head.js").Notice} */
  notice: { tone: "quiet", text: () => "", at: 0 },
};

let names = createNames(state.language, null);
const session = createSession(hall);
const drafts = createDrafts(keptHere);
const wishes = createWishes({
  papers: session.papers,
  renew: session.whoAmI,
  onChange: () => {
    render();
    setTimeout(render, DOUBLE_MS);
  },
});
const work = new Work({
  hall,
  root,
  drafts,
  wishes,
  desk,
  names: () => names,
  habits,
  clock: () => state.clock,
  find: session.find,
  tell,
  ended,
});
const { seat } = session;
const seats = createSeats({ hall, root, work, desk, names: () => names, seat, taken: goLive, logOut });

/** @type {ReturnType<typeof connect>|null} */
let live = null;
/** @type {ReturnType<typeof setTimeout>|undefined} */
let boardAgain;

function habits() {
  return createHabits(kept, state.me?.id ?? "");
}

/** What the desk shows now; null: there is none. @returns {Desk|null} */
function desk() {
  const { snapshot, me, clock } = state;
  if (!snapshot || !me || !clock || state.view !== "desk") return null;
  const draft = snapshot.ticket ? drafts.of(snapshot.ticket.id) : null;
  const outcome = snapshot.ticket
    ? (draft?.outcome ?? habits().usual(snapshot.ticket.procedure, names.outcomes))
    : null;
  const phase = phaseOf(snapshot, me);
  return {
    snapshot,
    phase,
    online: state.online,
    now: nowOf(clock, ticks()),
    offset: clock.offset,
    names,
    outcome,
    draft,
    taker: phase === "taken" && state.taker?.id === snapshot.counter.holder ? state.taker : null,
    running: wishes.running,
    settling: work.presses.settles("main"),
  };
}

/**
 * One line near the acts: what was done, what was refused, why not.
 * @param {Tone} tone
 * @param {(names: Names) => string} text
 */
function tell(tone, text) {
  state.notice = { tone, text, at: ticks() };
  render();
}

// from the door to the desk

async function begin() {
  if (root.dataset.inside !== "true" && session.token === null) return logInFirst("login_text");
  const reply = await session.whoAmI();
  if (reply.ok) return enter(/** @type {Me} */ (reply.data));
  state.online = reply.status !== 0;
  if (isEnded(reply.error)) return logInFirst("login_text");
  setTimeout(begin, AGAIN_MS);
  render();
}

/** @param {Me} me */
function enter(me) {
  state.online = true;
  if (me.kind !== "staff" && me.kind !== "counter") return logInFirst(elsewhere(me));
  state.me = me;
  goLive();
}

/** What somebody is told who has no counter to work at. @param {Me} me */
function elsewhere({ kind }) {
  return kind === "supervisor" || kind === "admin" ? `login_${kind}` : "login_wrong_place";
}

/** @param {string} word why */
function logInFirst(word) {
  live?.close();
  live = null;
  clearTimeout(boardAgain);
  closeDialogs();
  state.loginWord = word;
  state.view = "login";
  render();
  const field = root.querySelector(`[data-login] input[name="${state.me?.name ? "password" : "name"}"]`);
  const name = root.querySelector('[data-login] input[name="name"]');
  if (name instanceof HTMLInputElement && state.me?.name) name.value = state.me.name;
  if (field instanceof HTMLElement) field.focus();
}

/** The session is over; what is at the counter stays. */
function ended() {
  logInFirst("login_again");
}

/** @param {string} name @param {string} password */
async function logIn(name, password) {
  const reply = await session.logIn(name, password);
  if (!reply.ok) return names.refusal(reply.error);
  const me = /** @type {Me} */ (reply.data);
  if (me.kind !== "staff") {
    await session.logOut();
    return names.say(elsewhere(me));
  }
  if (state.me?.id !== me.id) state.snapshot = null;
  enter(me);
  return null;
}

async function logOut() {
  live?.close();
  await session.logOut();
  state.me = null;
  state.snapshot = null;
  logInFirst("login_text");
}

function goLive() {
  live?.close();
  clearTimeout(boardAgain);
  live = connect({
    namespace: "/counter",
    hall,
    tokenFrom: () => session.token,
    onSnapshot: heard,
    onState: connectionChanged,
    mayReload: () => openDialog() === null && wishes.running === null,
  });
}

/** @param {{online: boolean, lastAt: number|null, refused: string|null}} connection */
function connectionChanged({ online, lastAt, refused }) {
  state.online = online || refused !== null;
  state.lastAt = lastAt ?? state.lastAt;
  if (refused === "no_counter") choose();
  else if (refused === "misdirected")
    tell("refused", (said) => said.say(refused, { origin: location.origin }));
  else if (refused !== null) void askAgain();
  render();
}

/** The socket was shut: is it the session, or only this connection? */
async function askAgain() {
  const reply = await session.whoAmI();
  if (!reply.ok && isEnded(reply.error) && state.view !== "login") ended();
}

/** @param {Snapshot} snapshot */
function heard(snapshot) {
  const before = state.snapshot;
  if (before && situationOf(before) !== situationOf(snapshot)) wishes.forget();
  state.snapshot = snapshot;
  state.clock = clockAt(snapshot.at, ticks());
  state.online = true;
  if (state.me && phaseOf(snapshot, state.me) === "closed" && state.me.kind === "staff") return choose();
  if (state.me?.kind === "staff" && snapshot.counter.holder === state.me.id)
    kept.write(LAST, snapshot.counter.id);
  if (state.view !== "desk") closeDialogs();
  state.view = "desk";
  if (desk()?.phase === "taken" && snapshot.counter.holder !== state.taker?.id) void learnTaker(snapshot);
  render();
}

/** The counter has been taken over: by whom, and when. @param {Snapshot} snapshot */
async function learnTaker({ counter }) {
  closeDialogs(); // nothing asked there can be done any more
  state.taker = (await seat(counter.id))?.holder ?? null;
  render();
}

function choose() {
  live?.close();
  live = null;
  const arriving = state.view !== "choose";
  if (arriving) closeDialogs();
  if (state.snapshot) void seats.tellTaker(state.snapshot.counter.id, state.me?.id ?? "");
  state.snapshot = null;
  state.view = "choose";
  render();
  if (arriving) box(root, "[data-choose-title]").focus();
  void learnBoard();
}

/** Who sits where, while a counter is being chosen. */
async function learnBoard() {
  clearTimeout(boardAgain);
  const reply = await ask("GET", `/api/v1/halls/${encodeURIComponent(hall)}/board`);
  if (state.view !== "choose") return;
  state.online = reply.ok;
  if (reply.ok) {
    state.board = /** @type {{counters: Counter[]}} */ (reply.data).counters;
    state.lastAt = ticks();
  }
  boardAgain = setTimeout(learnBoard, BOARD_MS);
  render();
}

async function learnFacts() {
  const reply = await ask("GET", `/api/v1/halls/${encodeURIComponent(hall)}`);
  if (reply.ok) state.facts = /** @type {import("./model/names.js").Facts} */ (reply.data);
  else setTimeout(learnFacts, AGAIN_MS);
  names = createNames(state.language, state.facts);
  render();
}

// showing

/** The words which stand still change with the language only. */
let shownLanguage = "";

function render() {
  root.dataset.view = state.view;
  for (const view of root.querySelectorAll("[data-when]"))
    if (view instanceof HTMLElement) view.hidden = view.dataset.when !== state.view;
  if (shownLanguage !== state.language) paintWords(root, names);
  shownLanguage = state.language;
  paintHead(root, { names, view: state.view, me: state.me });
  const { online, lastAt, clock } = state;
  paintOffline(root, names, { online, lastAt, clock });
  if (state.view === "login") setText(box(root, "[data-login-text]"), names.say(state.loginWord));
  if (state.view === "choose") paintChoice(root, { names, counters: state.board, last: kept.read(LAST) });
  const shown = desk();
  box(root, "[data-foot]").hidden = shown === null;
  if (!shown) return;
  root.dataset.phase = shown.phase;
  root.dataset.busy = String(shown.running !== null || work.presses.settling);
  paintDesk(root, shown);
  paintSide(root, shown);
  paintFoot(box(root, "[data-foot]"), shown);
  const dialog = dialogOf("hall");
  if (dialog.open) paintHall(dialog, shown);
  paintNotice(root, names, state.notice, wishes.running?.delayed ?? false);
  paintUndo(root, shown);
}

// hands

box(root, "[data-language]").addEventListener("click", () => {
  state.language = languageAfter(state.language);
  kept.write(LANGUAGE, state.language);
  names = createNames(state.language, state.facts);
  render();
});
makeButtons(document);
listenToLogin(root, logIn, () => names);
listen({
  hall,
  root,
  work,
  seats,
  desk,
  names: () => names,
  leave: choose,
  present: () => void session.present(),
});
void learnFacts();
void begin();
setInterval(render, TICK_MS);
render();
