/** How the track page puts its words together. Pure: a place in, sentences out. */

import { unattendedWords } from "/static/web/attending.js";
import { FIRST, ownOf, say, saying } from "/static/web/words.js";

/** @typedef {import("/static/web/words.js").Language} Language */
/** @typedef {import("snapshots").Wait} Wait */
/** @typedef {import("snapshots").NowCalling} Calling */
/** @typedef {import("snapshots").Track} Place the answer of GET /api/v1/track/{token} */

const STATES = new Set(["waiting", "called", "serving", "held", "done", "no_show", "cancelled"]);
const TROUBLES = new Set(["rate_limited", "offline", "number_lost"]);

/**
 * The name of the counter, without repeating the word: "Quầy 1", or "counter 1" in English.
 * @param {Place} place @param {Language} language
 */
export function counterWords(place, language) {
  return place.counter === null ? "" : namedCounter(place, place.counter, language);
}

/**
 * "Phòng 201", "room 201"; a counter without a name of its own as within a sentence, "counter 1".
 * @param {Place|Calling} there @param {string} id @param {Language} language
 */
function namedCounter(there, id, language) {
  const named = language === FIRST ? there.counter_name : ownOf(there, "counter_name", language);
  const usual = say(language, "counter", { id });
  return named && String(named).toLowerCase() !== usual.toLowerCase() ? String(named) : usual;
}

/**
 * Minutes as a range, "10–20"; one number where both ends are the same. Empty: no ground for a number.
 * @param {Wait|null} wait
 */
export function minutesRange(wait) {
  if (wait === null) return "";
  const { low_minutes: low, high_minutes: high } = wait;
  return low === high ? String(low) : `${low}–${high}`;
}

/** "Quầy 2": where the queue's newest number is. @param {Calling} calling @param {Language} language */
export function callingWhere(calling, language) {
  return namedCounter(calling, calling.counter, language);
}

/** @param {string} day "2026-11-24" @param {Language} language */
export function dayWords(day, language) {
  return say(language, "of_day", { date: day.split("-").reverse().join("/") });
}

/**
 * @param {Place} place @param {Language} language
 * @returns {{title: string, text: string}} the state in words, and what to do now
 */
export function stateWords(place, language) {
  if (!STATES.has(place.state)) return { title: "", text: "" };
  if (place.unattended) return unattendedWords(place.unattended, place.day, saying(language));
  const state = place.state === "waiting" && place.ahead === 0 ? "next" : place.state;
  const some = state === "held" ? say(language, "some_counter") : "";
  const counter = counterWords(place, language) || some;
  return { title: say(language, `${state}_title`), text: say(language, `${state}_text`, { counter }) };
}

/**
 * What is said when the hall does not know the number in the address, or answers no more.
 * @param {string} code @param {Language} language
 */
export function troubleWords(code, language) {
  const known = TROUBLES.has(code) ? code : "unknown";
  return { title: say(language, `${known}_title`), text: say(language, `${known}_text`) };
}

/** @param {Date} moment @returns {string} "08:31", by the phone's own clock */
export function timeOf(moment) {
  return `${String(moment.getHours()).padStart(2, "0")}:${String(moment.getMinutes()).padStart(2, "0")}`;
}
