/** The hall's time, whatever the clock of this computer says. */

/** @typedef {{hallMs: number, ownMs: number, offset: string}} Clock `offset` such as "+07:00" */

/**
 * @param {string} at the moment of a snapshot, ISO with offset
 * @param {number} ownMs performance.now() when it came
 * @returns {Clock}
 */
export function clockAt(at, ownMs) {
  const offset = /([+-]\d\d:\d\d)$/.exec(at)?.[1] ?? "+00:00";
  return { hallMs: Date.parse(at), ownMs, offset };
}

/** @param {Clock} clock @param {number} ownMs */
export function nowOf(clock, ownMs) {
  return clock.hallMs + (ownMs - clock.ownMs);
}

/** @param {string} offset */
function offsetMs(offset) {
  const [hours = 0, minutes = 0] = offset.slice(1).split(":").map(Number);
  return (offset.startsWith("-") ? -1 : 1) * (hours * 60 + minutes) * 60_000;
}

/**
 * "08:17" at the hall.
 * @param {number|string} moment milliseconds, or ISO
 * @param {string} offset
 */
export function timeOf(moment, offset) {
  const ms = typeof moment === "string" ? Date.parse(moment) : moment;
  return new Date(ms + offsetMs(offset)).toISOString().slice(11, 16);
}

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
  return `${new Date(ms + offsetMs(clock.offset)).toISOString().slice(0, 19)}${clock.offset}`;
}
