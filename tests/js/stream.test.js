// What a keyboard sends, as it was recorded: which keys were a person's, and what was a scan.
import assert from "node:assert/strict";
import { test } from "node:test";
import { createStream } from "../../counter_panel/static/input/stream.js";
import { apart, linesOf, readScan, toldOfScan } from "../../counter_panel/static/model/scan.js";
import { keyOf, playing } from "./stream_player.js";

const CODE = "H27.10.12-261124-0007";
const CARD = "042068001234||Nguyễn Văn A|01011968|Nam|Thạch Hà, Hà Tĩnh|01012022";
const SUFFIXES = [[], ["Enter"], ["Enter", "Enter"], ["Tab"], ["Enter", "Tab"], ["Tab", "Enter", "Enter"]];

/** @param {string} text @param {number} pace @param {readonly string[]} [suffix] */
function device(text, pace, suffix = ["Enter"]) {
  return [...[...text].map(keyOf), ...suffix].map((key) => /** @type {const} */ ([pace, key]));
}

for (const text of [CODE, "HT 0012", "12345", "A026", "0076", "42", " 7 ", CARD, "S", "xxxx2 2", "Đ012"]) {
  test(`a scanner that reads ${text} presses nothing`, () => {
    for (const pace of [0, 1, 5, 20, 50, 60, 80])
      for (const suffix of SUFFIXES) {
        if ([...text].length + suffix.length < 2) continue; // nothing tells one key from one key
        if ([...text].length + suffix.length < 3 && pace > 80) continue;
        const { pressed, scans } = playing(device(text, pace, suffix));
        assert.deepEqual(pressed, [], `${pace} ms, ${suffix}`);
        assert.deepEqual(scans, [text.trim()], `${pace} ms, ${suffix}`);
      }
  });
}

test("a scanner that stutters is still one scan, wherever it stands still", () => {
  for (const place of [...CODE].keys())
    for (const pause of [120, 200, 390]) {
      const keys = device(CODE, 8).map(
        ([pace, key], at) => /** @type {const} */ ([at === place ? pause : pace, key]),
      );
      const { pressed, scans } = playing(keys);
      assert.deepEqual(scans, [CODE], `${pause} ms before sign ${place}`);
      assert.ok(pressed.length === 0 || (place === 1 && pause > 120), `${pressed} at ${place}`);
    }
});

test("what a scanner sends late at its end belongs to the scan", () => {
  const { pressed, scans } = playing([...device(CODE, 10, []), [300, "Enter"], [300, "Enter"], [390, "Tab"]]);

  assert.deepEqual(pressed, []);
  assert.deepEqual(scans, [CODE]);
});

test("what stood still after its first sign tells which press that was", () => {
  const { pressed, scans, begun } = playing([
    [0, "KeyH"],
    [300, "Digit2"],
    [8, "Digit7"],
    [8, "Enter"],
  ]);

  assert.deepEqual([pressed, scans, begun], [["KeyH"], ["H27"], ["KeyH"]]);
});

test("a person's keys are presses, one by one", () => {
  for (const pace of [160, 200, 400, 1_000]) {
    const typed = ["Space", "KeyR", "Space", "Digit2", "Enter", "KeyH", "Digit6"];
    const { pressed, scans } = playing(typed.map((key) => [pace, key]));
    assert.deepEqual([pressed, scans], [typed, []], `${pace} ms`);
  }
});

test("a fast typist's two keys are two presses", () => {
  for (const pace of [85, 100, 130])
    for (const pair of [
      ["Digit2", "Space"],
      ["Digit1", "Enter"],
      ["KeyH", "Digit6"],
    ]) {
      const { pressed, scans } = playing([
        [1_000, pair[0] ?? ""],
        [pace, pair[1] ?? ""],
      ]);
      assert.deepEqual([pressed, scans], [pair, []], `${pace} ms`);
    }
});

test("a key that bounces or is hammered on is one press", () => {
  const { pressed } = playing([
    [0, "Space"],
    [3, "Space"],
    [90, "Space"],
    [140, "Space"],
  ]);

  assert.deepEqual(pressed, ["Space"]);
});

test("a scan after a press is a scan, and a press after a scan is a press", () => {
  const { pressed, scans } = playing([[0, "Space"], [1_000, "KeyA"], ...device("026", 5), [500, "Space"]]);

  assert.deepEqual([pressed, scans], [["Space", "Space"], ["A026"]]);
});

test("while the page was held up nothing is decided before its keys have come", () => {
  const { pressed, scans } = playing(device("12345", 5), { heldUp: 300 });

  assert.deepEqual([pressed, scans], [[], ["12345"]]);
});

test("an Enter sent twice after the code in a text field presses nothing", () => {
  /** @type {string[]} */
  const told = [];
  let then = () => {};
  const stream = createStream({
    onPress: ({ code }) => told.push(code),
    onScan: (texts) => told.push(...texts),
    now: () => 0,
    later: (_milliseconds, what) => {
      then = what;
      return () => {};
    },
  });
  for (const at of [0, 10, 20]) stream.written({ code: "KeyA", sign: "A", at });
  stream.typed({ code: "Enter", sign: "\n", at: 30 });
  then();
  assert.deepEqual(told, []);
  stream.typed({ code: "Enter", sign: "\n", at: 800 });
  then();
  assert.deepEqual(told, ["Enter"]);
});

test("two scans in a row are two, however close", () => {
  const other = CODE.replace("0007", "0008");
  for (const suffix of SUFFIXES.filter((each) => each.length > 0))
    for (const pause of [0, 5, 120, 300, 399]) {
      const [first, ...rest] = device(other, 5, suffix);
      const { pressed, scans } = playing([...device(CODE, 5, suffix), [pause, first?.[1] ?? ""], ...rest]);
      assert.deepEqual([pressed, scans], [[], [CODE, other]], `${suffix} and ${pause} ms`);
    }
});

test("of a receipt of many lines its code is read, of an unknown one the first", () => {
  assert.deepEqual(linesOf(["Biên nhận", CODE, "042068001234", "Nguyễn Văn A"]), [CODE]);
  assert.deepEqual(linesOf(["Đơn vị", "A026"]), ["A026"]);
  assert.deepEqual(linesOf(["HT 0012", "x"]), ["HT 0012"]);
});

test("the key of an outcome pressed just before a scan is no part of it", () => {
  assert.deepEqual(apart([`1${CODE}`], "1"), [CODE]);
  assert.equal(apart([CODE], "H"), null, "a scanner that stood still after its first sign");
  assert.equal(apart(["HT 0012"], "H"), null);
});

test("signs from no place on the keyboard are signs all the same", () => {
  /** @type {string[]} */
  const told = [];
  let then = () => {};
  const stream = createStream({
    onPress: ({ code }) => told.push(`pressed ${code}`),
    onScan: (texts) => told.push(...texts),
    now: () => 0,
    later: (_milliseconds, what) => {
      then = what;
      return () => {};
    },
  });
  for (const [at, sign] of [...CODE].entries()) stream.typed({ code: "", sign, at: at * 5 });
  then();

  assert.deepEqual(told, [CODE]);
});

/**
 * Keys in a text field, each with the milliseconds since the one before: which the page stops, and what it is told.
 * @param {readonly (readonly [number, string])[]} keys
 */
function inField(keys) {
  /** @type {string[][]} */
  const told = [];
  /** @type {string[]} */
  const pressed = [];
  let then = () => {};
  const stream = createStream({
    onPress: ({ code }) => pressed.push(code),
    onScan: (texts) => pressed.push(...texts),
    onWritten: (texts) => told.push([...texts]),
    now: () => 0,
    later: (_milliseconds, what) => {
      then = what;
      return () => {};
    },
  });
  let at = 0;
  const sent = keys.map(([pause, sign]) => {
    at += pause;
    return stream.written({ code: sign, sign, at });
  });
  then();
  return { told, pressed, end: sent.at(-1) };
}

test("what a scanner types into a text field confirms nothing, and the page is told what it was", () => {
  const card = [...CARD].map((sign) => /** @type {const} */ ([5, sign]));
  assert.deepEqual(inField([...card, [5, "\n"]]), { told: [[CARD]], pressed: [], end: true });
  assert.deepEqual(inField([...card, [390, "\n"]]), { told: [[CARD]], pressed: [], end: true });
  assert.equal(
    inField([
      [500, "3"],
      [5, "\n"],
    ]).end,
    true,
    "a short one, by its Enter alone",
  );
});

test("a person who writes quickly into a text field ends it with Enter", () => {
  for (const pace of [90, 130, 200]) {
    const written = [..."khai sinh"].map((sign) => /** @type {const} */ ([pace, sign]));
    assert.deepEqual(
      inField([...written, [pace, "\n"]]),
      { told: [], pressed: [], end: false },
      `${pace} ms`,
    );
  }
  const rolled = inField([
    [300, "m"],
    [60, "o"],
    [70, "t"],
    [200, "\n"],
  ]);
  assert.deepEqual(rolled, { told: [], pressed: [], end: false });
});

test("a scan is told for what it is, and of a card nothing is kept", () => {
  assert.deepEqual(readScan(CODE.toLowerCase()), { kind: "dossier", code: CODE });
  assert.equal(readScan(CODE, false).kind, "unknown", "a pharmacy has no dossiers");
  const byUnit = "000.00.12.H62-201105-0004";
  assert.deepEqual(readScan(byUnit), { kind: "dossier", code: byUnit });
  assert.deepEqual(readScan("a026"), { kind: "ticket", number: "A026" });
  assert.deepEqual(readScan("Đ1012"), { kind: "ticket", number: "Đ1012" });
  assert.deepEqual(readScan("http://10.0.0.5:8000/t/aB-c_9"), { kind: "slip", token: "aB-c_9" });
  assert.deepEqual(readScan(CARD), { kind: "identity" });
  assert.deepEqual(readScan(CARD.replaceAll("|", "")), { kind: "identity" });
  assert.deepEqual(readScan(`]Q1${CARD}`), { kind: "identity" }, "with the kind of code before it");
  assert.deepEqual(readScan("042068001234"), { kind: "identity" }, "the bar code of an older card");
  assert.deepEqual(readScan("IDVNM0680012340042068001234<<7"), { kind: "identity" });
  assert.deepEqual(readScan("HT 0012"), { kind: "unknown", text: "HT 0012" });
  assert.equal(/** @type {{text: string}} */ (readScan("x".repeat(500))).text.length, 25);
  const empty = /** @type {import("snapshots").Panel} */ (
    /** @type {unknown} */ ({
      ticket: null,
      line: [{ number: "A026", waited_minutes: 4 }],
      held: [],
      no_shows: [],
    })
  );
  assert.equal(toldOfScan(readScan(CODE), empty, null).word, "scan_nobody");
  assert.deepEqual(toldOfScan(readScan("A026"), empty, null).facts, { number: "A026", minutes: 4 });
  assert.equal(toldOfScan(readScan("B001"), empty, null).word, "scan_elsewhere");
  assert.equal(toldOfScan({ kind: "slip", token: "t" }, empty, "").word, "scan_slip");
});

test("of a receipt the code is taken and the citizen's number is dropped", () => {
  const receipt = "Mã số hồ sơ: H57.132-260804-0583 - Số phiếu: 26.10229";
  const code = "H57.132-260804-0583";

  assert.deepEqual(readScan(receipt), { kind: "dossier", code });
  assert.deepEqual(readScan(`038012345678|${code}|Nguyễn Văn An`), { kind: "dossier", code });
  assert.equal(readScan(`${code} H57.132-260804-0584`).kind, "unknown", "which of the two is not guessed");
});
