import { ticks } from "/static/web/clock.js";
import { kept } from "/static/web/keep.js";
import { isBehind, isNewer } from "./freshness.js";
import { retryDelay } from "./retry.js";

/** @typedef {import("./freshness.js").Held} Held */
/** @typedef {import("/vendor/socket.io.esm.min.js").Socket} Socket */
/** @typedef {{online: boolean, lastAt: number | null, refused: string | null}} ConnectionState `lastAt` in `ticks` */
/** @typedef {Record<string, unknown> & {speak?: boolean}} Reply */

/**
 * @template {Held & {build: string}} S
 * @typedef {object} Wishes
 * @property {string} namespace
 * @property {string} hall
 * @property {() => string | null} [tokenFrom] asked at each connect; none: the session's cookie speaks
 * @property {(snapshot: S) => void} onSnapshot newer ones only
 * @property {(state: ConnectionState) => void} [onState] `lastAt`: until when what is shown was known to be true
 * @property {(reply: Reply) => void} [onAck] the hub's answer to a heartbeat
 * @property {() => Record<string, unknown>} [heartbeat] what the device knows of itself
 * @property {() => boolean} [mayReload] false while a citizen is in the middle of something
 */

const CONNECT_MS = 2000;
// A display of a hall where nothing happens costs under 2 kB a minute, TCP and IP included: every third beacon
// is answered by a heartbeat, in the same packet as TCP's own answer. Where something happens the hub hears
// more often, and its reply (who speaks) is fresh.
const HEARTBEAT_MS = 25_000;
const LATEST_HEARTBEAT_MS = 35_000;
const BUSY_HEARTBEAT_MS = 10_000;
const SPREAD_MS = 3000; // not 300 heartbeats in the moment of a call
const ANSWER_MS = 5000;
const SILENCE_MS = 25_000; // two beacons and a half: the connection is dead, whatever the browser believes
const RELOAD_MS = 3000;
const MISDIRECTED = "misdirected"; // the hub does not know the address that this page was opened by
const PASSING = new Set(["too_many"]); // refusals that end by themselves

/**
 * Keeps one live connection to the hub for as long as the page lives.
 * @template {Held & {build: string}} S
 * @param {Wishes<S>} wishes
 * @returns {{close: () => void, beat: () => void, send: (event: string, payload: Record<string, unknown>) => void}}
 */
export function connect(wishes) {
  const connection = new Connection(wishes);
  const now = () => connection.hurry();
  const seen = () => {
    if (!document.hidden) connection.hurry();
  };
  window.addEventListener("online", now);
  document.addEventListener("visibilitychange", seen);
  void connection.open();
  return {
    close: () => {
      window.removeEventListener("online", now);
      document.removeEventListener("visibilitychange", seen);
      connection.close();
    },
    beat: () => connection.beat(),
    send: (event, payload) => connection.send(event, payload),
  };
}

/** @template {Held & {build: string}} S */
class Connection {
  /** @type {Socket | null} */
  #socket = null;
  /** @type {(Held & {build: string}) | null} */
  #held = null;
  /** @type {ConnectionState} */
  #state = { online: false, lastAt: null, refused: null };
  #failures = 0;
  #behind = 0;
  #ahead = 0;
  #beatAt = 0;
  #closed = false;
  #opening = false;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #retry;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #silence;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #beat;

  /** @param {Wishes<S>} wishes */
  constructor(wishes) {
    this.wishes = wishes;
  }

  async open() {
    if (this.#closed || this.#socket || this.#opening) return;
    this.#opening = true;
    clearTimeout(this.#retry);
    // Browsers hold back the websockets of a page whose last ones failed, for seconds; they do not hold back this.
    const there = this.#failures === 0 || (await isThere());
    if (there === MISDIRECTED) {
      this.#opening = false;
      return this.#failed(MISDIRECTED);
    }
    const library = there && (await import("/vendor/socket.io.esm.min.js").catch(() => null));
    this.#opening = false;
    if (this.#closed) return;
    if (!library) {
      // A browser remembers that a module could not be had; only a page loaded anew asks for it again.
      if (there && this.#failures > 0) location.reload();
      return this.#failed(null);
    }
    const socket = library.io(this.wishes.namespace, {
      transports: ["websocket"],
      reconnection: false,
      forceNew: true,
      timeout: CONNECT_MS,
      auth: (give) => give({ hall: this.wishes.hall, token: this.wishes.tokenFrom?.() ?? null }),
    });
    this.#socket = socket;
    this.#listen(socket);
  }

  /** @param {Socket} socket */
  #listen(socket) {
    /** @type {string | null} */
    let farewell = null;
    /** @param {string | null} refused */
    const lost = (refused) => {
      if (this.#socket === socket) this.#failed(refused);
    };
    socket.on("connect", () => this.#connected());
    socket.on("snapshot", (/** @type {S} */ snapshot) => this.#told(snapshot));
    socket.on("beacon", (/** @type {Held} */ beacon) => this.#beaconed(beacon));
    socket.on("closed", (/** @type {{code: string}} */ said) => {
      farewell = said.code;
    });
    socket.on("disconnect", () => lost(farewell));
    // Not active: the hub has answered, and the answer was no.
    socket.on("connect_error", (error) => lost(socket.active ? null : error.message));
    this.#watch();
  }

  #connected() {
    this.#watch();
    this.#say({ online: true, lastAt: this.#state.lastAt, refused: null });
    this.#heartbeat();
  }

  /** @param {S} snapshot */
  #told(snapshot) {
    this.#failures = 0;
    this.#heardNow();
    if (this.#held && snapshot.build !== this.#held.build) this.#reload();
    if (!isNewer(this.#held, snapshot)) return;
    const { day, version, at, build } = snapshot;
    this.#held = { day, version, build, ...(at ? { at } : {}) };
    if (ticks() - this.#beatAt > BUSY_HEARTBEAT_MS) {
      this.#beatAt = ticks();
      this.#beatIn(Math.random() * SPREAD_MS);
    }
    this.wishes.onSnapshot(snapshot);
  }

  /** @param {Held} beacon */
  #beaconed(beacon) {
    this.#behind = isBehind(this.#held, beacon) ? this.#behind + 1 : 0;
    this.#ahead = this.#held && isBehind(beacon, this.#held) ? this.#ahead + 1 : 0;
    if (this.#ahead > 1) {
      // The hub was set back to a backup: what it says counts, not what we remember.
      this.#held = null;
      return this.#drop();
    }
    // A heartbeat names what this screen holds and is answered with the newest; if that does not help, anew.
    if (this.#behind > 1) return this.#drop();
    if (this.#behind || this.#ahead) this.#watch();
    else this.#heardNow();
    if (this.#behind || ticks() - this.#beatAt > HEARTBEAT_MS) this.#heartbeat();
  }

  /** What is shown is true as of now. */
  #heardNow() {
    this.#watch();
    this.#say({ online: true, lastAt: ticks(), refused: null });
  }

  #watch() {
    clearTimeout(this.#silence);
    this.#silence = setTimeout(() => this.#drop(), SILENCE_MS);
  }

  #drop() {
    if (this.#socket) this.#failed(null);
  }

  /** @param {string | null} refused */
  #failed(refused) {
    const socket = this.#socket;
    this.#socket = null;
    clearTimeout(this.#silence);
    clearTimeout(this.#beat);
    clearTimeout(this.#retry);
    socket?.removeAllListeners();
    socket?.disconnect();
    socket?.io.engine?.close();
    this.#behind = this.#ahead = 0;
    this.#failures += 1;
    this.#say({ online: false, lastAt: this.#state.lastAt, refused });
    if (this.#closed) return;
    const slowly = refused !== null && !PASSING.has(refused);
    this.#retry = setTimeout(() => void this.open(), retryDelay(this.#failures, slowly));
  }

  /** @param {ConnectionState} state */
  #say(state) {
    this.#state = state;
    if (!this.#closed) this.wishes.onState?.(state);
  }

  #heartbeat() {
    const socket = this.#socket;
    if (!socket?.connected) return;
    this.#beatIn(LATEST_HEARTBEAT_MS);
    this.#beatAt = ticks();
    const held = this.#held ? { day: this.#held.day, version: this.#held.version } : {};
    const said = { ...this.wishes.heartbeat?.(), ...held };
    socket
      .timeout(ANSWER_MS)
      .emit("heartbeat", said, (/** @type {Error | null} */ failed, /** @type {Reply} */ reply) => {
        if (!failed && this.#socket === socket) this.wishes.onAck?.(reply ?? {});
      });
  }

  #reload() {
    const reload = () => {
      if (this.wishes.mayReload?.() === false) setTimeout(reload, RELOAD_MS);
      else location.reload();
    };
    setTimeout(reload, Math.random() * RELOAD_MS);
  }

  /** Something changed that the hub should know before the next heartbeat; several changes make one. */
  beat() {
    this.#beatIn(50);
  }

  /** @param {number} ms */
  #beatIn(ms) {
    clearTimeout(this.#beat);
    this.#beat = setTimeout(() => this.#heartbeat(), ms);
  }

  /**
   * @param {string} event
   * @param {Record<string, unknown>} payload
   */
  send(event, payload) {
    if (this.#socket?.connected) this.#socket.emit(event, payload);
  }

  /** The network may be back: not after the wait, now. */
  hurry() {
    if (!this.#socket && this.#state.refused === null) void this.open();
  }

  close() {
    this.#closed = true;
    this.#failed(null);
  }
}

/**
 * Whether the hub answers. A websocket that it refuses for the page's address looks like no hub at all; asked
 * where sockets are opened, and by a POST, with which a browser says where it comes from, the hub tells.
 * @returns {Promise<boolean | typeof MISDIRECTED>}
 */
async function isThere() {
  try {
    const signal = AbortSignal.timeout(CONNECT_MS);
    const reply = await fetch("/socket.io/", { method: "POST", cache: "no-store", signal });
    return reply.status === 403 ? MISDIRECTED : true;
  } catch {
    return false;
  }
}

/**
 * The device's token: given once in the address after `#token=`, kept in the browser, gone from the address.
 * @param {string} hall
 * @param {string} role
 * @returns {string | null}
 */
export function deviceToken(hall, role) {
  const name = `motcua.token.${role}.${hall}`;
  const fragment = new URLSearchParams(location.hash.slice(1));
  const given = fragment.get("token");
  if (given) {
    fragment.delete("token");
    const rest = fragment.toString();
    history.replaceState(history.state, "", location.pathname + location.search + (rest ? `#${rest}` : ""));
    kept.write(name, given);
  }
  return kept.read(name);
}
