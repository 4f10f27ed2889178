/** The track page: one state, one render. The token stays in this page's address and in the API's. */

import { box, part as find, setSaid, setText } from "/static/web/dom.js";
import { kept } from "/static/web/keep.js";
import { numberInto } from "/static/web/number.js";
import { call as ask, createKeys } from "/static/web/wish.js";
import { called, languageOf, languages, say, sayAll, told } from "/static/web/words.js";
import { createBell } from "./bell.js";
import { isNewCall, nextQuestion } from "./pace.js";
import { dayWords, minutesRange, stateWords, timeOf, troubleWords } from "./words.js";

/** @typedef {import("./words.js").Place} Place */
/** @typedef {import("/static/web/words.js").Language} Language */

const LANGUAGE = "language";
const LONG_TEXT = 24;
const API = `/api/v1/track/${encodeURIComponent(decodeURIComponent(location.pathname.split("/")[2] ?? ""))}`;
/** Refusals after which asking again is of no use. */
const FINAL = new Set(["unknown_ticket", "not_found", "malformed", "unknown_key"]);

const state = {
  /** @type {Place|null} */ place: null,
  /** @type {string|null} a refusal's code */ trouble: null,
  /** @type {Date|null} */ heardAt: null,
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
function part(name) {
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
  Object.assign(state, { place, trouble: null, failures: 0, heardAt: new Date() });
  if (!isNewCall(before, place)) return;
  if (navigator.userActivation?.hasBeenActive) navigator.vibrate?.([500, 200, 500, 200, 800]);
  if (state.bell) bell.ring();
}

function plan() {
  if (state.trouble !== null && FINAL.has(state.trouble)) return;
  const wait = nextQuestion(state.place, state.failures, Math.random());
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
  part("phone").dataset.state = place?.state ?? (state.trouble === null ? "loading" : "trouble");
  renderTicket(place, now);
  renderNow(place, now);
  renderBanner(now);
  renderActs(place, now);
}

/** @param {Place|null} place @param {Language} now */
function renderTicket(place, now) {
  part("ticket").hidden = place === null;
  const waiting = place?.state === "waiting";
  part("facts").hidden = !waiting;
  document.title = place === null ? say(now, "title") : `${place.number} · ${stateWords(place, now).title}`;
  if (place === null) return;
  numberInto(part("number"), place.number);
  part("number").style.setProperty("--letters", String(place.number.length));
  setSaid(part("procedure"), called(place, "procedure", now));
  setSaid(part("hall-name"), called(place, "hall_name", now));
  if (!waiting) return;
  setText(part("ahead"), place.ahead === null ? "–" : String(place.ahead));
  setText(part("minutes"), minutesRange(place.wait));
  part("minutes-part").hidden = place.wait === null;
}

/** @param {Place|null} place @param {Language} now */
function renderNow(place, now) {
  const words = place
    ? stateWords(place, now)
    : state.trouble === null
      ? { title: say(now, "loading"), text: "" }
      : troubleWords(state.trouble, now);
  setText(part("title"), words.title);
  setText(part("text"), words.text);
  part("text").classList.toggle("is-long", words.text.length > LONG_TEXT);
  const where = part("place");
  where.hidden = place?.state !== "called" || !place.counter_place;
  setSaid(where, called(place ?? {}, "counter_place", now));
}

/** @param {Language} now */
function renderBanner(now) {
  const old = state.failures > 0 && state.place !== null;
  part("banner-part").hidden = !old;
  if (old && state.heardAt !== null)
    setText(part("banner"), say(now, "offline_since", { time: timeOf(state.heardAt) }));
}

/** @param {Place|null} place @param {Language} now */
function renderActs(place, now) {
  part("again").hidden = place !== null || state.trouble === null || FINAL.has(state.trouble);
  part("bell-part").hidden = place?.state !== "waiting" && place?.state !== "held";
  const ring = part("bell");
  ring.setAttribute("aria-pressed", String(state.bell));
  setText(part("bell-words"), say(now, state.bell ? "bell_off" : "bell_on"));
  part("bell-hint").hidden = !state.bell;
  part("cancel").hidden = place?.cancel !== true;
  if (place?.cancel !== true) askBox().close();
  setText(part("ask-title"), place ? say(now, "cancel_question", { number: place.number }) : "");
  setText(part("day"), place ? dayWords(place.day, now) : "");
}

function askBox() {
  return find(document, "[data-ask]", HTMLDialogElement);
}

async function cancel() {
  const answer = await ask("POST", `${API}/cancel`, { body: {}, key: keys.of("cancel") });
  keys.answered("cancel", answer);
  const refusal = part("refusal");
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
part("bell").addEventListener("click", () => {
  state.bell = !state.bell;
  if (state.bell) void bell.allow();
  else bell.rest();
  render();
});
part("cancel").addEventListener("click", () => {
  part("refusal").hidden = true;
  askBox().showModal();
});
part("ask-no").addEventListener("click", () => askBox().close());
part("ask-yes").addEventListener("click", () => void cancel());
part("again").addEventListener("click", () => void question());
document.addEventListener("visibilitychange", () => {
  if (document.hidden) return;
  if (state.bell) void bell.allow();
  void question(); // looked at again: ask now, not at the end of a wait that slept with the phone
});
addEventListener("online", () => void question());
render();
void question();
