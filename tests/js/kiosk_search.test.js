import assert from "node:assert/strict";
import { test } from "node:test";
import { indexOf } from "../../kiosk/static/entries.js";
import { search } from "../../kiosk/static/search.js";
import { FIELDS, LISTS, PROCEDURES, procedure } from "./kiosk.hall.js";

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

/** @type {ReadonlyArray<[why: string, typed: string, code: string]>} */
const MEANT = [
  ["what weighs nothing is left out", "toi muon lam thu tuc ket hon o dau", "HT04"],
  ["a family is one word", "hai dua cuoi nhau", "HT04"],
  ["a family is one word", "chong chet", "HT05"],
  ["what says nothing may stand between", "bố của tôi mất rồi", "HT05"],
  ["the order is free", "dat cho con", "DD02"],
  ["words in one", "dangkykethon", "HT04"],
  ["words in one", "sodo", "DD01"],
  ["a slip in a short word", "giay khai snh", "HT01"],
  ["a slip in a short word", "can cuco", "CA04"],
  ["keys of Telex", "ddawng kys keets hoon", "HT04"],
  ["keys of VNI", "d9a8ng ky1 ke6t1 ho6n", "HT04"],
  ["still being typed", "khai s", "HT01"],
  ["capitals and blanks", "  CHỨNG   THỰC  BẢN SAO ", "CT01"],
  ["a code, as long as it is printed", "2.000815.000.00.00.H27", "CT01"],
  [
    "a whole sentence",
    "cháu ơi bác hỏi cái giấy khai sinh cho thằng cháu nội mới đẻ tháng trước làm ở đâu",
    "HT01",
  ],
];
for (const [why, typed, code] of MEANT) {
  test(`${why}: "${typed}" finds ${code} first`, () => {
    assert.equal(found(typed)[0], code);
  });
}

test("what is done elsewhere finds nothing, also while it is typed", () => {
  for (const typed of [
    "ly hôn",
    "ly hon",
    "lý lịch tư pháp",
    "phieu ly lich",
    "nhan con nuoi",
    "đổi bằng lái xe",
  ])
    assert.deepEqual(found(typed), [], typed);
  assert.deepEqual(found("ly ho"), []);
});

test("what is done here is found beside what is done elsewhere", () => {
  assert.equal(found("sao y bằng lái xe")[0], "CT01");
  assert.equal(found("xác nhận độc thân sau ly hôn")[0], "HT07");
});

test("what this hall does is not done elsewhere", () => {
  const court = indexOf(
    { procedures: [procedure("TA01", "A", "Ly hôn thuận tình", { field: "TA" })], fields: [] },
    LISTS,
  );

  assert.deepEqual(
    search(court, "ly hon").map(({ code }) => code),
    ["TA01"],
  );
});

test("a hall is searched by its own words, whatever it is", () => {
  const procedures = [
    procedure("BAN01", "A", "Mua thuốc cảm, ho, đau đầu", { words: ["sổ mũi", "nhức đầu"] }),
    procedure("TV01", "B", "Đo huyết áp"),
  ];
  const pharmacy = indexOf({ procedures, fields: [] }, LISTS);

  for (const typed of ["ho", "toi bi ho", "mua thuốc", "nhuc dau", "so mui"])
    assert.deepEqual(
      search(pharmacy, typed).map(({ code }) => code),
      ["BAN01"],
      typed,
    );
});

test("marks that were typed decide between words alike without them", () => {
  const sale = indexOf(
    {
      procedures: [procedure("X1", "A", "Bán hoa"), procedure("X2", "A", "Vẽ tranh")],
      fields: [],
    },
    LISTS,
  );

  assert.deepEqual(
    search(sale, "vẽ").map(({ code }) => code),
    ["X2"],
  );
  assert.deepEqual(
    search(sale, "mua vé xem phim").map(({ code }) => code),
    [],
  );
});

test("the keys are read beside what the field shows for them", () => {
  assert.deepEqual(search(INDEX, "xin vía đi học", "xin visa đi học"), []);
});

test("a phrase has one meaning", () => {
  /** @type {Map<string, Set<string>>} */
  const families = new Map();
  for (const [family, texts] of Object.entries(LISTS.vi))
    for (const text of texts.split(", ")) families.set(text, (families.get(text) ?? new Set()).add(family));
  const twice = [...families]
    .filter(([, of]) => of.size > 1)
    .map(([text, of]) => `${text}: ${[...of].join(", ")}`);

  assert.deepEqual(twice, []);
});

test("a key costs a few milliseconds in a hall of two hundred procedures", () => {
  const procedures = Array.from({ length: 17 }, (_, at) =>
    PROCEDURES.map((each) => ({ ...each, code: `${each.code}${at}` })),
  ).flat();
  const large = indexOf({ procedures, fields: FIELDS }, LISTS);
  const typed = "toi muon lam lai giay khai sinh bi mat";
  const before = process.cpuUsage().user;

  for (let end = 1; end <= typed.length; end += 1) search(large, typed.slice(0, end));

  assert.ok(procedures.length > 200);
  assert.ok((process.cpuUsage().user - before) / 1000 / typed.length < 15);
});
