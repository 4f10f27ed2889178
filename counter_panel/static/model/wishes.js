/**
 * What the officer wants done, sent until the hub has answered. One wish has one key a step: a double press, a lost
 * connection and a second try never call two citizens.
 */

import { createKeys, untilAnswered } from "/static/web/wish.js";

/** @typedef {import("/static/web/wish.js").Refusal} Refusal */
/** @typedef {import("/static/web/wish.js").Reply} Reply */
/** @typedef {import("./acts.js").Step} Step */
/** @typedef {{done: number, data: unknown, refusal: Refusal|null}} Result `done`: how many steps were carried out */
/**
 * @typedef {object} Hands
 * @property {(step: Step, key: string) => Promise<Reply>} ask
 * @property {() => string} newKey
 * @property {() => number} now milliseconds that only go forward
 * @property {(milliseconds: number) => Promise<void>} pause
 * @property {() => void} onChange busy or not any more
 */

/** As long as a person waits before a button that says it is trying. */
export const TRIES_MS = 12_000;

/** @param {Hands} hands */
export function createWishes(hands) {
  const keys = createKeys(hands.newKey);
  /** @type {{name: string, delayed: boolean}|null} */
  let running = null;

  /** @param {Step} step @returns {Promise<Reply>} */
  async function carryOut(step) {
    const wish = JSON.stringify(step);
    const key = keys.of(wish);
    const until = hands.now() + TRIES_MS;
    const again = (/** @type {Reply} */ reply, /** @type {number} */ tries) => {
      if (reply.status !== 0 || hands.now() >= until) return null;
      if (running && !running.delayed) {
        running.delayed = true;
        hands.onChange();
      }
      return Math.min(400 * tries, 2_000);
    };
    const reply = await untilAnswered(() => hands.ask(step, key), again, hands.pause);
    keys.answered(wish, reply);
    return reply;
  }

  return {
    /**
     * Carries the steps out in order, ends with the first refusal. Null: something is being done already.
     * @param {string} name
     * @param {readonly Step[]} steps
     * @returns {Promise<Result|null>}
     */
    async run(name, steps) {
      if (running) return null;
      running = { name, delayed: false };
      hands.onChange();
      /** @type {Result} */
      const result = { done: 0, data: null, refusal: null };
      for (const step of steps) {
        const reply = await carryOut(step);
        if (!reply.ok) {
          result.refusal = reply.error;
          break;
        }
        result.done += 1;
        result.data = reply.data;
      }
      running = null;
      hands.onChange();
      return result;
    },
    /** The counter is no longer as it was: the same press would be another wish. */
    forget() {
      keys.forget();
    },
    get running() {
      return running;
    },
  };
}
