/** Day, time and age as a wall shows them. */

import { atHall } from "/static/web/clock.js";

/** @typedef {{date: string, time: string, weekday: number}} Reading weekday: 0 is Sunday */

const WEEKDAYS = ["Chủ Nhật", "Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy"];

/**
 * A moment as the hall reads it: "24/11/2026", "08:31".
 * @param {number} ms
 * @param {string} offset
 * @returns {Reading}
 */
export function readingOf(ms, offset) {
  const local = atHall(ms, offset);
  const iso = local.toISOString();
  return {
    date: `${iso.slice(8, 10)}/${iso.slice(5, 7)}/${iso.slice(0, 4)}`,
    time: iso.slice(11, 16),
    weekday: local.getUTCDay(),
  };
}

/** @param {Reading} reading */
export function dateWords(reading) {
  return `${WEEKDAYS[reading.weekday]}, ${reading.date}`;
}

/**
 * How old something is, in words: "vừa xong", "4 phút trước", "1 giờ 5 phút trước".
 * @param {number} ms
 */
export function ageWords(ms) {
  const minutes = Math.floor(ms / 60_000);
  if (minutes < 1) return "vừa xong";
  if (minutes < 60) return `${minutes} phút trước`;
  const rest = minutes % 60;
  return `${Math.floor(minutes / 60)} giờ ${rest ? `${rest} phút ` : ""}trước`;
}
