/**
 * What comes from a keyboard, told apart by time alone: the presses of a person, or a device that types (a barcode
 * scanner). Here and nowhere else is decided what a key is taken for.
 *
 *     stream  = (press | scan | written)*
 *     press   = a key with PAUSE before and after it, or two of them TOGETHER apart at least
 *     scan    = keys that follow each other closer, and all that comes until SILENCE
 *     written = keys that a text field has taken; RUN signs of them TOGETHER are a device's, until SILENCE
 *
 * So nothing is known of a key before PAUSE is over, and nothing of what a device types is ever a press: its signs,
 * its length, and what it sends at the end (Enter, Tab, both, twice) do not matter. Only a device that stands still
 * after its very first sign is a person for that one sign. A text field cannot wait: it has what a device typed, but
 * what came at its end presses nothing there either, and the page is told what it was.
 */

import { ticks } from "/static/web/clock.js";

/** No key of a device waits longer for the one before (Bluetooth: 5-60 ms, some 80) unless the device stutters. */
export const PAUSE_MS = 150;
/** Nobody presses two keys on purpose as close as a device does. */
export const TOGETHER_MS = 85;
/** So long a device that stutters may stand still; what its suffix sends late belongs to it. */
export const SILENCE_MS = 400;
/** So many signs nobody writes one as close to the other as a device does. */
const RUN = 6;
/** What a device sends after a code, once or twice. */
const ENDS = new Set(["\n", "\t"]);
/** A timer that comes so much too late was held up, and keys may be held up behind it. */
const LATE_MS = 30;

/**
 * @typedef {object} Key
 * @property {string} code the place on the keyboard; empty: what sends it has none
 * @property {string} sign what it writes: one sign, "\n", "\t", "\b", or nothing
 * @property {number} at milliseconds, when it was pressed
 */

/**
 * What was written, without what a device sends at its ends: a text a line, as one scan may follow another at once.
 * @param {readonly Key[]} keys
 */
function textsOf(keys) {
  let text = "";
  for (const { sign } of keys)
    text = sign === "\b" ? text.slice(0, -1) : text + (ENDS.has(sign) ? "\n" : sign);
  return text
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "");
}

/** @param {Key} one @param {Key|undefined} other */
function isSame(one, other) {
  return one.code === other?.code && one.sign === other.sign;
}

/**
 * A key that bounces, or is hammered on, is one press.
 * @template {Key} K
 * @param {readonly K[]} keys
 */
function presses(keys) {
  return keys.filter((key, place) => !isSame(key, keys[place - 1]));
}

/** Whether no person would have pressed these. @param {readonly Key[]} keys each PAUSE_MS after the last at most */
function isDevice(keys) {
  const tooClose = keys.some((key, place) => {
    const before = keys[place - 1];
    return before !== undefined && !isSame(key, before) && key.at - before.at < TOGETHER_MS;
  });
  return tooClose || presses(keys).length > 2;
}

/** Whether the last of these were no person's in a text field. @param {readonly Key[]} keys */
function isRun(keys) {
  const run = keys.slice(-RUN);
  return (
    run.length === RUN &&
    run.every(({ sign, at }, place) => {
      const before = run[place - 1];
      return /^[^\n\t\b]$/u.test(sign) && (before === undefined || at - before.at < TOGETHER_MS);
    })
  );
}

/**
 * @template {Key} K
 * @param {object} ends
 * @param {(key: K) => void} ends.onPress a person's
 * @param {(texts: readonly string[], begun: K|null) => void} ends.onScan once the device is silent, a text a line.
 *   `begun`: its first sign, where the device stood still after it, so that it went out as a press
 * @param {(texts: readonly string[], first: K) => void} [ends.onWritten] what a device has typed into a text field
 * @param {() => void} [ends.onQuiet] all is decided
 * @param {() => number} [ends.now] on the clock of the keys
 * @param {(milliseconds: number, then: () => void) => () => void} [ends.later] gives back how to call it off
 */
export function createStream({
  onPress,
  onScan,
  onWritten = () => {},
  onQuiet = () => {},
  now = ticks,
  later = timer,
}) {
  /** @type {K[]} not yet decided on */
  let keys = [];
  let device = false;
  /** Whether a text field has taken these: an Enter that follows at once was sent after them by the device. */
  let field = false;
  let last = Number.NEGATIVE_INFINITY;
  /** @type {K|null} the press before these keys */
  let before = null;
  let callOff = () => {};

  const isOpen = () => keys.length > 0;
  const quiet = () => (device ? SILENCE_MS : PAUSE_MS);

  function wait() {
    callOff();
    const due = now() + quiet();
    callOff = later(quiet(), () => (now() - due > LATE_MS ? wait() : decide()));
  }

  function decide() {
    callOff();
    const [decided, typed, taken] = [keys, device, field];
    keys = [];
    device = false;
    field = false;
    if (typed && taken) written(decided);
    else if (typed) scanned(decided);
    else if (!taken) for (const key of presses(decided)) onPress(key);
    before = typed || taken ? null : (decided.at(-1) ?? before);
    onQuiet();
  }

  /** @param {readonly K[]} typed */
  function written(typed) {
    const [first] = typed;
    if (first) onWritten(textsOf(typed), first);
  }

  /** @param {readonly K[]} typed */
  function scanned(typed) {
    const begun = before && typed[0] && typed[0].at - before.at < SILENCE_MS ? before : null;
    const texts = textsOf(begun ? [begun, ...typed] : typed);
    if (texts.length > 0) onScan(texts, begun);
  }

  /** @param {number} at */
  function hear(at) {
    if (at - last >= quiet() && isOpen()) decide();
    last = at;
  }

  return {
    /** Whether keys are being told apart just now: another one is theirs. @param {number} at */
    isRunning: (at) => isOpen() && at - last < quiet(),
    /** A key of the page. @param {K} key */
    typed(key) {
      hear(key.at);
      if (field && !ENDS.has(key.sign)) decide();
      if (!field) {
        keys.push(key);
        device ||= isDevice(keys);
      }
      wait();
    },
    /** A key that a text field has taken; gives back whether it came as a device sends it. @param {K} key */
    written(key) {
      const together = key.at - last < TOGETHER_MS;
      hear(key.at);
      if (!field) {
        keys = [];
        device = false;
      }
      field = true;
      keys.push(key);
      device ||= isRun(keys);
      wait();
      return together || device;
    },
  };
}

/** With a turn more at its end, in which keys that wait for the page come in. @param {number} milliseconds @param {() => void} then */
function timer(milliseconds, then) {
  let running = setTimeout(() => {
    running = setTimeout(then, 0);
  }, milliseconds);
  return () => clearTimeout(running);
}
