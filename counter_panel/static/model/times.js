/** How long something lasts, and when it will be. */

import { atHall } from "/static/web/clock.js";

/** @typedef {import("/static/web/clock.js").Clock} Clock */

/** "04:12", above an hour "1:04:12". @param {number} ms */
export function lasting(ms) {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  const two = (/** @type {number} */ each) => String(each).padStart(2, "0");
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60];
  return hours > 0 ? `${hours}:${two(minutes)}:${two(seconds % 60)}` : `${two(minutes)}:${two(seconds % 60)}`;
}

/**
 * The moment of a time of today at the hall, ISO; null where it is no time or has passed.
 * @param {string} time "10:30"
 * @param {string} day "2026-11-24"
 * @param {Clock} clock
 * @param {number} now
 */
export function momentToday(time, day, clock, now) {
  if (!/^([01]\d|2[0-3]):[0-5]\d$/.test(time)) return null;
  const moment = `${day}T${time}:00${clock.offset}`;
  return Date.parse(moment) > now ? moment : null;
}

/**
 * So many minutes from now, as an ISO moment of the hall, the minute full.
 * @param {number} minutes
 * @param {Clock} clock
 * @param {number} now
 */
export function momentIn(minutes, clock, now) {
  const ms = Math.ceil((now + minutes * 60_000) / 60_000) * 60_000;
  return `${atHall(ms, clock.offset).toISOString().slice(0, 19)}${clock.offset}`;
}
