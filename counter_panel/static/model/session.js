/** Who is asking: an officer's session, or the token of a call pad. */

import { deviceToken } from "/static/live/live.js";
import { ticks } from "/static/web/clock.js";
import { call as ask } from "/static/web/wish.js";

/** @typedef {import("./situation.js").Me} Me */
/** @typedef {import("/static/web/wish.js").Reply} Reply */

/**
 * @typedef {{holder: {id: string, name: string, since: string|null}|null, number: string|null,
 *   number_state: string|null, number_since: string|null}} Seat
 */

const ENDED = new Set(["unauthenticated", "session_ended"]);
/** Somebody is at the screen: the session stays. Well under its 15 idle minutes. */
const PRESENT_MS = 4 * 60_000;

/** Whether a refusal means: log in again. @param {{code: string}|null} refusal */
export function isEnded(refusal) {
  return refusal !== null && ENDED.has(refusal.code);
}

/** @param {string} hall */
export function createSession(hall) {
  const here = `/api/v1/halls/${encodeURIComponent(hall)}`;
  /** A call pad has a token and no officer. */
  let token = deviceToken(hall, "counter");
  /** @type {string|null} */
  let csrf = null;
  let seenAt = ticks();

  /** @param {Reply} reply @returns {Reply} */
  function learn(reply) {
    if (reply.ok) csrf = /** @type {Me} */ (reply.data).csrf;
    seenAt = ticks();
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
      const reply = learn(await ask("POST", "/api/v1/login", { body: { name, password } }));
      return reply.ok ? whoAmI() : reply; // asked who it is, the browser is told how it will be known
    },
    logOut: () => ask("POST", "/api/v1/logout", { body: {}, csrf }),
    /** Today's tickets of a number; null: no answer. @param {string} typed */
    async find(typed) {
      const reply = await ask("GET", `${here}/tickets?number=${encodeURIComponent(typed)}`, { token });
      return reply.ok ? /** @type {{tickets: import("snapshots").Ticket[]}} */ (reply.data).tickets : null;
    },
    /** Who works at a counter; null: no answer. @param {string} counter */
    async seat(counter) {
      const reply = await ask("GET", `${here}/counters/${encodeURIComponent(counter)}`, { token });
      return reply.ok ? /** @type {Seat} */ (reply.data) : null;
    },
    /** What a wish is sent with. */
    papers() {
      seenAt = ticks();
      return { token, csrf };
    },
    /** A key or the mouse was used. */
    async present() {
      if (ticks() - seenAt < PRESENT_MS) return;
      seenAt = ticks();
      await ask("GET", "/api/v1/me", { token });
    },
  };
}
