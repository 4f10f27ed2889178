import assert from "node:assert/strict";
import { test } from "node:test";
import { isNewCall, nextQuestion } from "../../phone/static/pace.js";
import {
  callingWhere,
  counterWords,
  minutesRange,
  stateWords,
  timeOf,
  troubleWords,
} from "../../phone/static/words.js";
import { learnWords } from "./words.js";

learnWords("phone", "attending", "calendar");

/** @type {import("snapshots").Track} */
const WAITING = {
  number: "A042",
  state: "waiting",
  queue: "A",
  procedure: "Chứng thực bản sao",
  procedure_en: "Certify copies",
  ahead: 5,
  wait: { low_minutes: 10, likely_minutes: 15, high_minutes: 20 },
  counter: null,
  counter_name: null,
  counter_name_en: null,
  counter_place: null,
  counter_place_en: null,
  called_at: null,
  issued_at: "2026-11-24T08:00:00+07:00",
  hall: "thach-ha",
  hall_name: "Trung tâm",
  hall_name_en: "Centre",
  day: "2026-11-24",
  cancel: true,
  language: "vi",
  unattended: null,
  calling: { number: "A036", counter: "2", counter_name: "Quầy 2", counter_name_en: "Counter 2" },
};
/** @type {import("snapshots").Track} */
const CALLED = {
  ...WAITING,
  state: "called",
  ahead: null,
  wait: null,
  counter: "1",
  counter_name: "Quầy 1",
  called_at: "2026-11-24T08:31:00+07:00",
};
/** @type {import("snapshots").Track["state"][]} */
const STATES = ["waiting", "called", "serving", "held", "done", "no_show", "cancelled"];

test("the phone asks every 4 seconds near its turn, every 10 before, and not at all after", () => {
  const asked = (/** @type {object} */ change, since = 0) =>
    nextQuestion({ ...WAITING, ...change }, 0, 0.5, since);

  assert.equal(asked({ ahead: 5 }), 10_000);
  assert.equal(asked({ ahead: 3 }), 4_000);
  assert.equal(asked({ state: "called", ahead: null }), 4_000);
  assert.equal(asked({ state: "held" }), 10_000);
  assert.equal(asked({ state: "no_show" }), 30_000);
  for (const state of ["done", "cancelled"]) {
    assert.equal(asked({ state }, 10 * 60_000), 30_000, "the counter may take it back");
    assert.equal(asked({ state }, 12 * 60_000), null);
  }
});

test("without a connection the phone asks ever more rarely, down to twice a minute, and never stops", () => {
  const waits = [1, 2, 3, 4, 10, 200].map((failures) => nextQuestion(WAITING, failures, 0.5, 0));

  assert.deepEqual(waits, [4_000, 8_000, 16_000, 30_000, 30_000, 30_000]);
  assert.notEqual(nextQuestion(WAITING, 3, 0, 0), nextQuestion(WAITING, 3, 1, 0));
});

test("the bell rings for a call and for a recall, once each", () => {
  const recalled = { ...CALLED, called_at: "2026-11-24T08:32:00+07:00" };

  assert.equal(isNewCall(null, CALLED), true);
  assert.equal(isNewCall(WAITING, CALLED), true);
  assert.equal(isNewCall(CALLED, CALLED), false);
  assert.equal(isNewCall(CALLED, recalled), true);
  assert.equal(isNewCall(CALLED, { ...CALLED, state: "serving" }), false);
  assert.equal(isNewCall({ ...CALLED, state: "serving" }, CALLED), false, "its start was taken back");
  assert.equal(isNewCall({ ...CALLED, state: "no_show", called_at: null }, CALLED), true);
});

test("minutes are a range, and nothing where there is no ground for one", () => {
  assert.equal(minutesRange(WAITING.wait), "10–20");
  assert.equal(minutesRange({ low_minutes: 5, likely_minutes: 5, high_minutes: 5 }), "5");
  assert.equal(minutesRange(null), "");
});

test("a called citizen reads the counter", () => {
  assert.deepEqual(stateWords(CALLED, "vi"), { title: "Đến lượt ông bà", text: "Mời đến Quầy 1" });
  assert.deepEqual(stateWords(CALLED, "en"), { title: "It is your turn", text: "Please go to counter 1" });
  const room = { ...CALLED, counter: "phong-201", counter_name: "Phòng 201", counter_name_en: "Room 201" };
  assert.equal(stateWords(room, "vi").text, "Mời đến Phòng 201");
  assert.equal(stateWords(room, "en").text, "Please go to Room 201");
  assert.equal(counterWords({ ...CALLED, counter_name: null }, "vi"), "Quầy 1");
});

test("every state has its words in both languages", () => {
  for (const language of /** @type {const} */ (["vi", "en"])) {
    for (const state of STATES) {
      const words = stateWords({ ...WAITING, state }, language);
      assert.ok(words.title !== "" && words.text !== "", `${state} in ${language}`);
    }
    for (const code of ["unknown_ticket", "number_lost", "rate_limited", "offline"]) {
      assert.ok(troubleWords(code, language).title !== "");
    }
  }
});

test("the next in line is told so", () => {
  assert.equal(stateWords({ ...WAITING, ahead: 0 }, "vi").title, "Sắp đến lượt ông bà");
});

test("the next in line is not told so while no counter calls, but from when one does", () => {
  const early = { why: /** @type {const} */ ("before_hours"), opens_at: "2026-11-24T07:30:00+07:00" };

  assert.deepEqual(stateWords({ ...WAITING, ahead: 0, unattended: early }, "vi"), {
    title: "Chưa có quầy nào mở",
    text: "Các quầy gọi số từ 07:30.",
  });
});

test("where the queue's newest number is, in both languages", () => {
  const calling = { number: "A036", counter: "2", counter_name: "Quầy 2", counter_name_en: "Counter 2" };

  assert.equal(callingWhere(calling, "vi"), "Quầy 2");
  assert.equal(callingWhere(calling, "en"), "counter 2");
});

test("the time of the last answer is of the phone's clock", () => {
  assert.equal(timeOf(new Date(2026, 10, 24, 8, 5)), "08:05");
});
