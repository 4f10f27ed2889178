import assert from "node:assert/strict";
import { test } from "node:test";
import {
  arrive,
  emptyStage,
  FRESH_MS,
  GOLD_MS,
  HOLD_MS,
  isGold,
  sayOnce,
  step,
  timed,
} from "../../display/static/stage.js";

const MORNING = Date.parse("2026-11-24T08:00:00+07:00");

/** @typedef {import("../../display/static/stage.js").Call} Call */

/**
 * The call numbered `seq`, made `second` seconds after eight o'clock.
 * @param {number} seq @param {number} second @param {number} [times]
 * @returns {Call}
 */
function called(seq, second, times = 1) {
  const at = new Date(MORNING + second * 1000).toISOString();
  return {
    call: `261124-${seq}`,
    number: `A${String(seq).padStart(3, "0")}`,
    counter: String((seq % 9) + 1),
    at,
    times,
    madeAt: MORNING + second * 1000,
  };
}

/**
 * What the panel showed, second by second, for so many seconds; calls reach it as they are made.
 * @param {readonly Call[]} calls @param {number} seconds @param {(second: number) => boolean} [busy]
 * @returns {string[][]}
 */
function watch(calls, seconds, busy = () => false) {
  let stage = emptyStage();
  const seen = [];
  for (let second = 0; second < seconds; second += 1) {
    const now = MORNING + second * 1000;
    const made = calls.filter((call) => Date.parse(call.at) <= now);
    stage = step(arrive(stage, made.toReversed().slice(0, 8), now), now, busy(second));
    seen.push(stage.shown.map((call) => `${call.number}/${call.times}`));
  }
  return seen;
}

test("a call goes up at once and stays when nobody else is called", () => {
  const panel = watch([called(1, 2)], 40);

  assert.deepEqual(panel[1], []);
  assert.deepEqual(panel[2], ["A001/1"]);
  assert.deepEqual(panel[39], ["A001/1"]);
});

test("three calls in three seconds have the panel one after the other, 8 seconds each, in their order", () => {
  const panel = watch([called(1, 0), called(2, 1), called(3, 2)], 30);

  assert.deepEqual(panel[7], ["A001/1"]);
  assert.deepEqual(panel[8], ["A002/1"]);
  assert.deepEqual(panel[15], ["A002/1"]);
  assert.deepEqual(panel[16], ["A003/1"]);
});

test("calls which arrive together, newest first, go up in the order in which they were made", () => {
  const now = MORNING + 3000;

  const stage = step(arrive(emptyStage(), [called(3, 2), called(2, 1), called(1, 0)], now), now, false);

  assert.deepEqual(
    [...stage.shown, ...stage.waiting].map((call) => call.number),
    ["A001", "A002", "A003"],
  );
});

test("in a crowd every call is shown, at least 8 seconds, two at a time", () => {
  const calls = Array.from({ length: 12 }, (_, place) => called(place + 1, place));

  const panel = watch(calls, 120);

  for (const call of calls) {
    const seconds = panel.filter((shown) => shown.includes(`${call.number}/1`)).length;
    assert.ok(seconds * 1000 >= HOLD_MS, `${call.number} was shown ${seconds} s`);
  }
  assert.ok(panel.every((shown) => shown.length <= 2));
  assert.ok(panel.some((shown) => shown.length === 2));
});

test("67 busy counters, eleven calls a minute: nobody waits a minute for the panel", () => {
  const calls = Array.from({ length: 110 }, (_, place) => called(place + 1, Math.floor(place * 5.45)));

  const panel = watch(calls, 660);

  for (const call of calls) {
    const first = panel.findIndex((shown) => shown.includes(`${call.number}/1`));
    const made = (Date.parse(call.at) - MORNING) / 1000;
    assert.ok(first >= made && first - made < 60, `${call.number} waited ${first - made} s`);
  }
});

test("a recall is met as a new announcement", () => {
  const panel = watch([called(1, 0), called(2, 1), called(1, 20, 2)], 30);

  assert.deepEqual(panel[19], ["A002/1"]);
  assert.deepEqual(panel[20], ["A001/2"]);
});

test("a recall of a call that still waits for the panel does not make two of it", () => {
  const panel = watch([called(1, 0), called(2, 1), called(2, 4, 2)], 40);

  assert.deepEqual(panel[8], ["A002/2"]);
  assert.ok(!panel.some((shown) => shown.includes("A002/1")));
});

test("what is being spoken keeps the panel", () => {
  const panel = watch([called(1, 0), called(2, 1)], 30, (second) => second < 13);

  assert.deepEqual(panel[12], ["A001/1"]);
  assert.deepEqual(panel[13], ["A002/1"]);
});

test("calls older than a minute are known and never come up, as after a cut", () => {
  const now = MORNING + 5 * FRESH_MS;

  const stage = step(arrive(emptyStage(), [called(2, 200), called(1, 0)], now), now, false);

  assert.deepEqual(stage.shown, []);
  assert.deepEqual(stage.waiting, []);
});

test("a screen which reloaded itself does not announce again what it had met", () => {
  const now = MORNING + 3000;
  const before = arrive(emptyStage(), [called(1, 0)], now);

  const after = arrive(emptyStage(before.seen), [called(2, 2), called(1, 0)], now);

  assert.deepEqual(
    after.waiting.map((call) => call.number),
    ["A002"],
  );
});

test("a day of calls leaves a bounded memory", () => {
  let stage = emptyStage();
  for (let seq = 1; seq <= 1200; seq += 1) {
    stage = arrive(stage, [called(seq, seq)], MORNING + seq * 1000);
    stage = step(stage, MORNING + seq * HOLD_MS, false);
  }

  assert.ok(Object.keys(stage.seen).length <= 64);
});

test("gold lasts while the citizen is awaited, and ends when the counter has another number", () => {
  const call = called(1, 0);
  const stage = step(arrive(emptyStage(), [call], MORNING), MORNING, false);
  const awaited = new Map([[call.counter, call.number]]);
  const gone = new Map([[call.counter, "A007"]]);

  assert.equal(
    isGold(stage, call, MORNING + 1000, gone),
    true,
    "a call which just went up has its 8 seconds",
  );
  assert.equal(isGold(stage, call, MORNING + 30_000, awaited), true);
  assert.equal(isGold(stage, call, MORNING + 30_000, gone), false);
  assert.equal(isGold(stage, call, MORNING + GOLD_MS, awaited), false);
  assert.equal(
    isGold(emptyStage(), call, MORNING + 1000, awaited),
    true,
    "called while this screen was away",
  );
  assert.equal(isGold(emptyStage(), call, MORNING + 1000, gone), false);
});

test("a call is said twice, and once while many wait to be called", () => {
  const calm = step(arrive(emptyStage(), [called(1, 0)], MORNING), MORNING, false);
  const crowd = step(
    arrive(emptyStage(), [called(5, 0), called(4, 0), called(3, 0), called(2, 0), called(1, 0)], MORNING),
    MORNING,
    false,
  );

  assert.equal(sayOnce(calm), false);
  assert.equal(sayOnce(crowd), true);
});

test("a call is as old as it was for the hub, whatever the clock of the screen or the hub's own clock becomes", () => {
  const call = called(1, 0);
  const put = { ...call, at: new Date(MORNING - 7 * 3_600_000).toISOString() };
  const now = 1_000_000;

  assert.equal(timed([call], new Date(MORNING + 5000).toISOString(), now)[0]?.madeAt, now - 5000);
  assert.equal(
    timed([put], new Date(MORNING + 9000 - 7 * 3_600_000).toISOString(), now)[0]?.madeAt,
    now - 9000,
  );
  assert.equal(timed([call], new Date(MORNING - 7 * 3_600_000).toISOString(), now)[0]?.madeAt, now);
});

test("a call that its counter took back is shown and said no more, one that newer ones pushed out is", () => {
  const [first, second, third] = [called(1, 0), called(2, 1), called(3, 2)];
  const now = MORNING + 3_000;
  const all = step(arrive(emptyStage(), [third, second, first], now), now, false);
  assert.deepEqual([all.shown.length, all.waiting.length], [1, 2]);

  const withoutThird = arrive(all, [second, first], now);
  const withoutAny = arrive(all, [], now);
  const pushedOut = arrive(all, [third, second], now);

  assert.deepEqual(
    withoutThird.waiting.map(({ number }) => number),
    ["A002"],
  );
  assert.deepEqual([withoutAny.shown, withoutAny.waiting], [[], []]);
  assert.equal(pushedOut.shown[0]?.number, "A001");
  assert.equal(arrive(all, [third, second, first], now), all);
});
