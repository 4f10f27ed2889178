import assert from "node:assert/strict";
import { test } from "node:test";
import { closedWords, openingWords, todayWords, whyClosed } from "../../display/static/hours.js";
import { ageWords, dateWords, readingOf } from "../../display/static/reading.js";
import { layoutOf, nameParts, pageOf } from "../../display/static/strip.js";
import { pagesOfText } from "../../display/static/ticker.js";
import { clockAt, nowOf } from "../../web/static/clock.js";
import { learnWords } from "./words.js";

learnWords("wall", "calendar", "hall");

/** @type {import("snapshots").Hours["days"]} */
const WORKDAYS = ["mon", "tue", "wed", "thu", "fri"];
/** @type {import("snapshots").Hours[]} */
const HOURS = [
  { days: WORKDAYS, opens: "07:30", closes: "11:30" },
  { days: WORKDAYS, opens: "13:30", closes: "17:00" },
  { days: ["sat"], opens: "07:30", closes: "11:30" },
];
const [TUESDAY, FRIDAY, SATURDAY, SUNDAY] = [2, 5, 6, 0];

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

test("why the hall is closed, and when it opens", () => {
  const at = (/** @type {number} */ weekday, /** @type {string} */ time) =>
    whyClosed(HOURS, { weekday, time });

  assert.deepEqual(at(TUESDAY, "06:40"), { why: "before_hours", opens: "07:30", inDays: 0 });
  assert.deepEqual(at(TUESDAY, "11:30"), { why: "lunch", opens: "13:30", inDays: 0 });
  assert.deepEqual(at(TUESDAY, "17:00"), { why: "after_hours", opens: "07:30", inDays: 1 });
  assert.deepEqual(at(SATURDAY, "12:00"), { why: "after_hours", opens: "07:30", inDays: 2 });
  assert.deepEqual(at(SUNDAY, "09:00"), { why: "day_off", opens: "07:30", inDays: 1 });
  assert.deepEqual(whyClosed([], { weekday: TUESDAY, time: "09:00" }), {
    why: "day_off",
    opens: null,
    inDays: 0,
  });
});

test("a closed hall says in a sentence when to come back", () => {
  assert.deepEqual(closedWords(HOURS, { weekday: TUESDAY, time: "12:00" }), {
    title: "Nghỉ trưa",
    text: "Mời ông bà trở lại lúc 13:30.",
  });
  assert.equal(
    closedWords(HOURS, { weekday: FRIDAY, time: "18:00" }).text,
    "Mời ông bà trở lại lúc 07:30 sáng mai.",
  );
  assert.equal(
    closedWords(HOURS, { weekday: SATURDAY, time: "18:00" }).text,
    "Mời ông bà trở lại lúc 07:30 thứ Hai.",
  );
});

test("on a holiday, which the hours do not know, no opening is promised", () => {
  assert.deepEqual(closedWords(HOURS, { weekday: TUESDAY, time: "09:00" }), {
    title: "Hôm nay nghỉ",
    text: "Xin ông bà xem thông báo ở cửa.",
  });
});

test("before the first call the wall says when calling begins", () => {
  assert.equal(
    openingWords(HOURS, { weekday: TUESDAY, time: "07:12" }).text,
    "Các quầy bắt đầu gọi số lúc 07:30.",
  );
  assert.equal(openingWords(HOURS, { weekday: TUESDAY, time: "08:00" }).text, "Số được gọi sẽ hiện ở đây.");
  assert.equal(todayWords(HOURS, { weekday: TUESDAY }), "Giờ làm việc hôm nay: 07:30–11:30, 13:30–17:00");
  assert.equal(todayWords(HOURS, { weekday: SUNDAY }), "");
});

test("1 to 67 counters: every one is on exactly one page of the strip", () => {
  for (let count = 1; count <= 67; count += 1) {
    const counters = Array.from({ length: count }, (_, place) => place + 1);
    const layout = layoutOf(count);
    const pages = Array.from({ length: layout.pages }, (_, page) => pageOf(counters, layout, page));

    assert.deepEqual(pages.flat(), counters);
    assert.ok(layout.columns <= 12 && layout.rows <= 2);
  }
});

test("the strip of 67 counters has three pages and begins again after the last", () => {
  const layout = layoutOf(67);

  assert.deepEqual(layout, { columns: 12, rows: 2, pages: 3 });
  assert.deepEqual(pageOf([1, 2, 3], { columns: 2, rows: 1, pages: 2 }, 2), [1, 2]);
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
