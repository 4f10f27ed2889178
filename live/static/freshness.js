/**
 * What a screen holds, or is offered: the newest event of a day, and the moment it was drawn.
 * @typedef {{day: string, version: number, at?: string}} Held
 */

/**
 * Whether a snapshot replaces the one held. Of the same event the later drawing counts: the trouble of a
 * device changes a snapshot without an event. The hub's clock may be put back, and its date with it: what comes
 * after on the same connection is newer all the same.
 * @param {Held | null} held
 * @param {Held} offered
 * @param {boolean} [after] on the connection that brought the one held
 */
export function isNewer(held, offered, after = false) {
  if (held === null) return true;
  if (offered.day !== held.day) return after || offered.day > held.day;
  if (offered.version !== held.version) return offered.version > held.version;
  return after || momentOf(offered) > momentOf(held);
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

/** @param {Held} of */
function momentOf(of) {
  return of.at ? Date.parse(of.at) : 0;
}
