/**
 * A call on the wall: who stands in the gold panel and for how long, and the voice that says it. What is shown is
 * pure: time comes in as milliseconds of a clock that only goes forward.
 *
 * Calls stand in it one after the other, each HOLD_MS at least, in the order in which they were made; when
 * many wait they come two at a time, so that a hall of 67 counters is not minutes behind itself.
 */

import { pause as rest } from "/static/web/clock.js";

/** @typedef {import("snapshots").BoardCall & {madeAt: number}} Call */
/**
 * `since` is when `shown` went up. `seen` remembers the announcements met so far: call id -> times.
 * @typedef {{shown: Call[], since: number, waiting: Call[], seen: Record<string, number>}} Stage
 */
/** @typedef {"on"|"off"|"blocked"} SoundState "blocked": the browser waits for somebody to touch the screen */
/** @typedef {{url: string, seconds: number}} Clip */
/** @typedef {{clips: Clip[], sentence_vi: string, sentence_en: string}} Announcement */
/**
 * @typedef {object} Speaker
 * @property {() => SoundState} sound
 * @property {() => Promise<void>} enable from a touch
 * @property {(clips: Clip[], live: () => boolean) => Promise<boolean>} say true when it was heard to the end;
 *   `live` is asked once the clips are ready: nothing is said that has gone stale while they were on their way
 */

export const HOLD_MS = 8_000;
/** An announcement older than this is shown and not spoken. */
export const FRESH_MS = 60_000;
/** How long a call stays gold when nobody else is called; then the panel comes to rest. */
export const GOLD_MS = 90_000;
const CROWD = 4;
const REMEMBERED = 64;
/** Longer than this, and the next call should not wait for the words of this one. */
const FETCH_MS = 10_000;
/** A hub that restarts is back in a few seconds, and the citizen is still awaited. */
const TRIES = 6;
const AGAIN_MS = 1_000;
const KEPT = 48;
/** The clock of a sound card may stop without a word (a pulled cable): do not wait for it for ever. */
const GRACE_SECONDS = 3;

/**
 * @param {Record<string, number>} [seen] what this screen had met before it was reloaded
 * @returns {Stage}
 */
export function emptyStage(seen = {}) {
  return { shown: [], since: 0, waiting: [], seen };
}

/**
 * The calls of a snapshot, as long ago as they were when it was drawn.
 * @param {readonly import("snapshots").BoardCall[]} calls @param {string} at of the snapshot @param {number} now
 * @returns {Call[]}
 */
export function timed(calls, at, now) {
  const drawn = Date.parse(at);
  return calls.map((call) => ({ ...call, madeAt: now - Math.max(0, drawn - Date.parse(call.at)) }));
}

/**
 * Younger than a minute: still worth saying aloud.
 * @param {Call} call @param {number} now
 */
export function isFresh(call, now) {
  return now - call.madeAt < FRESH_MS;
}

/**
 * The calls of a snapshot (newest first) reach the stage. A recall is met as a new announcement; a recall of a
 * call that still waits takes that call's place in the line.
 * @param {Stage} before @param {Call[]} calls @param {number} now
 * @returns {Stage}
 */
export function arrive(before, calls, now) {
  const stage = withoutTakenBack(before, calls);
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
 * A counter took a call back: nobody is invited by it any more. One that is older than those of the snapshot has
 * only made room for newer ones.
 * @param {Stage} stage @param {Call[]} calls newest first
 * @returns {Stage}
 */
function withoutTakenBack(stage, calls) {
  const oldest = calls.at(-1);
  const stands = (/** @type {Call} */ { call, at }) =>
    calls.some((other) => other.call === call) ||
    (oldest !== undefined && Date.parse(at) <= Date.parse(oldest.at));
  if (stage.shown.every(stands) && stage.waiting.every(stands)) return stage;
  return { ...stage, shown: stage.shown.filter(stands), waiting: stage.waiting.filter(stands) };
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
  const since = onStage ? stage.since : call.madeAt;
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

// spoken

/**
 * @param {object} parts
 * @param {string} parts.hall
 * @param {Speaker} parts.speaker
 * @param {(call: Call) => boolean} parts.wanted asked before fetching and again before the first sound
 * @param {(call: Call, clips: Clip[]) => void} parts.spoken
 * @param {typeof fetch} [parts.get]
 * @param {(milliseconds: number) => Promise<void>} [parts.pause]
 */
export function createAnnouncer({ hall, speaker, wanted, spoken, get = fetch, pause = rest }) {
  let speaking = false;

  /** @param {Call} call @param {boolean} once */
  async function one(call, once) {
    if (!wanted(call)) return;
    const answer = await get(
      `/display/${encodeURIComponent(hall)}/announcement/${encodeURIComponent(call.call)}`,
      {
        signal: AbortSignal.timeout(FETCH_MS),
      },
    );
    if (!answer.ok) return;
    /** @type {Announcement} */
    const announcement = await answer.json();
    const clips = once ? withoutRepeat(announcement.clips) : announcement.clips;
    if (await speaker.say(clips, () => wanted(call))) spoken(call, clips);
  }

  /** @param {Call} call @param {boolean} once */
  async function persistently(call, once) {
    for (let tries = 1; ; tries += 1) {
      try {
        return await one(call, once);
      } catch (error) {
        if (tries === TRIES || !wanted(call)) throw error;
        await pause(AGAIN_MS);
      }
    }
  }

  return {
    /** While true the panel keeps what it shows, so that eyes and ears get the same number. */
    busy: () => speaking,
    /**
     * Says these calls one after the other. What cannot be said is shown all the same.
     * @param {readonly Call[]} calls @param {boolean} once
     */
    async announce(calls, once) {
      speaking = true;
      for (const call of calls) {
        await persistently(call, once).catch((error) => console.warn("a call was not spoken", String(error)));
      }
      speaking = false;
    },
  };
}

/**
 * Start times of clips which follow each other without a gap.
 * @param {readonly number[]} durations @param {number} from
 */
export function backToBack(durations, from) {
  let at = from;
  return durations.map((duration) => {
    const start = at;
    at += duration;
    return start;
  });
}

/**
 * The announcement with its first sentence once. The sentence, one clip or many, stands twice after the chime.
 * @param {readonly Clip[]} clips @returns {Clip[]}
 */
export function withoutRepeat(clips) {
  const [chime, ...said] = clips;
  if (chime === undefined) return [];
  for (let length = Math.floor(said.length / 2); length > 0; length -= 1) {
    const first = said.slice(0, length);
    if (first.every((clip, place) => said[length + place]?.url === clip.url)) {
      return [chime, ...first, ...said.slice(2 * length)];
    }
  }
  return [...clips];
}

/**
 * @param {() => AudioContext} open made late: a context opened before there is something to say is one more to wake
 * @param {(url: string) => Promise<ArrayBuffer>} load
 * @param {(sound: SoundState) => void} changed
 * @returns {Speaker}
 */
export function createSpeaker(open, load, changed) {
  /** @type {AudioContext|null} */
  let context = null;
  /** @type {Map<string, Promise<AudioBuffer>>} the newest KEPT clips, decoded */
  const decoded = new Map();

  /** @returns {SoundState} */
  function sound() {
    if (context === null || context.state === "closed") return "off";
    return context.state === "running" ? "on" : "blocked";
  }

  function wake() {
    if (context === null) {
      try {
        context = open();
      } catch {
        return null; // a screen without any sound device still shows the calls
      }
      context.addEventListener("statechange", () => changed(sound()));
    }
    return context;
  }

  /** @param {AudioContext} ready @param {string} url */
  function bufferOf(ready, url) {
    const known = decoded.get(url);
    const buffer = known ?? load(url).then((bytes) => ready.decodeAudioData(bytes));
    decoded.delete(url);
    decoded.set(url, buffer);
    buffer.catch(() => decoded.delete(url));
    for (const oldest of decoded.keys()) {
      if (decoded.size <= KEPT) break;
      decoded.delete(oldest);
    }
    return buffer;
  }

  return {
    sound,
    async enable() {
      const asleep = wake();
      changed(sound());
      await asleep?.resume();
      changed(sound());
    },
    async say(clips, live) {
      const ready = wake();
      if (ready === null || ready.state !== "running" || clips.length === 0) return false;
      const buffers = await Promise.all(clips.map((clip) => bufferOf(ready, clip.url)));
      if (!live() || ready.state !== "running") return false;
      const durations = buffers.map((buffer) => buffer.duration);
      const starts = backToBack(durations, ready.currentTime + 0.05);
      const whole = durations.reduce((sum, duration) => sum + duration, 0);
      return await new Promise((resolve) => {
        const giveUp = setTimeout(() => resolve(false), (whole + GRACE_SECONDS) * 1000);
        buffers.forEach((buffer, place) => {
          const source = ready.createBufferSource();
          source.buffer = buffer;
          source.connect(ready.destination);
          source.start(starts[place]);
          if (place < buffers.length - 1) return;
          source.addEventListener("ended", () => {
            clearTimeout(giveUp);
            resolve(true);
          });
        });
      });
    },
  };
}

/** @param {string} url @returns {Promise<ArrayBuffer>} */
export async function loadClip(url) {
  const answer = await fetch(url, { signal: AbortSignal.timeout(FETCH_MS) });
  if (!answer.ok) throw new Error(`clip ${answer.status}`);
  return await answer.arrayBuffer();
}
