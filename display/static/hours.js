/** What the wall says while nobody is called: closed, no counter open, or nobody called yet. Pure. */

import { reopensWords, unattendedWords } from "/static/web/attending.js";
import { say } from "./words.js";

/** @typedef {import("snapshots").Hours} Stretch */
/** @typedef {import("snapshots").Board} Board */
/** @typedef {import("/static/web/words.js").Say} Say */
/** @typedef {{title: string, text: string}} Said */

/** @type {Stretch["days"]} */
const DAYS = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"];
/** Within the hours a queue says it of its own counters, the wall of all. */
const OF_ALL = new Set(["paused", "closed"]);

/** Whether there is no last call worth showing: nobody calls, or nobody was called. @param {Board} board */
export function isStill({ unattended, calls }) {
  return unattended !== null || calls.length === 0;
}

/** @param {Board} board @param {Say} say in one language @returns {Said} */
export function stillWords({ open, closed_why, opens_at, unattended, day }, say) {
  if (!open && closed_why) {
    const text = opens_at ? reopensWords(opens_at, day, say) : say("see_hours");
    return { title: say(`closed_${closed_why}`), text };
  }
  if (!unattended) return { title: say("welcome"), text: say("calls_here") };
  const said = unattendedWords(unattended, day, say);
  return OF_ALL.has(unattended.why) ? { ...said, title: say(`all_${unattended.why}`) } : said;
}

/**
 * "Giờ làm việc hôm nay: 07:30–11:30, 13:30–17:00"; empty on a day without hours.
 * @param {Stretch[]} hours @param {{weekday: number}} reading
 */
export function todayWords(hours, reading) {
  const day = DAYS[reading.weekday % 7] ?? "sun";
  const times = hours
    .filter((stretch) => stretch.days.includes(day))
    .sort((a, b) => (a.opens < b.opens ? -1 : 1))
    .map((stretch) => `${stretch.opens}–${stretch.closes}`);
  return times.length > 0 ? say("hours_today", { hours: times.join(", ") }) : "";
}
