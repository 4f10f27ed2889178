/** Opening hours in words, and why the hall is closed at this moment. */

/** @typedef {import("snapshots").Hours} Stretch */
/** @typedef {NonNullable<import("snapshots").Offer["closed_why"]>} Why */

/** @type {Stretch["days"]} */
const DAYS = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"];
const NAMES = ["Chủ Nhật", "thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy"];

/** @param {Stretch[]} hours @param {number} weekday */
function stretchesOn(hours, weekday) {
  const day = DAYS[weekday % 7] ?? "sun";
  return hours.filter((stretch) => stretch.days.includes(day)).sort((a, b) => (a.opens < b.opens ? -1 : 1));
}

/**
 * Why a hall that says it is closed is closed, and when its hours begin again. The hours know no holidays:
 * closed in the middle of them is a day off.
 * @param {Stretch[]} hours @param {{time: string, weekday: number}} reading
 * @returns {{why: Why, opens: string|null, inDays: number}}
 */
export function whyClosed(hours, reading) {
  const today = stretchesOn(hours, reading.weekday);
  const next = today.find((stretch) => stretch.opens > reading.time);
  const within = today.some((stretch) => stretch.opens <= reading.time && reading.time < stretch.closes);
  if (next && !within) {
    const lunch = today.some((stretch) => stretch.closes <= reading.time);
    return { why: lunch ? "lunch" : "before_hours", opens: next.opens, inDays: 0 };
  }
  const why = within || today.length === 0 ? "day_off" : "after_hours";
  for (let inDays = 1; inDays <= 7; inDays += 1) {
    const first = stretchesOn(hours, reading.weekday + inDays)[0];
    if (first) return { why, opens: first.opens, inDays };
  }
  return { why, opens: null, inDays: 0 };
}

/**
 * @param {Stretch[]} hours @param {{time: string, weekday: number}} reading
 * @returns {{title: string, text: string}} what the wall says while the hall is closed
 */
export function closedWords(hours, reading) {
  const { why, opens, inDays } = whyClosed(hours, reading);
  const title = {
    before_hours: "Chưa đến giờ làm việc",
    lunch: "Nghỉ trưa",
    after_hours: "Đã hết giờ làm việc",
    day_off: "Hôm nay nghỉ",
  }[why];
  if (opens === null) return { title, text: "Xin ông bà xem giờ làm việc ở cửa." };
  if (inDays === 0) return { title, text: `Mời ông bà trở lại lúc ${opens}.` };
  // The hours know no holidays: after a day off nobody can promise the next one from them.
  if (why === "day_off" && stretchesOn(hours, reading.weekday).length > 0) {
    return { title, text: "Xin ông bà xem thông báo ở cửa." };
  }
  const day = inDays === 1 ? "sáng mai" : (NAMES[(reading.weekday + inDays) % 7] ?? "");
  return {
    title,
    text: `Mời ông bà trở lại lúc ${opens} ${Number(opens.slice(0, 2)) >= 12 && inDays === 1 ? "ngày mai" : day}.`,
  };
}

/**
 * What the wall says while numbers are given out and nobody was called yet.
 * @param {Stretch[]} hours @param {{time: string, weekday: number}} reading
 * @returns {{title: string, text: string}}
 */
export function openingWords(hours, reading) {
  const today = stretchesOn(hours, reading.weekday);
  const within = today.some((stretch) => stretch.opens <= reading.time && reading.time < stretch.closes);
  const next = today.find((stretch) => stretch.opens > reading.time);
  const begins =
    next && !within ? `Các quầy bắt đầu gọi số lúc ${next.opens}.` : "Số được gọi sẽ hiện ở đây.";
  return { title: "Mời ông bà lấy số và ngồi chờ", text: begins };
}

/**
 * "Giờ làm việc hôm nay: 07:30–11:30, 13:30–17:00"; empty on a day without hours.
 * @param {Stretch[]} hours @param {{weekday: number}} reading
 */
export function todayWords(hours, reading) {
  const times = stretchesOn(hours, reading.weekday).map((stretch) => `${stretch.opens}–${stretch.closes}`);
  return times.length > 0 ? `Giờ làm việc hôm nay: ${times.join(", ")}` : "";
}
