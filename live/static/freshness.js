/**
 * What a screen holds, or is offered: the newest event of a day, and the moment it was drawn.
 * @typedef {{day: string, version: number, at?: string}} Held
 */

/**
 * Whether a snapshot replaces the one held. Of one day the later event counts. Another day, or another drawing of
 * the same event, counts whatever its time is: the hub's clock may be put back, and its date with it, also while
 * this screen is cut off; and the trouble of a device changes a snapshot without an event.
 * @param {Held | null} held
 * @param {Held} offered
 */
export function isNewer(held, offered) {
  if (held === null || offered.day !== held.day) return true;
  return offered.version === held.version ? offered.at !== held.at : offered.version > held.version;
}

/**
 * Whether a beacon names something this screen has not been sent.
 * @param {Held | null} held
 * @param {Held} beacon
 */
export function isBehind(held, beacon) {
  if (held === null) return true;
  return beacon.day === held.day ? beacon.version > held.version : beacon.day > held.day;
}
