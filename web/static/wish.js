/**
 * What a person wants of the hub: asked by HTTP, again with the same key while no answer comes. However often a
 * button is touched and the connection is lost, it is one wish.
 */

import { pause, ticks } from "/static/web/clock.js";

/** @typedef {{code: string, message?: string, message_vi?: string}} Refusal */
/** @typedef {{ok: true, status: number, data: unknown}|{ok: false, status: number, error: Refusal}} Reply */

/** @typedef {{path: string, body: Record<string, unknown>}} Step one request */
/** @typedef {{done: number, data: unknown, refusal: Refusal|null}} Result `done`: how many steps were carried out */
/**
 * @typedef {object} Wisher
 * @property {() => {token?: string|null, csrf?: string|null}} papers what a wish is sent with
 * @property {() => Promise<unknown>} renew another window has logged in anew: the papers of now
 * @property {() => void} onChange busy or not any more
 * @property {typeof call} [ask]
 * @property {() => string} [make] a key
 * @property {() => number} [now] milliseconds that only go forward
 * @property {(milliseconds: number) => Promise<void>} [rest]
 */

const ANSWER_MS = 10_000;
/** As long as a person waits before a button that says it is trying. */
export const TRIES_MS = 12_000;

/** Said in words of the page's own: `told` of words.js. @type {Refusal} */
const OFFLINE = { code: "offline" };
/** @type {Refusal} */
const UNREADABLE = { code: "unreadable" };

/**
 * One request of the API. It never throws: a refusal of the hall and a missing network are both answers.
 * @param {"GET" | "POST" | "PUT" | "DELETE"} method
 * @param {string} path
 * @param {{body?: unknown, key?: string, token?: string | null, csrf?: string | null}} [more]
 * @returns {Promise<Reply>}
 */
export async function call(method, path, { body, key, token, csrf } = {}) {
  /** @type {Record<string, string>} */
  const headers = { Accept: "application/json" };
  if (body !== undefined) headers["Content-Type"] = "application/json";
  if (key) headers["Idempotency-Key"] = key;
  if (token) headers.Authorization = `Bearer ${token}`;
  if (csrf) headers["X-CSRF-Token"] = csrf;
  /** @type {Response} */
  let answer;
  try {
    answer = await fetch(path, {
      method,
      headers,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      cache: "no-store",
      signal: AbortSignal.timeout(ANSWER_MS),
    });
  } catch {
    return { ok: false, status: 0, error: OFFLINE };
  }
  const data = await answer.json().catch(() => null);
  if (answer.ok && data !== null) return { ok: true, status: answer.status, data };
  return { ok: false, status: answer.status, error: data?.error ?? UNREADABLE };
}

/**
 * Asks until the answer stands.
 * @template {Reply|null} R
 * @param {() => R|Promise<R>} ask null: nobody wants to know any more
 * @param {(reply: Reply, tries: number) => number|null} again milliseconds until the next try; null: it stands
 * @param {(milliseconds: number) => Promise<void>} pause
 * @returns {Promise<R>}
 */
export async function untilAnswered(ask, again, pause) {
  for (let tries = 1; ; tries += 1) {
    const reply = await ask();
    if (reply === null) return reply;
    const wait = again(reply, tries);
    if (wait === null) return reply;
    await pause(wait);
  }
}

/**
 * A key for one wish of a person; the same wish tried again has the same key. 128 bits, URL-safe.
 * `crypto.randomUUID` is missing where the hall has no certificate.
 */
export function newKey() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return btoa(String.fromCharCode(...bytes))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replaceAll("=", "");
}

/** The keys of the wishes that have no answer yet. @param {() => string} [make] */
export function createKeys(make = newKey) {
  /** @type {Map<string, string>} */
  const keys = new Map();
  return {
    /** @param {string} wish */
    of(wish) {
      const key = keys.get(wish) ?? make();
      keys.set(wish, key);
      return key;
    },
    /** A yes or a no: asked again it would be another wish. @param {string} wish @param {Reply} reply */
    answered(wish, { ok, status }) {
      if (ok || (status >= 400 && status < 500)) keys.delete(wish);
    },
    /** What the wishes rest on is no longer as it was. */
    forget() {
      keys.clear();
    },
  };
}

/**
 * Wishes of one person, one after the other, each sent until the hub has answered. One wish has one key a step: a
 * double press, a lost connection and a second try never call two citizens.
 * @param {Wisher} wisher
 */
export function createWishes({
  papers,
  renew,
  onChange,
  ask = call,
  make = newKey,
  now = ticks,
  rest = pause,
}) {
  const keys = createKeys(make);
  /** @type {{name: string, delayed: boolean}|null} */
  let running = null;

  /** @param {Step} step @param {string} key @returns {Promise<Reply>} */
  async function send({ path, body }, key) {
    const reply = await ask("POST", path, { body, key, ...papers() });
    if (reply.ok || reply.error.code !== "csrf") return reply;
    await renew();
    return ask("POST", path, { body, key, ...papers() });
  }

  /** @param {Step} step @returns {Promise<Reply>} */
  async function carryOut(step) {
    const wish = JSON.stringify(step);
    const key = keys.of(wish);
    const until = now() + TRIES_MS;
    const again = (/** @type {Reply} */ reply, /** @type {number} */ tries) => {
      if (reply.status !== 0 || now() >= until) return null;
      if (running && !running.delayed) {
        running.delayed = true;
        onChange();
      }
      return Math.min(400 * tries, 2_000);
    };
    const reply = await untilAnswered(() => send(step, key), again, rest);
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
      onChange();
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
      onChange();
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
