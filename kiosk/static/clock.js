/** The hall's time, whatever the clock and the time zone of this machine say. */

/** @typedef {{aheadMs: number}} Clock from this machine's time to the hall's wall clock, the zone included */

/**
 * @param {string} at the moment of a snapshot, ISO with offset
 * @param {number} ownMs Date.now() when it came
 * @returns {Clock}
 */
export function clockAt(at, ownMs) {
  const [, sign, hours, minutes] = /([+-])(\d\d):(\d\d)$/.exec(at) ?? [];
  const offset = (Number(hours ?? 0) * 60 + Number(minutes ?? 0)) * 60_000;
  return { aheadMs: Date.parse(at) - ownMs + (sign === "-" ? -offset : offset) };
}

/** "08:17" at the hall. @param {Date} own @param {Clock} clock */
export function timeOf(own, { aheadMs }) {
  return new Date(own.getTime() + aheadMs).toISOString().slice(11, 16);
}
