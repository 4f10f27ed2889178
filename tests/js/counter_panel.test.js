import assert from "node:assert/strict";
import { test } from "node:test";
import { createPresses } from "../../counter_panel/static/input/presses.js";
import { QUESTIONS } from "../../counter_panel/static/input/questions.js";
import {
  actsOnWaiting,
  mainAct,
  ROWS,
  stepOf,
  toldOf,
  whyNot,
} from "../../counter_panel/static/model/acts.js";
import { stateOf, tidied } from "../../counter_panel/static/model/dossier.js";
import { createDrafts } from "../../counter_panel/static/model/draft.js";
import { find } from "../../counter_panel/static/model/find.js";
import { digitOf, labelsOf, meaningOf } from "../../counter_panel/static/model/keys.js";
import { createHabits, OUTCOMES, outcomesOf } from "../../counter_panel/static/model/outcomes.js";
import {
  coolingSeconds,
  isNumber,
  matching,
  phaseOf,
  situationOf,
  undoOf,
} from "../../counter_panel/static/model/situation.js";
import { lasting, momentIn, momentToday } from "../../counter_panel/static/model/times.js";
import { clockAt, nowOf, timeOf } from "../../web/static/clock.js";
import { createKeep } from "../../web/static/keep.js";
import { phrases } from "./words.js";

/** @typedef {import("../../counter_panel/static/model/situation.js").Snapshot} Snapshot */
/** @typedef {import("../../counter_panel/static/model/acts.js").Act} Act */
/** @typedef {import("../../counter_panel/static/model/situation.js").Phase} Phase */
/** @typedef {import("../../counter_panel/static/model/keys.js").Press} Press */
/** @typedef {import("../../web/static/wish.js").Reply} Reply */

const AT = "2026-11-24T08:31:00+07:00";
const NOW = Date.parse(AT);
const ME = { kind: "staff", id: "staff:1", name: "canbo1", csrf: "c" };

/** @param {Partial<Snapshot["counter"]>} [counter] @param {Partial<import("../../counter_panel/static/model/situation.js").Card>|null} [ticket] */
function aSnapshot(counter = {}, ticket = null) {
  const snapshot = {
    ticket: ticket && {
      state: "called",
      recalls_left: 3,
      recall_at: null,
      id: "261124-A001",
      calls: 1,
      ...ticket,
    },
    next: { id: "261124-A002", number: "A002", because_vi: "", because_en: "" },
    counter: {
      id: "1",
      name: "Quầy 1",
      state: "open",
      since: AT,
      holder: "staff:1",
      pause_reason: null,
      pause_note: null,
      pause_reason_vi: null,
      pause_reason_en: null,
      takes: [],
      ...counter,
    },
    no_shows: [],
    undo: null,
    my_day: { served: 0, median_wait_minutes: null, no_shows: 0 },
  };
  return /** @type {Snapshot} */ (/** @type {unknown} */ (snapshot));
}

/** @param {string} code @param {Partial<Press>} [more] @returns {Press} */
function press(code, more = {}) {
  const plain = {
    ctrlKey: false,
    altKey: false,
    metaKey: false,
    shiftKey: false,
    repeat: false,
    isComposing: false,
  };
  return { code, key: code, ...plain, ...more };
}

/** @param {Snapshot} snapshot @param {boolean} [online] */
function able(snapshot, online = true) {
  const phase = phaseOf(snapshot, ME);
  return (/** @type {Act} */ act) => whyNot(act, { phase, online, snapshot, now: NOW });
}

function aStorage() {
  /** @type {Map<string, string>} */
  const kept = new Map();
  return {
    getItem: (/** @type {string} */ name) => kept.get(name) ?? null,
    setItem: (/** @type {string} */ name, /** @type {string} */ value) => void kept.set(name, value),
    removeItem: (/** @type {string} */ name) => void kept.delete(name),
  };
}

// what can be done

test("the big button is always the next thing to do", () => {
  assert.equal(mainAct(phaseOf(aSnapshot(), ME)), "next");
  assert.equal(mainAct(phaseOf(aSnapshot({}, {}), ME)), "start");
  assert.equal(mainAct(phaseOf(aSnapshot({}, { state: "serving" }), ME)), "finish_next");
  assert.equal(mainAct(phaseOf(aSnapshot({ state: "paused" }), ME)), "reopen");
});

test("with nobody at the counter only calling, pausing and closing are possible", () => {
  const why = able(aSnapshot());

  for (const act of /** @type {Act[]} */ (["next", "call", "serve", "pause", "close", "resume"]))
    assert.equal(why(act), null);
  for (const act of /** @type {Act[]} */ ([
    "start",
    "recall",
    "no_show",
    "hold",
    "transfer",
    "cancel",
    "reprint",
  ]))
    assert.equal(why(act), "no_citizen");
  assert.equal(why("finish"), "not_serving");
});

test("while a citizen is at the counter nobody else is called and the counter stays open", () => {
  for (const state of /** @type {const} */ (["called", "serving"])) {
    const why = able(aSnapshot({}, { state }));
    for (const act of /** @type {Act[]} */ (["next", "call", "serve", "pause", "close"]))
      assert.equal(why(act), "still_here");
    for (const act of /** @type {Act[]} */ (["hold", "transfer", "cancel", "reprint", "priority"]))
      assert.equal(why(act), null);
  }
});

test("a visit can end only after it began, and somebody served is not called again", () => {
  assert.equal(able(aSnapshot({}, {}))("finish"), "called_first");
  const serving = able(aSnapshot({}, { state: "serving" }));
  assert.equal(serving("finish_next"), null);
  for (const act of /** @type {Act[]} */ (["start", "recall", "no_show"]))
    assert.equal(serving(act), "not_called");
});

test("a recall waits for its cool-down and ends with its limit", () => {
  const cooling = { recall_at: "2026-11-24T08:31:06.500+07:00" };
  const citizen = aSnapshot({}, cooling).ticket;

  assert.equal(able(aSnapshot({}, {}))("recall"), null);
  assert.equal(able(aSnapshot({}, cooling))("recall"), "cooling");
  assert.equal(able(aSnapshot({}, { recalls_left: 0 }))("recall"), "no_recalls");
  assert.ok(citizen);
  assert.equal(coolingSeconds(citizen, NOW), 7);
  assert.equal(coolingSeconds(citizen, NOW + 7000), 0);
});

test("nobody waiting, off line, paused and taken over each have their reason", () => {
  assert.equal(able({ ...aSnapshot(), next: null })("next"), "nobody");
  assert.equal(able(aSnapshot(), false)("next"), "offline");
  assert.equal(able(aSnapshot({ state: "paused" }))("next"), "paused");
  assert.equal(able(aSnapshot({ state: "paused" }))("reopen"), null);
  assert.equal(able(aSnapshot({ holder: "staff:2" }))("next"), "taken");
  assert.equal(able(aSnapshot({ holder: "staff:2" }))("close"), "taken");
});

test("a pad acts at its counter for whoever holds it", () => {
  const pad = { kind: "counter", id: "device:4", name: null, csrf: null };

  assert.equal(phaseOf(aSnapshot({ holder: "staff:2" }), pad), "free");
});

test("no two acts have the same key, and an act that is asked about has its question", () => {
  const keys = ROWS.flatMap(([, { keys = [] }]) => keys);

  assert.equal(new Set(keys).size, keys.length);
  for (const [act, { asks }] of ROWS) assert.equal(act in QUESTIONS, asks === true, act);
});

test("a request goes to the counter or to the ticket that is meant", () => {
  const where = { hall: "thach-ha", counter: "3", ticket: "261124-A001" };

  assert.deepEqual(stepOf("next", where), { path: "/api/v1/halls/thach-ha/counters/3/next", body: {} });
  assert.deepEqual(stepOf("priority", where, { priority: "NCT" }), {
    path: "/api/v1/halls/thach-ha/tickets/261124-A001/set_priority",
    body: { priority: "NCT" },
  });
  assert.equal(stepOf("next", { hall: "a/b", counter: "3?" }).path, "/api/v1/halls/a%2Fb/counters/3%3F/next");
});

test("a number that waits is called first of all, else moved, changed, printed or cancelled", () => {
  assert.deepEqual(actsOnWaiting(), ["call", "transfer", "priority", "reprint", "cancel"]);
});

test("the key sheet says what the keys are", () => {
  assert.deepEqual(labelsOf("call"), { board: ["C"], pad: ["."] });
  assert.deepEqual(labelsOf("finish"), { board: ["Enter"], pad: ["0"] });
  assert.deepEqual(labelsOf("main"), { board: ["Space", "F2"], pad: ["Enter"] });
});

test("every reason and every act has its words", () => {
  const reasons = [
    "offline",
    "taken",
    "paused",
    "closed",
    "no_citizen",
    "not_called",
    "not_serving",
    "called_first",
    "still_here",
    "nobody",
    "cooling",
    "no_recalls",
    "nothing_to_undo",
  ];
  const undone = ["start", "finish", "no_show", "cancel", "hold", "transfer"];
  const acts = ROWS.flatMap(([act, { sheet = act, waiting = act, hint = act, space = act }]) => [
    ...[act, sheet, waiting, hint, space],
    ...(act === "close" || act === "undo" ? [] : [toldOf(act, aSnapshot(), "")]),
  ]);
  const named = [
    ...acts,
    ...reasons.map((why) => `why_${why}`),
    ...OUTCOMES.map((each) => `outcome_${each}`),
    ...undone.flatMap((verb) => [`undo_${verb}`, `done_undo_${verb}`]),
  ];

  const words = phrases("vi", ["panel"]);
  for (const name of named) assert.ok(name in words, name);
});

test("a citizen who comes back is told by how they were away, and by who is at the counter", () => {
  const missed = aSnapshot({}, {});
  missed.no_shows = [{ id: "a", number: "A001", procedure_short: "DK01", since: AT }];

  assert.equal(toldOf("resume", aSnapshot(), "a"), "done_resume");
  assert.equal(toldOf("resume", aSnapshot({}, {}), "a"), "done_resume_line");
  assert.equal(toldOf("resume", missed, "a"), "done_return");
  for (const word of ["done_resume", "done_resume_line", "done_return"])
    assert.ok(word in phrases("vi", ["panel"]), word);
});

// keys

test("space, F2 and the keypad's Enter press the big button", () => {
  for (const code of ["Space", "F2", "NumpadEnter"])
    assert.deepEqual(meaningOf(press(code), true), { command: "main" });
  assert.deepEqual(meaningOf(press("Enter"), true), { command: "finish" });
});

test("keys go by their place: a Vietnamese typing program and a keypad without NumLock change nothing", () => {
  assert.deepEqual(meaningOf(press("KeyR", { key: "Process" }), true), { command: "recall" });
  assert.deepEqual(meaningOf(press("NumpadDecimal", { key: "Delete" }), true), { command: "call" });
  assert.deepEqual(meaningOf(press("Numpad3", { key: "PageDown" }), true), { outcome: 3 });
});

test("the keypad alone carries a visit through", () => {
  const commands = [
    "NumpadEnter",
    "NumpadAdd",
    "NumpadSubtract",
    "NumpadMultiply",
    "NumpadDivide",
    "Numpad0",
    "Numpad9",
  ];

  assert.deepEqual(
    commands.map((code) => meaningOf(press(code), true)),
    ["main", "recall", "no_show", "hold", "transfer", "finish", "pause"].map((command) => ({ command })),
  );
});

test("digits 1 to 7 choose the outcome, the others nothing", () => {
  assert.deepEqual(meaningOf(press("Digit7"), true), { outcome: 7 });
  assert.equal(meaningOf(press("Digit8"), true), null);
  assert.ok(Number.isNaN(digitOf(press("KeyA"))));
});

test("an officer chooses among the outcomes of this hall, in its order", () => {
  const told = ["left", "accepted_immediate", "of a later hub"].map((code) => ({ code }));

  assert.deepEqual(outcomesOf(told), ["left", "accepted_immediate"]);
});

test("browser shortcuts and capitals are not ours; single signs can be switched off", () => {
  assert.equal(meaningOf(press("KeyR", { ctrlKey: true }), true), null);
  assert.equal(meaningOf(press("KeyH", { shiftKey: true }), true), null);
  assert.equal(meaningOf(press("KeyH"), false), null);
  assert.deepEqual(meaningOf(press("Space"), false), { command: "main" });
  assert.deepEqual(meaningOf(press("Slash", { key: "?", shiftKey: true }), true), { command: "keys" });
});

test("a double press is one press; two different ones are two", () => {
  let now = 0;
  const presses = createPresses(() => now);

  assert.equal(presses.isDouble("main"), false);
  now = 150;
  assert.equal(presses.isDouble("main"), true);
  now = 200;
  assert.equal(presses.isDouble("start"), false);
  now = 900;
  assert.equal(presses.isDouble("start"), false);
});

test("a press in the moment of the answer was meant for what was shown before", () => {
  let now = 0;
  const presses = createPresses(() => now);
  presses.isDouble("main");
  now = 2000;
  presses.answered();

  now = 2100;
  assert.equal(presses.isDouble("main"), true);
  now = 2600;
  assert.equal(presses.isDouble("main"), false);
});

test("a dossier code is checked while it is typed", () => {
  const states = (/** @type {string} */ code) => [...code].map((_, end) => stateOf(code.slice(0, end + 1)));

  for (const code of ["H27.10.12-261124-0001", "000.00.12.H62-201105-0004", "38.98.H29-210519-0013"]) {
    const whole = states(code);
    assert.ok(
      whole.slice(0, -1).every((state) => state === "typing"),
      code,
    );
    assert.equal(whole.at(-1), "good");
  }
  assert.equal(stateOf(""), "empty");
  assert.equal(stateOf("H27-261124-12345"), "good");
  assert.equal(stateOf("H27.1.22.333-261124-0001"), "good");
  for (const wrong of [
    "2700",
    "HH",
    "00.1.H62",
    "1.2.3.4",
    "H27.1.2.3.4",
    "H27.1234",
    "H27-26112a",
    "H27.10-261124-0001x",
  ])
    assert.equal(stateOf(wrong), "wrong", wrong);
});

test("a dossier code is written as the hall writes it", () => {
  assert.equal(tidied(" h27.10.12–261124-0001 "), "H27.10.12-261124-0001");
});

test("the usual outcome of a procedure is offered again, a refusal never", () => {
  const storage = aStorage();
  const habits = createHabits(
    createKeep(() => storage),
    "staff:1",
  );

  habits.chosen("CT01", "accepted_immediate");
  habits.chosen("CT01", "refused");
  habits.chosen("HT01", "supplement");

  assert.equal(
    createHabits(
      createKeep(() => storage),
      "staff:1",
    ).usual("CT01", OUTCOMES),
    "accepted_immediate",
  );
  assert.equal(habits.usual("HT01", OUTCOMES), null);
  assert.equal(
    createHabits(
      createKeep(() => storage),
      "staff:2",
    ).usual("CT01", OUTCOMES),
    null,
  );
});

test("spoilt memory of a browser is no memory", () => {
  const storage = aStorage();
  storage.setItem("motcua.counter.outcomes.staff:1", '{"CT01": "nonsense"');
  storage.setItem("motcua.counter.draft", "[1");

  assert.equal(
    createHabits(
      createKeep(() => storage),
      "staff:1",
    ).usual("CT01", OUTCOMES),
    null,
  );
  assert.deepEqual(createDrafts(createKeep(() => storage)).of("a").ticks, []);
});

test("what was noted for a citizen outlives a reload and not the citizen", () => {
  const storage = aStorage();
  const drafts = createDrafts(createKeep(() => storage));
  drafts.tick("a", "paper-0");
  drafts.note("a", { dossier: "H27" });

  const after = createDrafts(createKeep(() => storage));
  assert.deepEqual(after.of("a"), { ticket: "a", ticks: ["paper-0"], dossier: "H27", outcome: null });
  after.tick("a", "paper-0");
  assert.deepEqual(after.of("a").ticks, []);
  assert.deepEqual(after.of("b"), { ticket: "b", ticks: [], dossier: "", outcome: null });
});

test("whose finish is taken back has the code and the outcome that were noted", () => {
  const storage = aStorage();
  const drafts = createDrafts(createKeep(() => storage));
  drafts.note("a", { dossier: "H27", outcome: "accepted" });
  drafts.note("b", { outcome: "left" });

  const after = createDrafts(createKeep(() => storage));
  assert.deepEqual([drafts.of("a").dossier, after.of("a").outcome], ["H27", "accepted"]);
  after.tick("c", "paper-0");
  assert.equal(after.of("a").dossier, "", "no longer than the last act can be taken back");
});

test("a counter is another one when its citizen, his state or the day's work changed", () => {
  const free = situationOf(aSnapshot());

  assert.equal(situationOf({ ...aSnapshot(), version: 9 }), free);
  assert.notEqual(situationOf(aSnapshot({}, {})), free);
  assert.notEqual(situationOf(aSnapshot({}, { state: "serving" })), situationOf(aSnapshot({}, {})));
  assert.notEqual(situationOf(aSnapshot({}, { calls: 2 })), situationOf(aSnapshot({}, {})));
});

// finding and time

test("a waiting number is found by its digits", () => {
  const line = ["A026", "A126", "B026", "A1026"].map((number) => ({ number }));
  const found = (/** @type {string} */ typed) => matching(line, typed).map(({ number }) => number);

  assert.deepEqual(found("26"), ["A026", "B026"]);
  assert.deepEqual(found("a026"), ["A026"]);
  assert.deepEqual(found("a1"), ["A126", "A1026"]);
  assert.deepEqual(found(""), ["A026", "A126", "B026", "A1026"]);
});

test("a number of queue Đ is found by 12, d12 and Đ12", () => {
  const line = ["A012", "Đ012", "Đ112"].map((number) => ({ number }));
  const found = (/** @type {string} */ typed) => matching(line, typed).map(({ number }) => number);

  for (const typed of ["d12", "Đ12", "đ012", "D 12", "Đ-12", "Ｄ１２", "#Đ12", "\u00d012"])
    assert.deepEqual(found(typed), ["Đ012"]);
  assert.deepEqual(found("12"), ["A012", "Đ012"]);
  for (const typed of ["12", "d12", "Đ 012"]) assert.ok(isNumber(typed), typed);
  for (const typed of ["", "đ", "khai sinh", "AB12", "123456"]) assert.ok(!isNumber(typed), typed);
});

test("the last act can be taken back while its time lasts, and the key says why not", () => {
  const undo = { verb: "finish", ticket: "261124-A001", number: "A001", back: null };
  const until = new Date(NOW + 42_000).toISOString();
  const offered = /** @type {Snapshot} */ ({ ...aSnapshot(), undo: { ...undo, until } });

  assert.equal(undoOf(offered, NOW)?.seconds, 42);
  assert.equal(undoOf(offered, NOW + 42_000), null);
  assert.equal(able(offered)("undo"), null);
  assert.equal(able(aSnapshot())("undo"), "nothing_to_undo");
  assert.equal(able(offered, false)("undo"), "offline");
  assert.equal(toldOf("undo", offered, "", { undone: "start" }), "done_undo_start", "what the hub took back");
  assert.deepEqual(meaningOf(press("KeyZ", { key: "z" }), true), { command: "undo" });
  assert.notEqual(situationOf(offered), situationOf(aSnapshot()));
});

test("a place to transfer to is found without accents, its own number first", () => {
  /** @type {import("../../counter_panel/static/model/find.js").Place[]} */
  const places = [
    { kind: "counter", id: "10", name: "Quầy 10", more: "" },
    { kind: "counter", id: "1", name: "Quầy 1", more: "Chứng thực" },
    { kind: "procedure", id: "HT02", name: "Khai sinh kết hợp nhận con", more: "Hộ tịch" },
    { kind: "procedure", id: "HT01", name: "Đăng ký khai sinh", more: "Hộ tịch", frequent: true },
  ];
  const found = (/** @type {string} */ typed) => find(places, typed).map(({ id }) => id);

  assert.deepEqual(found("1").slice(0, 1), ["1"]);
  assert.deepEqual(found("khai sinh"), ["HT01", "HT02"]);
  assert.deepEqual(found("dang ky"), ["HT01"]);
  assert.deepEqual(found("ho tich con"), ["HT02"]);
  assert.equal(found("").length, 4);
});

test("times are the hall's, whatever the clock of the computer", () => {
  const clock = clockAt(AT, 1000);

  assert.equal(timeOf(AT, clock.offset), "08:31");
  assert.equal(timeOf(nowOf(clock, 61_000), clock.offset), "08:32");
  assert.equal(lasting(252_000), "04:12");
  assert.equal(lasting(3_852_000), "1:04:12");
  assert.equal(lasting(-5), "00:00");
});

test("a citizen is expected back later today, or it is no time", () => {
  const clock = clockAt(AT, 0);

  assert.equal(momentIn(30, clock, NOW + 1), "2026-11-24T09:02:00+07:00");
  assert.equal(momentToday("10:30", "2026-11-24", clock, NOW), "2026-11-24T10:30:00+07:00");
  assert.equal(momentToday("08:30", "2026-11-24", clock, NOW), null);
  assert.equal(momentToday("25:00", "2026-11-24", clock, NOW), null);
});
