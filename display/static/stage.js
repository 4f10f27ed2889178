/**
 * Who stands in the gold panel, and for how long. Pure: time comes in as milliseconds of the hall's clock.
 *
 * Calls stand in it one after the other, each HOLD_MS at least, in the order in which they were made; when
 * many wait they come two at a time, so that a hall of 67 counters is not minutes behind itself.
 */

/** @typedef {import("snapshots").BoardCall} Call */
/**
 * `since` is when `shown` went up. `seen` remembers the announcements met so far: call id -> times.
 * @typedef {{shown: Call[], since: number, waiting: Call[], seen: Record<string, number>}} Stage
 */

export const HOLD_MS = 8_000;
/** An announcement older than this is shown and not spoken. */
export const FRESH_MS = 60_000;
/** How long a call stays gold when nobody else is called; then the panel comes to rest. */
export const GOLD_MS = 90_000;
const CROWD = 4;
const REMEMBERED = 64;

/**
 * @param {Record<string, number>} [seen] what this screen had met before it was reloaded
 * @returns {Stage}
 */
export function emptyStage(seen = {}) {
  return { shown: [], since: 0, waiting: [], seen };
}

/**
 * Younger than a minute: still worth saying aloud.
 * @param {Call} call @param {number} now
 */
export function isFresh(call, now) {
  return now - Date.parse(call.at) < FRESH_MS;
}

/**
 * The calls of a snapshot (newest first) reach the stage. A recall is met as a new announcement; a recall of a
 * call that still waits takes that call's place in the line.
 * @param {Stage} stage @param {Call[]} calls @param {number} now
 * @returns {Stage}
 */
export function arrive(stage, calls, now) {
  const fresh = calls.filter((call) => call.times > (stage.seen[call.call] ?? 0)).reverse();
  if (fresh.length === 0) return stage;
  const seen = { ...stage.seen };
  const waiting = [...stage.waiting];
  for (const call of fresh) {
    delete seen[call.call]; // written again below, so that the oldest announcements are forgotten first
    seen[call.call] = call.times;
    if (!isFresh(call, now)) continue;
    const place = waiting.findIndex((other) => other.call === call.call);
    if (place >= 0) waiting[place] = call;
    else waiting.push(call);
  }
  return { ...stage, waiting, seen: Object.fromEntries(Object.entries(seen).slice(-REMEMBERED)) };
}

/**
 * The next call goes up when the one before has had its time. `busy`: what stands there is still being spoken.
 * @param {Stage} stage @param {number} now @param {boolean} busy
 * @returns {Stage}
 */
export function step(stage, now, busy) {
  if (stage.waiting.length === 0) return stage;
  if (stage.shown.length > 0 && (busy || now - stage.since < HOLD_MS)) return stage;
  const together = stage.waiting.length >= CROWD ? 2 : 1;
  return {
    ...stage,
    shown: stage.waiting.slice(0, together),
    since: now,
    waiting: stage.waiting.slice(together),
  };
}

/**
 * Gold means "your turn, now": so long as the call is young and its counter still has that number. What has
 * just gone up is gold for its whole time, however long it had to wait; what is not on stage counts from its call.
 * @param {Stage} stage @param {Call} call @param {number} now
 * @param {ReadonlyMap<string, string|null>} atCounter number now at each counter
 */
export function isGold(stage, call, now, atCounter) {
  const onStage = stage.shown.includes(call);
  const since = onStage ? stage.since : Date.parse(call.at);
  if (onStage && now - since < HOLD_MS) return true;
  return now - since < GOLD_MS && atCounter.get(call.counter) === call.number;
}

/**
 * When many calls wait, each is said once instead of twice: heard once by all is worth more than heard twice by half.
 * @param {Stage} stage
 */
export function sayOnce(stage) {
  return stage.waiting.length >= CROWD - 1 || stage.shown.length > 1;
}
