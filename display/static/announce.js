/** From a call in the panel to a voice in the hall: clips fetched, decoded once, and played back to back. */

import { pause as rest } from "/static/web/clock.js";

/** @typedef {import("./stage.js").Call} Call */
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

/** Longer than this, and the next call should not wait for the words of this one. */
const FETCH_MS = 10_000;
/** A hub that restarts is back in a few seconds, and the citizen is still awaited. */
const TRIES = 6;
const AGAIN_MS = 1_000;
const KEPT = 48;
/** The clock of a sound card may stop without a word (a pulled cable): do not wait for it for ever. */
const GRACE_SECONDS = 3;

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
