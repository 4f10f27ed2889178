/**
 * The hall's time, whatever the clock and the time zone of this machine say; and how long something lasts. The
 * clock of a screen may be put at any moment, so that nothing is measured by it: only this file reads it.
 */

/** @typedef {{hallMs: number, ownMs: number, offset: string}} Clock `offset` such as "+07:00" */

/**
 * @param {string} at the moment of a snapshot, ISO with offset
 * @param {number} ownMs when it came, in `ticks`
 * @returns {Clock}
 */
export function clockAt(at, ownMs) {
  const offset = /([+-]\d\d:\d\d)$/.exec(at)?.[1] ?? "+00:00";
  return { hallMs: Date.parse(at), ownMs, offset };
}

/** Milliseconds of a clock that only goes forward, since this page was loaded. */
export function ticks() {
  return performance.now();
}

/** The moment so many `ticks` stood for, by this machine's own clock. @param {number} at */
export function ownMoment(at) {
  return new Date(Date.now() - (ticks() - at));
}

/** @param {Clock} clock @param {number} ownMs in `ticks` */
export function nowOf(clock, ownMs) {
  return clock.hallMs + (ownMs - clock.ownMs);
}

/**
 * A moment as the hall's wall clock shows it, written as if the hall were at Greenwich: read its date, time and
 * weekday in UTC.
 * @param {number|string} moment milliseconds, or ISO
 * @param {string} offset
 */
export function atHall(moment, offset) {
  const ms = typeof moment === "string" ? Date.parse(moment) : moment;
  return new Date(ms + offsetMs(offset));
}

/** "08:17" at the hall. @param {number|string} moment milliseconds, or ISO @param {string} offset */
export function timeOf(moment, offset) {
  return atHall(moment, offset).toISOString().slice(11, 16);
}

/** @param {string} offset */
function offsetMs(offset) {
  const [hours = 0, minutes = 0] = offset.slice(1).split(":").map(Number);
  return (offset.startsWith("-") ? -1 : 1) * (hours * 60 + minutes) * 60_000;
}

/** @param {number} milliseconds @returns {Promise<void>} */
export function pause(milliseconds) {
  return new Promise((done) => setTimeout(done, milliseconds));
}
