/** The track page: one state, one render. The token stays in this page's address and in the API's. */

import { ownMoment, ticks } from "/static/web/clock.js";
import { box, part, setSaid, setText } from "/static/web/dom.js";
import { kept } from "/static/web/keep.js";
import { numberInto } from "/static/web/number.js";
import { call as ask, createKeys } from "/static/web/wish.js";
import { called, languageOf, languages, say, sayAll, told } from "/static/web/words.js";
import { createBell } from "./bell.js";
import { isNewCall, nextQuestion } from "./pace.js";
import { callingWhere, dayWords, minutesRange, stateWords, timeOf, troubleWords } from "./words.js";

/** @typedef {import("./words.js").Place} Place */
/** @typedef {import("/static/web/words.js").Language} Language */

const LANGUAGE = "language";
const LONG_TEXT = 24;
/** States after which a call, or another one, may come: the bell can be set. */
const RINGS = new Set(["waiting", "called", "held"]);
const API = `/api/v1/track/${encodeURIComponent(decodeURIComponent(location.pathname.split("/")[2] ?? ""))}`;
/** Refusals after which asking again is of no use. */
const FINAL = new Set(["unknown_ticket", "number_lost", "not_found", "malformed", "unknown_key"]);

const state = {
  /** @type {Place|null} */ place: null,
  /** @type {string|null} a refusal's code */ trouble: null,
  /** @type {number|null} in `ticks` */ heardAt: null,
  /** since when its state is known, in `ticks` */ since: 0,
  failures: 0,
  /** @type {Language|null} chosen by the citizen; else the one of the slip */
  chosen: chosenBefore(),
  bell: false,
  asking: false,
};
const bell = createBell(() => new AudioContext());
const keys = createKeys();
let timer = 0;

/** @param {string} name */
function at(name) {
  return box(document, `[data-${name}]`);
}

/** @returns {Language|null} */
function chosenBefore() {
  const before = kept.read(LANGUAGE);
  return languages().find((each) => each === before) ?? null;
}

/** @returns {Language} */
function language() {
  return state.chosen ?? languageOf(state.place?.language);
}

async function question() {
  clearTimeout(timer);
  if (state.asking) return;
  state.asking = true;
  const answer = await ask("GET", API, {});
  state.asking = false;
  if (answer.ok) {
    hear(/** @type {Place} */ (answer.data));
  } else {
    state.trouble = answer.error.code;
    state.failures += 1;
  }
  render();
  plan();
}

/** @param {Place} place */
function hear(place) {
  const before = state.place;
  if (before?.state !== place.state) state.since = ticks();
  Object.assign(state, { place, trouble: null, failures: 0, heardAt: ticks() });
  if (!isNewCall(before, place)) return;
  if (navigator.userActivation?.hasBeenActive) navigator.vibrate?.([500, 200, 500, 200, 800]);
  if (state.bell) bell.ring();
}

function plan() {
  if (state.trouble !== null && FINAL.has(state.trouble)) return;
  const wait = nextQuestion(state.place, state.failures, Math.random(), ticks() - state.since);
  if (wait !== null) timer = window.setTimeout(question, wait);
}

function render() {
  const now = language();
  document.documentElement.lang = now;
  sayAll(document, now);
  for (const button of document.querySelectorAll("[data-language]")) {
    button.setAttribute("aria-pressed", String(button.getAttribute("data-language") === now));
  }
  const lost = state.trouble !== null && FINAL.has(state.trouble);
  const place = lost ? null : state.place;
  at("phone").dataset.state = place?.state ?? (state.trouble === null ? "loading" : "trouble");
  renderTicket(place, now);
  renderNow(place, now);
  renderBanner(now);
  renderActs(place, now);
}

/** @param {Place|null} place @param {Language} now */
function renderTicket(place, now) {
  at("ticket").hidden = place === null;
  const waiting = place?.state === "waiting";
  at("facts").hidden = !waiting;
  document.title = place === null ? say(now, "title") : `${place.number} · ${stateWords(place, now).title}`;
  if (place === null) return;
  numberInto(at("number"), place.number);
  at("number").style.setProperty("--letters", String(place.number.length));
  setSaid(at("procedure"), called(place, "procedure", now));
  setSaid(at("hall-name"), called(place, "hall_name", now));
  if (!waiting) return;
  setText(at("ahead"), place.ahead === null ? "–" : String(place.ahead));
  setText(at("minutes"), minutesRange(place.wait));
  at("minutes-part").hidden = place.wait === null;
  const { calling } = place;
  at("calling-part").hidden = calling === null;
  numberInto(at("calling"), calling?.number ?? null);
  setText(at("calling-where"), calling ? callingWhere(calling, now) : "");
}

/** @param {Place|null} place @param {Language} now */
function renderNow(place, now) {
  const words = place
    ? stateWords(place, now)
    : state.trouble === null
      ? { title: say(now, "loading"), text: "" }
      : troubleWords(state.trouble, now);
  setText(at("title"), words.title);
  setText(at("text"), words.text);
  at("text").classList.toggle("is-long", words.text.length > LONG_TEXT);
  const isCalled = place?.state === "called";
  at("way").hidden = !isCalled;
  at("place").hidden = !place?.counter_place;
  setSaid(at("place"), called(place ?? {}, "counter_place", now));
}

/** @param {Language} now */
function renderBanner(now) {
  const old = state.failures > 0 && state.place !== null;
  at("banner-part").hidden = !old;
  if (old && state.heardAt !== null)
    setText(at("banner"), say(now, "offline_since", { time: timeOf(ownMoment(state.heardAt)) }));
}

/** @param {Place|null} place @param {Language} now */
function renderActs(place, now) {
  at("again").hidden = place !== null || state.trouble === null || FINAL.has(state.trouble);
  at("bell-part").hidden = !RINGS.has(place?.state ?? "");
  const ring = at("bell");
  ring.setAttribute("aria-pressed", String(state.bell));
  setText(at("bell-words"), say(now, state.bell ? "bell_off" : "bell_on"));
  at("bell-hint").hidden = !state.bell;
  at("cancel").hidden = place?.cancel !== true;
  setText(at("cancel"), say(now, place?.state === "called" ? "cancel_called" : "cancel"));
  if (place?.cancel !== true) askBox().close();
  setText(at("ask-title"), place ? say(now, "cancel_question", { number: place.number }) : "");
  setText(at("day"), place ? dayWords(place.day, now) : "");
}

function askBox() {
  return part(document, "[data-ask]", HTMLDialogElement);
}

async function cancel() {
  const answer = await ask("POST", `${API}/cancel`, { body: {}, key: keys.of("cancel") });
  keys.answered("cancel", answer);
  const refusal = at("refusal");
  if (answer.ok) {
    refusal.hidden = true;
    askBox().close();
  } else {
    refusal.hidden = false;
    setText(refusal, told(answer.error, language()));
  }
  await question();
}

/** @param {Language} chosen */
function choose(chosen) {
  state.chosen = chosen;
  kept.write(LANGUAGE, chosen);
  render();
}

for (const button of document.querySelectorAll("[data-language]")) {
  button.addEventListener("click", () => choose(languageOf(button.getAttribute("data-language"))));
}
at("bell").addEventListener("click", () => {
  state.bell = !state.bell;
  if (state.bell) void bell.allow();
  else bell.rest();
  render();
});
at("cancel").addEventListener("click", () => {
  at("refusal").hidden = true;
  askBox().showModal();
});
at("ask-no").addEventListener("click", () => askBox().close());
at("ask-yes").addEventListener("click", () => void cancel());
at("again").addEventListener("click", () => void question());
document.addEventListener("visibilitychange", () => {
  if (document.hidden) return;
  if (state.bell) void bell.allow();
  void question(); // looked at again: ask now, not at the end of a wait that slept with the phone
});
addEventListener("online", () => void question());
render();
void question();
