import assert from "node:assert/strict";
import { test } from "node:test";
import { indexOf } from "../../kiosk/static/entries.js";
import { search } from "../../kiosk/static/search.js";
import { FIELDS, LISTS, PROCEDURES } from "./kiosk.hall.js";

const INDEX = indexOf({ procedures: PROCEDURES, fields: FIELDS }, LISTS);

/** @param {string} typed */
function found(typed) {
  return search(INDEX, typed).map((each) => each.code);
}

for (const typed of ["hộ tịch", "ho tich", "HO TICH", "hoj tichj", "hooj tijch", "ho65 tich5", "hộ"]) {
  test(`"${typed}" finds civil status`, () => {
    assert.equal(found(typed)[0], "HT08");
    assert.ok(found(typed).includes("HT01"));
  });
}

/** @type {ReadonlyArray<[typed: string, code: string]>} */
const WANTED = [
  ["sao y", "CT01"],
  ["sao i", "CT01"],
  ["photo", "CT01"],
  ["công chứng", "CT01"],
  ["trứng thực", "CT01"],
  ["sơ yếu lý lịch", "CT02"],
  ["chữ kí", "CT02"],
  ["sổ đỏ", "DD01"],
  ["so do", "DD01"],
  ["sang tên", "DD02"],
  ["khia sinh", "HT01"],
  ["độc thân", "HT07"],
  ["hộ khẩu", "CA01"],
  ["tam chú", "CA02"],
  ["cccd", "CA04"],
  ["chứng minh thư", "CA04"],
  ["lấy kết quả", "TK01"],
  ["birth", "HT01"],
  ["photocopy", "CT01"],
  ["2.000815", "CT01"],
];
for (const [typed, code] of WANTED) {
  test(`"${typed}" finds ${code} first`, () => {
    assert.equal(found(typed)[0], code);
  });
}

test("nothing typed, or nothing known, finds nothing", () => {
  assert.deepEqual([found(""), found("  "), found("zzzq"), found("?!")], [[], [], [], []]);
});

test("what most people come for stands before what few come for", () => {
  const certify = found("chứng thực");

  assert.deepEqual(certify.slice(0, 3), ["CT01", "CT02", "CT03"]);
});

test("text in decomposed letters is the same text", () => {
  assert.deepEqual(found("hộ tịch".normalize("NFD")), found("hộ tịch"));
});
