/** Opening hours in words, and why the hall is closed at this moment. */

import { say } from "./words.js";

/** @typedef {import("snapshots").Hours} Stretch */
/** @typedef {NonNullable<import("snapshots").Offer["closed_why"]>} Why */

/** @type {Stretch["days"]} */
const DAYS = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"];

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
  return { title: say(`closed_${why}`), text: backWords() };

  function backWords() {
    if (opens === null) return say("see_hours");
    if (inDays === 0) return say("back", { time: opens });
    // The hours know no holidays: after a day off nobody can promise the next one from them.
    if (why === "day_off" && stretchesOn(hours, reading.weekday).length > 0) return say("see_notice");
    if (inDays > 1) {
      const weekday = say(`day_${DAYS[(reading.weekday + inDays) % 7]}`);
      return say("back_on", { time: opens, weekday });
    }
    return say(opens < "12:00" ? "back_tomorrow_morning" : "back_tomorrow", { time: opens });
  }
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
  const begins = next && !within ? say("calling_begins", { time: next.opens }) : say("calls_here");
  return { title: say("welcome"), text: begins };
}

/**
 * "Giờ làm việc hôm nay: 07:30–11:30, 13:30–17:00"; empty on a day without hours.
 * @param {Stretch[]} hours @param {{weekday: number}} reading
 */
export function todayWords(hours, reading) {
  const times = stretchesOn(hours, reading.weekday).map((stretch) => `${stretch.opens}–${stretch.closes}`);
  return times.length > 0 ? say("hours_today", { hours: times.join(", ") }) : "";
}
