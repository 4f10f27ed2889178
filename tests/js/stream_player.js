// Plays recorded keys to the stream, on a clock of its own.
import { createStream } from "../../counter_panel/static/input/stream.js";

const SIGNS = new Map([
  ["Enter", "\n"],
  ["Tab", "\t"],
  ["Backspace", "\b"],
  ["Space", " "],
]);

/** The place of a sign on the keyboard; one that has none stands for itself. @param {string} sign */
export function keyOf(sign) {
  if (sign === " ") return "Space";
  if (/[a-z]/i.test(sign)) return `Key${sign}`;
  return /\d/.test(sign) ? `Digit${sign}` : sign;
}

/** @param {string} code */
function signOf(code) {
  return SIGNS.get(code) ?? code.replace(/^(Key|Digit)/, "");
}

/**
 * @param {readonly (readonly [number, string])[]} keys each with the milliseconds since the one before
 * @param {{heldUp?: number}} [page] so long the page cannot hear, from the first key on
 */
export function playing(keys, { heldUp = 0 } = {}) {
  /** @type {{pressed: string[], scans: string[], begun: string[]}} */
  const told = { pressed: [], scans: [], begun: [] };
  let now = 0;
  /** @type {{due: number, then: () => void}|null} */
  let timer = null;
  const stream = createStream({
    onPress: ({ code }) => told.pressed.push(code),
    onScan: (texts, begun) => {
      told.scans.push(...texts);
      if (begun) told.begun.push(begun.code);
    },
    now: () => now,
    later: (milliseconds, then) => {
      const mine = { due: now + milliseconds, then };
      timer = mine;
      return () => {
        if (timer === mine) timer = null;
      };
    },
  });
  /** @param {number} until */
  function run(until) {
    while (timer && timer.due <= until) {
      const { due, then } = timer;
      timer = null;
      now = Math.max(now, due);
      then();
    }
    now = Math.max(now, until);
  }
  let at = 0;
  for (const [place, [pause, code]] of keys.entries()) {
    at += pause;
    if (place === 0 || heldUp === 0) run(at);
    else if (place === 1) {
      // Timer and keys are due at once. A timer that is long due comes first; the turn it waits else lets keys in.
      now = Math.max(now, at, heldUp);
      const waiting = /** @type {{due: number, then: () => void}|null} */ (timer);
      if (waiting && now - waiting.due > 30) {
        timer = null;
        waiting.then();
      }
    }
    stream.typed({ code, sign: signOf(code), at });
  }
  run(Math.max(now, at) + 10_000);
  return told;
}
