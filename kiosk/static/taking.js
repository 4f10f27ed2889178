/**
 * Taking a number: one wish of a citizen is one key, kept until the hub has answered it and sent again with the
 * same key. However often the button is touched and the line is lost, it is one ticket.
 */

/** @typedef {{procedure: string, priority?: string, language: "vi"|"en"}} Wish */
/** @typedef {{key: string, wish: Wish, at: number, givenUp?: true}} Intent `at` in milliseconds of this machine */
/**
 * @typedef {object} Issued the hub's answer
 * @property {import("snapshots").Ticket} ticket
 * @property {string} track_url
 * @property {{job: number, state: string}|null} print
 */
/** @typedef {{code: string, message: string, message_vi: string}} Refusal */
/** @typedef {{ok: true, status: number, data: unknown}|{ok: false, status: number, error: Refusal}} Reply */
/**
 * @typedef {object} Hands
 * @property {(intent: Intent) => Promise<Reply>} ask
 * @property {() => string} newKey
 * @property {() => number} now
 * @property {(milliseconds: number) => Promise<void>} pause
 * @property {Pick<Storage, "getItem"|"setItem"|"removeItem">} storage
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

  /** @param {Intent} intent */
  async function ask(intent) {
    asking = intent;
    hands.storage.setItem(KEPT, JSON.stringify(intent));
    for (let tries = 1; asking === intent; tries += 1) {
      const reply = await hands.ask(intent);
      if (asking !== intent) return;
      if (reply.ok || !mayPass(reply)) return answered(reply);
      hands.onDelayed(reply.error);
      await hands.pause(reply.status === 429 ? SLOWLY_MS : Math.min(500 * tries, 2_000));
    }
  }

  /** @param {Reply} reply */
  function answered(reply) {
    asking = null;
    hands.storage.removeItem(KEPT);
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
      const before = kept(hands.storage);
      const again = before && hands.now() - before.at < LOST_AFTER_MS && same(before.wish, wish);
      const { key, at } = again ? before : { key: hands.newKey(), at: hands.now() };
      void ask({ key, wish, at });
    },
    /** Somebody went away, or will not wait. A slip that came out all the same stays good. */
    giveUp() {
      if (asking) hands.storage.setItem(KEPT, JSON.stringify({ ...asking, givenUp: true }));
      asking = null;
    },
    /** The page was loaded anew while a number was being asked for. @returns {boolean} whether it goes on */
    resume() {
      const before = kept(hands.storage);
      if (!before || before.givenUp || hands.now() - before.at >= LOST_AFTER_MS) return false;
      void ask(before);
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

/**
 * @param {Pick<Storage, "getItem">} storage
 * @returns {Intent|null}
 */
function kept(storage) {
  const text = storage.getItem(KEPT);
  if (!text) return null;
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
