/** Day, time and age as a wall shows them. */

import { atHall } from "/static/web/clock.js";
import { say } from "./words.js";

/** @typedef {{date: string, time: string, weekday: number}} Reading weekday: 0 is Sunday */

const WEEKDAYS = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"];

/**
 * A moment as the hall reads it: "24/11/2026", "08:31".
 * @param {number} ms
 * @param {string} offset
 * @returns {Reading}
 */
export function readingOf(ms, offset) {
  const local = atHall(ms, offset);
  const iso = local.toISOString();
  return {
    date: `${iso.slice(8, 10)}/${iso.slice(5, 7)}/${iso.slice(0, 4)}`,
    time: iso.slice(11, 16),
    weekday: local.getUTCDay(),
  };
}

/** @param {Reading} reading */
export function dateWords(reading) {
  return `${say(WEEKDAYS[reading.weekday] ?? "")}, ${reading.date}`;
}

/**
 * How old something is, in words: "vừa xong", "4 phút trước", "1 giờ 5 phút trước".
 * @param {number} ms
 */
export function ageWords(ms) {
  const minutes = Math.floor(ms / 60_000);
  if (minutes < 1) return say("age_now");
  if (minutes < 60) return say("age_minutes", { minutes });
  const age = { hours: Math.floor(minutes / 60), minutes: minutes % 60 };
  return say(age.minutes ? "age_hours_minutes" : "age_hours", age);
}
