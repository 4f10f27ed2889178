/** That nobody calls now, and from when somebody does. As `words.unattended` of the hub says it. Pure. */

import { atHall } from "/static/web/clock.js";

/** @typedef {import("snapshots").Unattended} Unattended */
/** @typedef {import("./words.js").Say} Say */

const DAYS = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"];

/**
 * The wall-clock time of the hall, read from the moment's own offset; `weekday` and `date` of another day.
 * @param {string} moment @param {string} today "2026-11-24" @param {Say} say
 * @returns {{time: string, weekday: string, date: string}|{time: string}}
 */
export function momentWords(moment, today, say) {
  const [day = "", time = ""] = [moment.slice(0, 10), moment.slice(11, 16)];
  if (day === today) return { time };
  const weekday = say(DAYS[atHall(`${day}T12:00:00Z`, "+00:00").getUTCDay()] ?? "");
  return { time, weekday, date: `${day.slice(8, 10)}/${day.slice(5, 7)}` };
}

/**
 * @param {Unattended} unattended @param {string} today "2026-11-24" @param {Say} say
 * @returns {{title: string, text: string}} "Chưa có quầy nào mở", "Các quầy gọi số từ 07:30."
 */
export function unattendedWords({ why, opens_at }, today, say) {
  const title = say(`unattended_${why}`);
  if (opens_at === null) return { title, text: say("attended_later") };
  const when = momentWords(opens_at, today, say);
  return { title, text: "date" in when ? say("attended_from_day", when) : say("attended_from", when) };
}

/**
 * "Mời ông bà trở lại lấy số lúc 13:30."
 * @param {string} opensAt @param {string} today "2026-11-24" @param {Say} say
 */
export function reopensWords(opensAt, today, say) {
  const when = momentWords(opensAt, today, say);
  return "date" in when ? say("reopens_on", when) : say("reopens", when);
}
