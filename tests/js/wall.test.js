import assert from "node:assert/strict";
import { test } from "node:test";
import { pagesThatFit } from "../../display/static/fitting.js";
import { isStill, stillWords, todayWords } from "../../display/static/hours.js";
import { nameEnds, nameParts } from "../../display/static/names.js";
import { ageWords, dateWords, readingOf } from "../../display/static/reading.js";
import { atWork, layoutOf, pageOf, restWords, together } from "../../display/static/strip.js";
import { pagesOfText } from "../../display/static/ticker.js";
import { say, sayBeside } from "../../display/static/words.js";
import { clockAt, nowOf } from "../../web/static/clock.js";
import { learnWords } from "./words.js";

learnWords("wall", "calendar", "hall", "attending");

/** @type {import("snapshots").Hours["days"]} */
const WORKDAYS = ["mon", "tue", "wed", "thu", "fri"];
/** @type {import("snapshots").Hours[]} */
const HOURS = [
  { days: WORKDAYS, opens: "07:30", closes: "11:30" },
  { days: WORKDAYS, opens: "13:30", closes: "17:00" },
  { days: ["sat"], opens: "07:30", closes: "11:30" },
];
const [TUESDAY, SUNDAY] = [2, 0];
const TODAY = "2026-11-24";
/** @type {import("snapshots").Board} */
const BOARD = {
  version: 1,
  day: TODAY,
  at: `${TODAY}T08:00:00+07:00`,
  build: "b",
  hall: "thach-ha",
  open: true,
  calls: [],
  counters: [],
  queues: [],
  message: null,
  opens_at: null,
  closed_why: null,
  unattended: null,
  unattended_queues: [],
};
const CALL = { call: "c", number: "A001", counter: "1", at: `${TODAY}T08:00:00+07:00`, times: 1 };

/** @param {number} id @param {"open"|"paused"|"closed"} state */
function counter(id, state) {
  return { id: String(id), name: `Quầy ${id}`, state, number: null };
}

test("the wall shows the hall's time, whatever the clock of its computer says", () => {
  const clock = clockAt("2026-11-24T08:31:05.250+07:00", 1000);

  const reading = readingOf(nowOf(clock, 1000 + 29 * 60_000), clock.offset);

  assert.deepEqual(reading, { date: "24/11/2026", time: "09:00", weekday: TUESDAY });
  assert.equal(dateWords(reading), "Thứ Ba, 24/11/2026");
});

test("seven in the morning in Hà Tĩnh is that day, though it is still yesterday in Greenwich", () => {
  const clock = clockAt("2026-11-24T06:59:00+07:00", 0);

  assert.equal(readingOf(nowOf(clock, 0), clock.offset).date, "24/11/2026");
});

test("the age of old data is said in minutes and hours", () => {
  assert.equal(ageWords(30_000), "vừa xong");
  assert.equal(ageWords(4 * 60_000 + 59_000), "4 phút trước");
  assert.equal(ageWords(60 * 60_000), "1 giờ trước");
  assert.equal(ageWords(65 * 60_000), "1 giờ 5 phút trước");
});

test("a closed hall says in a sentence when numbers are given out again, as its kiosk does", () => {
  const noon = {
    ...BOARD,
    open: false,
    closed_why: /** @type {const} */ ("lunch"),
    opens_at: `${TODAY}T13:00:00+07:00`,
  };
  const night = {
    ...noon,
    closed_why: /** @type {const} */ ("after_hours"),
    opens_at: "2026-11-25T07:00:00+07:00",
  };

  assert.deepEqual(stillWords(noon, say), {
    title: "Nghỉ trưa",
    text: "Mời ông bà trở lại lấy số lúc 13:00.",
  });
  assert.equal(stillWords(night, say).text, "Mời ông bà trở lại lấy số lúc 07:00 Thứ Tư, ngày 25/11.");
  assert.equal(stillWords(noon, sayBeside).title, "At lunch");
  assert.equal(stillWords({ ...noon, opens_at: null }, say).text, "Xin ông bà xem giờ làm việc ở cửa.");
});

test("while no counter is open nobody is told to wait for a call, but from when one calls", () => {
  const early = /** @type {const} */ ({ why: "before_hours", opens_at: `${TODAY}T07:30:00+07:00` });
  const paused = /** @type {const} */ ({ why: "paused", opens_at: null });

  assert.deepEqual(stillWords({ ...BOARD, unattended: early }, say), {
    title: "Chưa có quầy nào mở",
    text: "Các quầy gọi số từ 07:30.",
  });
  assert.equal(stillWords({ ...BOARD, unattended: paused }, say).title, "Các quầy đang tạm nghỉ");
  assert.equal(stillWords(BOARD, say).text, "Số được gọi sẽ hiện ở đây.");
  assert.equal(isStill({ ...BOARD, calls: [CALL] }), false);
  assert.equal(isStill({ ...BOARD, calls: [CALL], unattended: paused }), true);
});

test("the hours of the day are said", () => {
  assert.equal(todayWords(HOURS, { weekday: TUESDAY }), "Giờ làm việc hôm nay: 07:30–11:30, 13:30–17:00");
  assert.equal(todayWords(HOURS, { weekday: SUNDAY }), "");
});

test("1 to 67 counters at work: every one is on exactly one page of the strip", () => {
  for (const signs of [6, 30]) {
    for (let count = 1; count <= 67; count += 1) {
      const counters = Array.from({ length: count }, (_, place) => place + 1);
      const layout = layoutOf(count, signs);
      const pages = Array.from({ length: layout.pages }, (_, page) => pageOf(counters, layout, page));

      assert.deepEqual(pages.flat(), counters);
      assert.ok(layout.columns <= (signs > 9 ? 3 : 4) && layout.rows <= 2);
    }
  }
});

test("the strip begins again after the last page", () => {
  assert.deepEqual(layoutOf(67, 6), { columns: 4, rows: 2, pages: 9 });
  assert.deepEqual(pageOf([1, 2, 3], { columns: 2, rows: 1, pages: 2 }, 2), [1, 2]);
});

test("counters that are closed or paused share one line and have no cell", () => {
  const hall = Array.from({ length: 67 }, (_, place) => counter(place + 1, place < 5 ? "open" : "closed"));
  const paused = hall.map((each) => (each.id === "2" ? counter(2, "paused") : each));

  assert.deepEqual(
    atWork(hall).map((each) => each.id),
    ["1", "2", "3", "4", "5"],
  );
  assert.equal(restWords(hall), "Đóng · Closed: Quầy 6–67.");
  assert.equal(restWords(paused), "Tạm nghỉ · Paused: Quầy 2. Đóng · Closed: Quầy 6–67.");
  assert.equal(restWords(hall.slice(0, 5)), "");
});

test("counters are named together as people would, and counted where they have names of many kinds", () => {
  assert.equal(together(["Quầy 3", "Quầy 9", "Quầy 8", "Quầy 12", "Quầy 10"]), "Quầy 3, 8–10, 12");
  assert.equal(together(["Quầy 1", "Quầy 2"]), "Quầy 1, 2");
  assert.equal(together(["Phòng 201", "Quầy 2"]), "Phòng 201, Quầy 2");
  assert.equal(together(Array.from({ length: 9 }, (_, place) => `Bàn ${place}`)), "9 quầy");
});

test("a name without room keeps what tells it from its neighbours", () => {
  assert.deepEqual(nameEnds("Bàn tiếp nhận số 3"), { head: "Bàn tiếp nhận", tail: "số 3" });
  assert.deepEqual(nameEnds("Phòng 201"), { head: "Phòng 201", tail: "" });
  assert.deepEqual(nameEnds("Quầy tiếp nhận"), { head: "Quầy tiếp nhận", tail: "" });
});

test("of rooms whose names end alike the figure in the middle stays to be read", () => {
  const rooms = [201, 202, 210].map((room) => `Phòng tiếp dân số ${room} (nhà B, tầng 2)`);
  const desks = ["Bàn tiếp nhận hồ sơ đất đai", "Bàn tiếp nhận hồ sơ hộ tịch", "Bàn tiếp nhận"];
  const floors = ["Quầy 1 (tầng 1)", "Quầy 1 (tầng 2)", "Quầy 2 (tầng 2)"];

  assert.deepEqual(nameEnds(rooms[1] ?? "", rooms), { head: "Phòng tiếp dân", tail: "số 202" });
  assert.deepEqual(nameEnds("Phòng 12 nhà A", ["Phòng 12 nhà A", "Phòng 14 nhà A"]), {
    head: "Phòng",
    tail: "12 nhà A",
  });
  assert.deepEqual(
    desks.map((each) => nameEnds(each, desks).tail),
    ["đất đai", "hộ tịch", ""],
  );
  assert.deepEqual(
    floors.map((each) => nameParts(each, floors).main),
    ["Quầy 1 (tầng 1)", "Quầy 1 (tầng 2)", "Quầy 2"],
  );
});

test("all of twelve queues are on some page, whatever their names and counts, and none is cut by its neighbour", () => {
  const widths = [300, 260, 900, 120, 1400, 310, 305, 420, 280, 200, 640, 10];

  const pages = pagesThatFit(widths, (width) => width, 1200, 40);

  assert.deepEqual(pages.flat(), widths);
  for (const page of pages)
    assert.ok(page.length === 1 || page.reduce((sum, width) => sum + width + 40, -40) <= 1200);
  assert.deepEqual(
    pagesThatFit([1200], (width) => width, 1200, 40),
    [[1200]],
  );
});

test("a long counter name is parted into what people look for and the rest", () => {
  assert.deepEqual(nameParts("Quầy 12 - Đất đai, môi trường"), {
    main: "Quầy 12",
    short: "12",
    rest: "Đất đai, môi trường",
  });
  assert.deepEqual(nameParts("Quầy 3 (Hộ tịch)"), { main: "Quầy 3", short: "3", rest: "Hộ tịch" });
  assert.deepEqual(nameParts("Quầy số 5"), { main: "Quầy số 5", short: "5", rest: "" });
  assert.deepEqual(nameParts("Quầy tiếp nhận"), {
    main: "Quầy tiếp nhận",
    short: "Quầy tiếp nhận",
    rest: "",
  });
});

test("a message that fits stands still; a long one comes in pages of whole words, none lost", () => {
  const fits = (/** @type {string} */ piece) => piece.length <= 20;
  const long = "Từ ngày 01/12 trung tâm nhận hồ sơ cả sáng thứ Bảy";

  assert.deepEqual(pagesOfText("Xin giữ trật tự", fits), ["Xin giữ trật tự"]);
  const pages = pagesOfText(long, fits);
  assert.ok(pages.length > 1 && pages.every(fits));
  assert.equal(pages.map((page) => page.replace(/ …$/, "")).join(" "), long);
  assert.deepEqual(pagesOfText("  ", fits), []);
  assert.deepEqual(pagesOfText("Nghỉ ngày mai. Xin mời trở lại.", fits), [
    "Nghỉ ngày mai.",
    "Xin mời trở lại.",
  ]);
});
