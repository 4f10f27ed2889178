/** The wall of a hall: one state, one render. */

import { connect, deviceToken } from "/static/live/live.js";
import { clockAt, nowOf, ticks, timeOf } from "/static/web/clock.js";
import { box, setText } from "/static/web/dom.js";
import { keptHere } from "/static/web/keep.js";
import { call as ask } from "/static/web/wish.js";
import { beatOf, renderHeadings, renderStrip, renderTicker, renderWaiting } from "./foot.js";
import { isStill, stillWords } from "./hours.js";
import { paintCards, paintRecent, paintWords, rowsFor } from "./paint.js";
import { ageWords, dateWords, readingOf } from "./reading.js";
import {
  arrive,
  createAnnouncer,
  createSpeaker,
  emptyStage,
  isFresh,
  isGold,
  loadClip,
  sayOnce,
  step,
  timed,
} from "./stage.js";
import { PAGE_MS } from "./ticker.js";
import { say, sayBeside } from "./words.js";

/** @typedef {import("snapshots").Board} Board */
/** @typedef {Omit<Board, "calls"> & {calls: import("./stage.js").Call[]}} Snapshot */
/** @typedef {import("snapshots").HallFacts} Facts */

const TICK_MS = 250;
const FACTS_AGAIN_MS = 5_000;
const PLAIN_HUE = "#3D5265";
const SEEN = "announcements-seen";

const wall = box(document, "[data-wall]");
const hall = wall.dataset.hall ?? "";
const asked = new URLSearchParams(location.search);
/** Displays of one zone are heard by the same people: the hub lets one of them speak. */
const zone = asked.get("zone") ?? "1";
const mute = asked.get("sound") === "off";

const state = {
  /** @type {Snapshot|null} */ snapshot: null,
  /** @type {Facts|null} */ facts: null,
  /** @type {import("/static/web/clock.js").Clock|null} */ clock: null,
  stage: emptyStage(seenBefore()),
  /** @type {{online: boolean, lastAt: number|null, refused: string|null}} */
  connection: { online: true, lastAt: null, refused: null },
  speak: false,
};

const speaker = createSpeaker(() => new AudioContext(), loadClip, soundChanged);
const announcer = createAnnouncer({
  hall,
  speaker,
  wanted: (call) => state.speak && !mute && isFresh(call, ticks()),
  spoken: (call, clips) => {
    live.send("announced", { call: call.call });
    const detail = { call: call.call, number: call.number, clips: clips.map((clip) => clip.url) };
    wall.dataset.announced = JSON.stringify(detail);
    wall.dispatchEvent(new CustomEvent("announced", { bubbles: true, detail }));
  },
});

const live = connect({
  namespace: "/display",
  hall,
  tokenFrom: () => deviceToken(hall, "display"),
  onSnapshot: heard,
  onState: (connection) => {
    state.connection = connection;
    render();
  },
  onAck: (reply) => {
    state.speak = reply?.speak === true;
    wall.dataset.speaks = String(state.speak);
  },
  mayReload: () => !announcer.busy() && state.stage.waiting.length === 0,
  heartbeat: () => ({ sound: mute ? "off" : speaker.sound(), zone, visible: !document.hidden }),
});

/** What the hall's clock shows; null: nobody has said yet. */
function reading() {
  return state.clock && readingOf(nowOf(state.clock, ticks()), state.clock.offset);
}

/** A screen which reloads itself does not shout again what it has said. @returns {Record<string, number>} */
function seenBefore() {
  return /** @type {Record<string, number>|null} */ (keptHere.recall(SEEN)) ?? {};
}

/** @param {Board} snapshot */
function heard(snapshot) {
  const now = ticks();
  state.clock = clockAt(snapshot.at, now);
  if (state.snapshot && state.snapshot.day !== snapshot.day) state.stage = emptyStage(state.stage.seen);
  state.snapshot = { ...snapshot, calls: timed(snapshot.calls, snapshot.at, now) };
  state.stage = arrive(state.stage, state.snapshot.calls, now);
  keptHere.note(SEEN, state.stage.seen);
  tick();
}

function tick() {
  const before = state.stage;
  state.stage = step(before, ticks(), announcer.busy());
  if (state.stage.shown !== before.shown) void announcer.announce(state.stage.shown, sayOnce(state.stage));
  render();
}

function soundChanged() {
  live.beat();
  render();
}

/** @param {string} counter */
function counterName(counter) {
  return (
    state.snapshot?.counters.find((each) => each.id === counter)?.name ?? say("counter_name", { id: counter })
  );
}

/** @param {Snapshot} snapshot */
function namesOf({ counters }) {
  return counters.map(({ name }) => name);
}

/** @param {string} queue */
function hueOf(queue) {
  return state.facts?.queues.find((each) => each.id === queue)?.hue ?? PLAIN_HUE;
}

function render() {
  const { snapshot } = state;
  renderHead();
  renderBanner();
  if (snapshot === null) {
    wall.dataset.alone = "true";
    paintWords(box(wall, "[data-stage]"), waitingWords(say), waitingWords(sayBeside));
    return;
  }
  const numbers = new Map(snapshot.counters.map((counter) => [counter.id, counter.number]));
  const beat = beatOf(ticks());
  renderHeadings(wall, beat);
  renderStrip(wall, snapshot, awaitedAt(snapshot, numbers), beat);
  renderWaiting(wall, snapshot, hueOf, beat);
  renderTicker(wall, snapshot, state.facts?.hours ?? [], weekday(), beatOf(ticks(), PAGE_MS));
  // Last what takes the room that is left, and goes by its size.
  const cards = cardsOf(snapshot, numbers);
  wall.dataset.state = stateOf(snapshot, cards);
  const rows = rowsOf(snapshot, cards, numbers);
  wall.dataset.alone = String(rows.length === 0);
  renderStage(snapshot, cards);
  paintRecent(box(wall, "[data-recent]"), rows, namesOf(snapshot));
}

/** The counters whose call is in gold. @param {Snapshot} snapshot @param {ReadonlyMap<string, string|null>} numbers */
function awaitedAt(snapshot, numbers) {
  const gold = snapshot.calls.filter((call) => isGold(state.stage, call, ticks(), numbers));
  return new Set(gold.map((call) => call.counter));
}

function weekday() {
  return reading()?.weekday ?? 0;
}

function renderHead() {
  const shown = reading();
  if (shown) {
    setText(box(wall, "[data-date]"), dateWords(shown));
    setText(box(wall, "[data-time]"), shown.time);
  }
  const sound = mute ? "off" : speaker.sound();
  wall.dataset.sound = sound;
  box(wall, "[data-enable-sound]").hidden = mute || sound === "on";
}

function renderBanner() {
  const banner = box(wall, "[data-banner]");
  const { connection, clock } = state;
  banner.hidden = connection.online || clock === null || connection.lastAt === null;
  wall.dataset.online = String(connection.online);
  if (banner.hidden || clock === null || connection.lastAt === null) return;
  const age = ticks() - connection.lastAt;
  const since = timeOf(nowOf(clock, connection.lastAt), clock.offset);
  setText(box(banner, "[data-banner-text]"), say("offline", { time: since, age: ageWords(age) }));
  setText(box(banner, "[data-banner-en]"), sayBeside("offline_short", { time: since }));
}

/** @param {import("/static/web/words.js").Say} say in one language */
function waitingWords(say) {
  if (state.connection.refused) {
    const what = state.connection.refused === "misdirected" ? "misdirected" : "text";
    return { title: say("not_allowed_title"), text: say(`not_allowed_${what}`, { origin: location.origin }) };
  }
  if (!state.connection.online) return { title: say("not_connected_title"), text: say("not_connected_text") };
  return { title: say("starting_title"), text: say("starting_text") };
}

/**
 * The cards of the panel: what is on stage; with an empty stage the newest call, at rest.
 * @param {Snapshot} snapshot @param {ReadonlyMap<string, string|null>} numbers
 */
function cardsOf(snapshot, numbers) {
  const staged = state.stage.shown;
  const shown = staged.length > 0 ? staged : snapshot.calls.slice(0, 1);
  return shown.map((call) => {
    const gold = isGold(state.stage, call, ticks(), numbers);
    const place = state.facts?.counters.find((each) => each.id === call.counter)?.place ?? "";
    const { number, times } = call;
    return {
      number,
      times,
      gold,
      counter: counterName(call.counter),
      place,
      key: `${call.call}/${times}`,
      fresh: staged.length > 0,
    };
  });
}

/** @param {Snapshot} snapshot @param {ReturnType<typeof cardsOf>} cards */
function stateOf(snapshot, cards) {
  if (cards.some((card) => card.gold)) return "called";
  if (!isStill(snapshot)) return "rest";
  return snapshot.calls.length === 0 ? "empty" : "closed";
}

/** @param {Snapshot} snapshot @param {ReturnType<typeof cardsOf>} cards */
function renderStage(snapshot, cards) {
  const stage = box(wall, "[data-stage]");
  if (wall.dataset.state === "called" || wall.dataset.state === "rest")
    paintCards(stage, cards, namesOf(snapshot));
  else paintWords(stage, stillWords(snapshot, say), stillWords(snapshot, sayBeside));
}

/**
 * The calls which are not in the panel. Gold: called a moment ago and still awaited.
 * @param {Snapshot} snapshot @param {ReturnType<typeof cardsOf>} cards @param {ReadonlyMap<string, string|null>} numbers
 */
function rowsOf(snapshot, cards, numbers) {
  const rows = rowsFor(box(wall, "[data-recent]"));
  const panel = new Set(wall.dataset.state === "closed" ? [] : cards.map((card) => card.number));
  return snapshot.calls
    .filter((call) => !panel.has(call.number))
    .slice(0, rows)
    .map((call) => ({
      number: call.number,
      counter: counterName(call.counter),
      hue: hueOf(call.number.charAt(0)),
      gold: isGold(state.stage, call, ticks(), numbers),
    }));
}

async function learnFacts() {
  const answer = await ask("GET", `/api/v1/halls/${encodeURIComponent(hall)}`, {});
  if (answer.ok) state.facts = /** @type {Facts} */ (answer.data);
  else setTimeout(learnFacts, FACTS_AGAIN_MS);
  render();
}

/** Where the browser allows it, a wall does not go dark. */
async function stayAwake() {
  if (!document.hidden) await navigator.wakeLock?.request("screen").catch(() => null);
}

box(wall, "[data-enable-sound]").addEventListener("click", () => {
  void document.documentElement.requestFullscreen?.().catch(() => null);
});
wall.addEventListener("click", () => {
  if (!mute) void speaker.enable(); // any touch will do, the button only asks for one
});
wall.addEventListener("dblclick", () => {
  if (document.fullscreenElement) void document.exitFullscreen();
  else void document.documentElement.requestFullscreen?.().catch(() => null);
});
document.addEventListener("visibilitychange", () => {
  live.beat();
  void stayAwake();
});
if (!mute) void speaker.enable();
void stayAwake();
void learnFacts();
void document.fonts.ready.then(render); // measured with the real letters from now on
setInterval(tick, TICK_MS);
tick();
