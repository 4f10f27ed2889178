/** The hall's clock: the time of the hub, whatever the clock and time zone of this screen say. */

/**
 * `mark` is performance.now() when the hub's time `at` was heard; `offset` is the hall's, in minutes.
 * @typedef {{at: number, offset: number, mark: number}} Clock
 */
/** @typedef {{date: string, time: string, weekday: number}} Reading weekday: 0 is Sunday */

const WEEKDAYS = ["Chủ Nhật", "Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy"];

/**
 * @param {string} iso a time with offset, "2026-11-24T08:31:05+07:00"
 * @param {number} mark
 * @returns {Clock}
 */
export function clockAt(iso, mark) {
  const zone = /([+-])(\d\d):(\d\d)$/.exec(iso);
  const minutes = zone ? Number(zone[2]) * 60 + Number(zone[3]) : 0;
  return { at: Date.parse(iso), offset: zone?.[1] === "-" ? -minutes : minutes, mark };
}

/** @param {Clock} clock @param {number} mark */
export function nowOf(clock, mark) {
  return clock.at + (mark - clock.mark);
}

/**
 * @param {Clock} clock @param {number} ms a moment, in milliseconds
 * @returns {Reading} as the hall reads it: "24/11/2026", "08:31"
 */
export function readingOf(clock, ms) {
  const local = new Date(ms + clock.offset * 60_000);
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
