/** The hall's time, whatever the clock and the time zone of this machine say. */

/** @typedef {{hallMs: number, ownMs: number, offset: string}} Clock `offset` such as "+07:00" */

/**
 * @param {string} at the moment of a snapshot, ISO with offset
 * @param {number} ownMs when it came, by a clock of this machine: performance.now(), or Date.now()
 * @returns {Clock}
 */
export function clockAt(at, ownMs) {
  const offset = /([+-]\d\d:\d\d)$/.exec(at)?.[1] ?? "+00:00";
  return { hallMs: Date.parse(at), ownMs, offset };
}

/** @param {Clock} clock @param {number} ownMs by the same clock of this machine */
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
