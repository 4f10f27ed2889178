import assert from "node:assert/strict";
import { test } from "node:test";
import { createTaking, LOST_AFTER_MS } from "../../kiosk/static/taking.js";
import * as visits from "../../kiosk/static/visit.js";
import {
  ageWords,
  countersWords,
  lineWords,
  placeWords,
  queueWords,
  slipWords,
} from "../../kiosk/static/words.js";
import { reopensWords } from "../../web/static/attending.js";
import { createKeep } from "../../web/static/keep.js";
import { learnWords } from "./words.js";

const { vi } = learnWords("kiosk", "attending", "calendar");
const PATIENCE = { idleMs: 20_000, warnMs: 20_000 };

/** @typedef {import("../../kiosk/static/taking.js").Intent} Intent */
/** @typedef {import("../../kiosk/static/taking.js").Reply} Reply */

/** @type {Reply} */
const OFFLINE = { ok: false, status: 0, error: { code: "offline", message: "", message_vi: "" } };
/** @type {Reply} */
const CLOSED = { ok: false, status: 409, error: { code: "hall_closed", message: "", message_vi: "" } };
/** @type {Reply} */
const FULL_DISK = { ok: false, status: 503, error: { code: "cannot_store", message: "", message_vi: "" } };

/** A kiosk whose hub gives these answers in turn, then tickets; the same key is the same ticket. @param {Reply[]} first */
function kiosk(first = []) {
  /** @type {Map<string, string>} */
  const kept = new Map();
  /** @type {Map<string, Reply>} */
  const tickets = new Map();
  const told = {
    /** @type {Intent[]} */ asked: [],
    /** @type {unknown[]} */ shown: [],
    delays: 0,
    now: 1_000,
  };
  const hands = {
    ask: async (/** @type {Intent} */ intent) => {
      told.asked.push(intent);
      const early = first.shift();
      if (early) return early;
      const number = `A${String(tickets.size + 1).padStart(3, "0")}`;
      const known = tickets.get(intent.key) ?? {
        ok: /** @type {const} */ (true),
        status: 201,
        data: { number },
      };
      tickets.set(intent.key, known);
      return known;
    },
    newKey: () => `key-${told.asked.length}-${kept.size}-${told.now}`,
    now: () => told.now,
    pause: async () => {},
    keep: createKeep(() => ({
      getItem: (/** @type {string} */ name) => kept.get(name) ?? null,
      setItem: (/** @type {string} */ name, /** @type {string} */ text) => void kept.set(name, text),
      removeItem: (/** @type {string} */ name) => void kept.delete(name),
    })),
    onTicket: (/** @type {unknown} */ issued) => void told.shown.push(issued),
    onRefused: (/** @type {{code: string}} */ refusal) => void told.shown.push(refusal.code),
    onDelayed: () => {
      told.delays += 1;
    },
  };
  return { hands, told, tickets, kept, taking: createTaking(hands) };
}

/** Lets all answers that are on their way arrive. */
async function settle() {
  await new Promise((done) => setTimeout(done, 5));
}

const WISH = { procedure: "CT01", language: /** @type {const} */ ("vi") };

test("a double touch is one ticket", async () => {
  const { taking, told, tickets } = kiosk();

  taking.take(WISH);
  taking.take(WISH);
  await settle();

  assert.equal(tickets.size, 1);
  assert.equal(told.shown.length, 1);
});

test("a lost answer is asked for again with the same key", async () => {
  const { taking, told, tickets, kept } = kiosk([OFFLINE, FULL_DISK, OFFLINE]);

  taking.take(WISH);
  await settle();

  assert.equal(new Set(told.asked.map((each) => each.key)).size, 1);
  assert.deepEqual([told.asked.length, told.delays, tickets.size, kept.size], [4, 3, 1, 0]);
});

test("a refusal of the hall is not asked again", async () => {
  const { taking, told, kept } = kiosk([CLOSED]);

  taking.take(WISH);
  await settle();

  assert.deepEqual([told.shown, told.asked.length, kept.size], [["hall_closed"], 1, 0]);
});

test("after a reload the number that was being asked for is shown", async () => {
  const before = kiosk([OFFLINE]);
  before.hands.pause = () => new Promise(() => {});
  before.taking.take(WISH);
  await settle();

  const after = createTaking({ ...before.hands, pause: async () => {} });
  assert.ok(after.resume());
  await settle();

  assert.equal(new Set(before.told.asked.map((each) => each.key)).size, 1);
  assert.equal(before.told.shown.length, 1);
});

test("after a reload, which begins with another clock, a wish is asked no longer than without", async () => {
  const before = kiosk([OFFLINE, OFFLINE, OFFLINE, OFFLINE]);
  let tries = 0;
  before.told.now = 5_000_000;
  before.hands.pause = () => {
    tries += 1;
    before.told.now += 15_000;
    return tries < 4 ? Promise.resolve() : new Promise(() => {});
  };
  before.taking.take(WISH);
  await settle();

  before.told.now = 300;
  const after = createTaking({ ...before.hands, pause: () => new Promise(() => {}) });
  assert.ok(after.resume());
  assert.ok(!after.isLost(before.told.now + 14_000));
  assert.ok(after.isLost(before.told.now + 15_000), "45 seconds had passed before");
});

test("the same wish soon after giving up has the same key, another one or a later one has not", async () => {
  const { taking, told, hands } = kiosk([OFFLINE, OFFLINE, OFFLINE]);
  hands.pause = () => new Promise(() => {});

  taking.take(WISH);
  await settle();
  taking.giveUp();
  assert.equal(taking.resume(), false);
  taking.take(WISH);
  await settle();
  taking.giveUp();
  taking.take({ ...WISH, procedure: "CT02" });
  await settle();
  taking.giveUp();
  told.now += LOST_AFTER_MS;
  taking.take({ ...WISH, procedure: "CT02" });
  await settle();

  const keys = told.asked.map((each) => each.key);
  assert.equal(keys[0], keys[1]);
  assert.equal(new Set(keys).size, 3);
});

test("an answer that comes when the citizen has gone shows nobody's number to the next", async () => {
  const { taking, told, hands } = kiosk();
  /** @type {(reply: Reply) => void} */
  let answer = () => {};
  hands.ask = () =>
    new Promise((done) => {
      answer = done;
    });

  taking.take(WISH);
  taking.giveUp();
  answer({ ok: true, status: 201, data: { number: "A001" } });
  await settle();

  assert.deepEqual(told.shown, []);
});

test("a broken memory of the browser is no reason not to give a number", async () => {
  const { taking, told, kept } = kiosk();
  kept.set("motcua.kiosk.intent", "{half");

  assert.equal(taking.resume(), false);
  taking.take(WISH);
  await settle();

  assert.equal(told.shown.length, 1);
});

const READING = visits.go(visits.AT_REST, { at: "procedure", procedure: "CT01" });

test("the start screen at rest waits for ever, a visit is asked after and then forgotten", () => {
  const hour = 3_600_000;

  assert.deepEqual(visits.presence(visits.AT_REST, hour, "ok", PATIENCE), { left: null, over: false });
  assert.deepEqual(visits.presence(READING, 39_000, "ok", PATIENCE), { left: null, over: false });
  assert.deepEqual(visits.presence(READING, 41_000, "ok", PATIENCE), { left: 19, over: false });
  assert.deepEqual(visits.presence(READING, 60_000, "ok", PATIENCE), { left: 0, over: true });
});

test("who needs large letters is given twice the time", () => {
  const large = visits.toggle(READING, "large");

  assert.equal(visits.presence(large, 79_000, "ok", PATIENCE).left, null);
  assert.equal(visits.presence(large, 81_000, "ok", PATIENCE).left, 19);
});

test("a language or a mode left behind on the start screen is put back too", () => {
  const english = { ...visits.AT_REST, language: /** @type {const} */ ("en") };

  assert.ok(visits.presence(english, 41_000, "ok", PATIENCE).over);
});

test("a number that is being asked for is never taken off the screen by the clock", () => {
  const taking = visits.go(READING, { at: "taking", procedure: "CT01", trouble: null });

  assert.equal(visits.presence(taking, 3_600_000, "ok", PATIENCE).over, false);
});

test("a slip is printing, printed, or said not to come", () => {
  assert.equal(visits.slipOf("queued", "ok"), "printing");
  assert.equal(visits.slipOf("queued", "paper_out"), "unprinted");
  assert.equal(visits.slipOf("confirmed", "paper_out"), "printed");
  assert.equal(visits.slipOf("failed", "ok"), "unprinted");
  assert.equal(visits.slipOf(null, "none"), "none");
});

test("a slip that waits, a silent printer, a slip in doubt and one only sent are told apart", () => {
  assert.equal(visits.slipOf("sending", "waiting"), "waiting");
  assert.equal(visits.slipOf("queued", "silent"), "silent");
  assert.equal(visits.slipOf("uncertain", "ok"), "uncertain");
  assert.equal(visits.slipOf("sent", "ok"), "sent");
  /** @type {(key: string, facts?: object) => string} */
  const say = (key, facts) => (facts ? `${key}(${Object.values(facts)})` : key);
  const told = (/** @type {string} */ job, /** @type {string} */ printer) =>
    slipWords(visits.slipOf(job, printer), "A012", printer, say);
  assert.equal(told("sending", "ok"), "printing");
  assert.equal(told("sending", "waiting"), "print_waiting(A012)");
  assert.equal(told("queued", "silent"), "unprinted_silent unprinted(A012)");
  assert.equal(told("uncertain", "ok"), "unprinted_perhaps unprinted(A012)");
  assert.equal(told("uncertain", "paper_out"), "unprinted_no_paper unprinted(A012)");
  assert.equal(told("failed", "ok"), "unprinted_failed unprinted(A012)");
  assert.equal(told("sent", "ok"), "print_sent(A012)");
});

test("a slip in doubt is asked after again, for it may turn out printed", () => {
  assert.equal(visits.isSettled("uncertain"), false);
  assert.equal(visits.isSettled("confirmed"), true);
  assert.equal(visits.isSettled("sent"), true);
});

test("back leads to where one came from and not before the start", () => {
  assert.equal(visits.step(visits.back(READING)).at, "start");
  assert.equal(visits.step(visits.back(visits.AT_REST)).at, "start");
});

test("counters and their places are said as one speaks", () => {
  const at = (/** @type {string} */ id, /** @type {string} */ place) => ({
    id,
    name: `Quầy ${id}`,
    name_en: `Counter ${id}`,
    place,
    place_en: "",
    takes: [],
  });

  assert.equal(countersWords(["Quầy 1", "Quầy 2", "Quầy 12"], vi), "Quầy 1, 2 hoặc 12");
  assert.equal(countersWords(["Phòng khách", "Quầy 2"], vi), "Phòng khách hoặc Quầy 2");
  assert.equal(countersWords([], vi), "");
  assert.equal(placeWords([at("1", "Bên trái"), at("2", "Bên trái")], "vi"), "Bên trái");
  assert.equal(placeWords([at("1", "Trái"), at("2", "Phải")], "vi"), "Quầy 1: Trái · Quầy 2: Phải");
});

test("waiting and opening are said without a number that is not known", () => {
  assert.equal(lineWords(0, null, vi), "Chưa có người chờ");
  assert.equal(lineWords(0, { low_minutes: 0, likely_minutes: 0, high_minutes: 0 }, vi), "Không phải chờ");
  assert.equal(lineWords(4, null, vi), "4 người");
  assert.equal(
    lineWords(8, { low_minutes: 15, likely_minutes: 20, high_minutes: 25 }, vi),
    "8 người · 15–25 phút",
  );
  assert.equal(
    reopensWords("2026-11-24T13:00:00+07:00", "2026-11-24", vi),
    "Mời ông bà trở lại lấy số lúc 13:00.",
  );
  assert.equal(
    reopensWords("2026-11-25T07:00:00+07:00", "2026-11-24", vi),
    "Mời ông bà trở lại lấy số lúc 07:00 Thứ Tư, ngày 25/11.",
  );
});

test("a queue that nobody calls says from when, or that its counter is not open", () => {
  const line = { id: "A", waiting: 8, wait: null, counters: ["1"], refusal: null };
  const early = /** @type {const} */ ({ why: "before_hours", opens_at: "2026-11-24T07:30:00+07:00" });
  const paused = /** @type {const} */ ({ why: "paused", opens_at: null });

  assert.equal(queueWords({ ...line, unattended: null }, vi), "8 người");
  assert.equal(queueWords({ ...line, unattended: early }, vi), "8 người · quầy mở 07:30");
  assert.equal(queueWords({ ...line, waiting: 0, unattended: paused }, vi), "Quầy tạm nghỉ");
});

test("an age is said with its sense", () => {
  assert.equal(ageWords({ sense: "from", years: 60 }, vi), "từ đủ 60 tuổi");
  assert.equal(ageWords({ sense: "under", years: 6 }, vi), "dưới 6 tuổi");
});
