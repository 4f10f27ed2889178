/**
 * Taking a number: one wish of a citizen is one key, kept until the hub has answered it and sent again with the
 * same key. However often the button is touched and the connection is lost, it is one ticket.
 */

import { untilAnswered } from "/static/web/wish.js";

/** @typedef {import("/static/web/wish.js").Refusal} Refusal */
/** @typedef {import("/static/web/wish.js").Reply} Reply */
/** @typedef {{procedure: string, priority?: string, language: string}} Wish */
/** @typedef {{key: string, wish: Wish, at: number, givenUp?: true}} Intent `at` in `ticks` of this page */
/** @typedef {Intent & {waited: number}} Kept milliseconds for which it had been asked: another page has other ticks */
/**
 * @typedef {object} Issued the hub's answer
 * @property {import("snapshots").Ticket} ticket
 * @property {string} track_url
 * @property {{job: number, state: string}|null} print
 */
/**
 * @typedef {object} Hands
 * @property {(intent: Intent) => Promise<Reply>} ask
 * @property {() => string} newKey
 * @property {() => number} now
 * @property {(milliseconds: number) => Promise<void>} pause
 * @property {import("/static/web/keep.js").Keep} keep
 * @property {(issued: Issued) => void} onTicket
 * @property {(refusal: Refusal) => void} onRefused
 * @property {(refusal: Refusal) => void} onDelayed no answer yet; it is asked again
 */

const KEPT = "motcua.kiosk.intent";
/** Longer than this nobody stands before a machine that does not answer. */
export const LOST_AFTER_MS = 60_000;
const SLOWLY_MS = 5_000;

/** @param {Hands} hands */
export function createTaking(hands) {
  /** @type {Intent|null} what is being asked now */
  let asking = null;
  /** @type {Intent|null} the newest of this page */
  let mine = null;

  /** @param {Intent} intent */
  function note(intent) {
    hands.keep.note(KEPT, { ...intent, waited: hands.now() - intent.at });
  }

  /** The newest wish, also of this page before it was loaded anew. @returns {Intent|null} */
  function newest() {
    const kept = /** @type {Kept|null} */ (hands.keep.recall(KEPT));
    if (!kept) return null;
    const at = kept.key === mine?.key ? mine.at : hands.now() - kept.waited;
    return { ...kept, at };
  }

  /** @param {Intent} intent */
  async function ask(intent) {
    asking = mine = intent;
    note(intent);
    const wanted = () => asking === intent;
    const reply = await untilAnswered(
      () => (wanted() ? hands.ask(intent) : null),
      (early, tries) => {
        if (early.ok || !mayPass(early) || !wanted()) return null;
        note(intent);
        hands.onDelayed(early.error);
        return early.status === 429 ? SLOWLY_MS : Math.min(500 * tries, 2_000);
      },
      hands.pause,
    );
    if (reply !== null && wanted()) answered(reply);
  }

  /** @param {Reply} reply */
  function answered(reply) {
    asking = null;
    hands.keep.forget(KEPT);
    if (reply.ok) hands.onTicket(/** @type {Issued} */ (reply.data));
    else hands.onRefused(reply.error);
  }

  return {
    /**
     * A touch on "take a number". Touches while one is being asked are the same wish. The same wish again soon
     * after it was given up is most likely the same person: it has the same key, and so the same ticket.
     * @param {Wish} wish
     */
    take(wish) {
      if (asking) return;
      const last = newest();
      const again = last && hands.now() - last.at < LOST_AFTER_MS && same(last.wish, wish);
      const { key, at } = again ? last : { key: hands.newKey(), at: hands.now() };
      void ask({ key, wish, at });
    },
    /** Somebody went away, or will not wait. A slip that came out all the same stays good. */
    giveUp() {
      if (asking) note({ ...asking, givenUp: true });
      asking = null;
    },
    /** The page was loaded anew while a number was being asked for. @returns {boolean} whether it goes on */
    resume() {
      const last = newest();
      if (!last || last.givenUp || hands.now() - last.at >= LOST_AFTER_MS) return false;
      void ask(last);
      return true;
    },
    /** @param {number} now */
    isLost(now) {
      return asking !== null && now - asking.at >= LOST_AFTER_MS;
    },
  };
}

/**
 * No answer from the hub, or one that says "not now": the same question may be asked again.
 * @param {{status: number}} reply
 */
function mayPass({ status }) {
  return status === 0 || status === 429 || status >= 500;
}

/** @param {Wish} a @param {Wish} b */
function same(a, b) {
  return a.procedure === b.procedure && a.priority === b.priority && a.language === b.language;
}
