/**
 * Who is asking, and what they want done, sent in their name until the hub has answered. One wish has one key a step:
 * a double press, a lost connection and a second try never call two citizens.
 */

import { deviceToken } from "/static/live/live.js";
import { call as ask, createKeys, untilAnswered } from "/static/web/wish.js";

/** @typedef {import("./situation.js").Me} Me */
/** @typedef {import("/static/web/wish.js").Reply} Reply */
/** @typedef {import("./acts.js").Step} Step */
/** @typedef {import("/static/web/wish.js").Refusal} Refusal */
/** @typedef {{done: number, data: unknown, refusal: Refusal|null}} Result `done`: how many steps were carried out */
/**
 * @typedef {object} Hands
 * @property {(step: Step, key: string) => Promise<Reply>} ask
 * @property {() => string} newKey
 * @property {() => number} now milliseconds that only go forward
 * @property {(milliseconds: number) => Promise<void>} pause
 * @property {() => void} onChange busy or not any more
 */

const ENDED = new Set(["unauthenticated", "session_ended"]);
/** Somebody is at the screen: the session stays. Well under its 15 idle minutes. */
const PRESENT_MS = 4 * 60_000;
/** As long as a person waits before a button that says it is trying. */
export const TRIES_MS = 12_000;

/** Whether a refusal means: log in again. @param {{code: string}|null} refusal */
export function isEnded(refusal) {
  return refusal !== null && ENDED.has(refusal.code);
}

/** @param {string} hall */
export function createSession(hall) {
  /** A call pad has a token and no officer. */
  let token = deviceToken(hall, "counter");
  /** @type {string|null} */
  let csrf = null;
  let seenAt = performance.now();

  /** @param {Reply} reply @returns {Reply} */
  function learn(reply) {
    if (reply.ok) csrf = /** @type {Me} */ (reply.data).csrf;
    seenAt = performance.now();
    return reply;
  }

  async function whoAmI() {
    const reply = learn(await ask("GET", "/api/v1/me", { token }));
    if (reply.ok || token === null || !isEnded(reply.error)) return reply;
    token = null; // a revoked pad may still be used by an officer who logs in
    return learn(await ask("GET", "/api/v1/me"));
  }

  return {
    get token() {
      return token;
    },
    whoAmI,
    /** @param {string} name @param {string} password */
    async logIn(name, password) {
      return learn(await ask("POST", "/api/v1/login", { body: { name, password } }));
    },
    logOut: () => ask("POST", "/api/v1/logout", { body: {}, csrf }),
    /** @param {Step} step @param {string} key @returns {Promise<Reply>} */
    async send(step, key) {
      seenAt = performance.now();
      const reply = await ask("POST", step.path, { body: step.body, key, token, csrf });
      if (reply.ok || reply.error.code !== "csrf") return reply;
      await whoAmI(); // another window has logged in anew
      return ask("POST", step.path, { body: step.body, key, token, csrf });
    },
    /** A key or the mouse was used. */
    async present() {
      if (performance.now() - seenAt < PRESENT_MS) return;
      seenAt = performance.now();
      await ask("GET", "/api/v1/me", { token });
    },
  };
}

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
