/** From a call in the panel to a voice in the hall. */

import { pause as rest } from "/static/web/clock.js";
import { withoutRepeat } from "./speaker.js";

/** @typedef {import("./stage.js").Call} Call */
/** @typedef {import("./speaker.js").Clip} Clip */
/** @typedef {{clips: Clip[], sentence_vi: string, sentence_en: string}} Announcement */

/** Longer than this, and the next call should not wait for the words of this one. */
const FETCH_MS = 10_000;
/** A hub that restarts is back in a few seconds, and the citizen is still awaited. */
const TRIES = 6;
const AGAIN_MS = 1_000;

/**
 * @param {object} parts
 * @param {string} parts.hall
 * @param {import("./speaker.js").Speaker} parts.speaker
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

/** @param {string} url @returns {Promise<ArrayBuffer>} */
export async function loadClip(url) {
  const answer = await fetch(url, { signal: AbortSignal.timeout(FETCH_MS) });
  if (!answer.ok) throw new Error(`clip ${answer.status}`);
  return await answer.arrayBuffer();
}
