/** The strip of counters: how many stand side by side, and in how many pages when there are many. */

/** @typedef {{columns: number, rows: number, pages: number}} Layout */

const ONE_ROW = 12;
const ROWS = 2;

/**
 * Up to 12 counters in a row, up to 24 in two; beyond that pages of two rows, as even as can be, so that no
 * page holds three lonely counters.
 * @param {number} count @returns {Layout}
 */
export function layoutOf(count) {
  if (count <= ONE_ROW) return { columns: Math.max(count, 1), rows: 1, pages: 1 };
  const pages = Math.ceil(count / (ONE_ROW * ROWS));
  return { columns: Math.ceil(count / pages / ROWS), rows: ROWS, pages };
}

/**
 * @template T
 * @param {readonly T[]} items @param {Layout} layout @param {number} page counted from 0, for ever onwards
 * @returns {T[]}
 */
export function pageOf(items, layout, page) {
  const size = layout.columns * layout.rows;
  const start = (page % layout.pages) * size;
  return items.slice(start, start + size);
}

/**
 * A counter's name in parts: "Quầy 12 - Đất đai" -> main "Quầy 12", short "12" for the table, rest "Đất đai".
 * A name of another kind stays whole.
 * @param {string} name @returns {{main: string, short: string, rest: string}}
 */
export function nameParts(name) {
  const found = /^([Qq]uầy(?:\s+số)?\s+(\d+\p{L}?|\p{Lu}\d*))(?:(?:\s*[-–—:,.(]\s*|\s+)(.+?)\)?)?$/u.exec(
    name,
  );
  return found
    ? { main: found[1] ?? name, short: found[2] ?? name, rest: found[3] ?? "" }
    : { main: name, short: name, rest: "" };
}
