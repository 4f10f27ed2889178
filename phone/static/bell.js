/** The bell of a phone: three soft double tones. Browsers let a page sound only after a touch, hence `allow`. */

const TONES = [
  { hertz: 784, at: 0 },
  { hertz: 1047, at: 0.28 },
];
const TONE_SECONDS = 0.6;
const STROKES = 3;
const STROKE_SECONDS = 1.1;

/** @param {() => AudioContext} open */
export function createBell(open) {
  /** @type {AudioContext|null} */
  let context = null;
  /** @type {WakeLockSentinel|null} */
  let awake = null;

  /** @param {AudioContext} sound @param {number} hertz @param {number} at */
  function tone(sound, hertz, at) {
    const source = sound.createOscillator();
    const loudness = sound.createGain();
    source.frequency.value = hertz;
    loudness.gain.setValueAtTime(0.0001, at);
    loudness.gain.exponentialRampToValueAtTime(0.5, at + 0.02);
    loudness.gain.exponentialRampToValueAtTime(0.0001, at + TONE_SECONDS);
    source.connect(loudness).connect(sound.destination);
    source.start(at);
    source.stop(at + TONE_SECONDS);
  }

  return {
    /** From a touch: sound is permitted from now on, one short tone says so, and the screen stays on. */
    async allow() {
      const first = context === null;
      context ??= open();
      await context.resume();
      if (first && context !== null) tone(context, 784, context.currentTime);
      awake = (await navigator.wakeLock?.request("screen").catch(() => null)) ?? null;
    },
    rest() {
      void awake?.release();
      awake = null;
    },
    ring() {
      if (context === null || context.state !== "running") return;
      for (let stroke = 0; stroke < STROKES; stroke += 1) {
        for (const { hertz, at } of TONES)
          tone(context, hertz, context.currentTime + stroke * STROKE_SECONDS + at);
      }
    },
  };
}
