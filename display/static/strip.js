/** The strip of counters: who is at work has a cell, the others share a line. Pure. */

import { nameParts } from "./names.js";
import { say, sayBeside } from "./words.js";

/** @typedef {import("snapshots").Counter} Counter */
/** @typedef {{columns: number, rows: number, pages: number}} Layout */

/** So many cells stand side by side, their names read at 48 px beside their numbers. */
const SHORT = { signs: 9, columns: 4 };
const FEWEST = 3;
const ROWS = 2;
const NAMED = 8; // names of no common kind: more are counted

/** Those that have a cell: open, or with somebody in front of them. @param {readonly Counter[]} counters */
export function atWork(counters) {
  return counters.filter(isAtWork);
}

/** @param {Counter} counter */
function isAtWork({ state, number }) {
  return state === "open" || number !== null;
}

/**
 * Cells in at most two rows, on pages as even as can be, so that no page holds three lonely counters.
 * @param {number} count @param {number} signs of the longest name @returns {Layout}
 */
export function layoutOf(count, signs) {
  const most = signs <= SHORT.signs ? SHORT.columns : FEWEST;
  if (count <= most) return { columns: Math.max(count, 1), rows: 1, pages: 1 };
  const pages = Math.ceil(count / (most * ROWS));
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

/** "Tạm nghỉ · Paused: Quầy 7. Đóng · Closed: Quầy 3, 8–12."; empty where all are at work. @param {readonly Counter[]} counters */
export function restWords(counters) {
  const rest = counters.filter((each) => !isAtWork(each));
  return /** @type {const} */ (["paused", "closed"])
    .map((state) => ({ state, names: rest.filter((each) => each.state === state).map((each) => each.name) }))
    .filter(({ names }) => names.length > 0)
    .map(
      ({ state, names }) => `${say(`state_${state}`)} · ${sayBeside(`state_${state}`)}: ${together(names)}.`,
    )
    .join(" ");
}

/** "Quầy 3, 8–12"; names without a common beginning one by one, or how many they are. @param {readonly string[]} names */
export function together(names) {
  const parts = names.map((name) => nameParts(name, names));
  const stems = new Set(parts.map(({ main, short }) => main.slice(0, main.length - short.length)));
  if (stems.size === 1 && parts.every(({ short }) => /^\d+$/.test(short)))
    return [...stems][0] + runs(parts.map(({ short }) => Number(short))).join(", ");
  return names.length <= NAMED
    ? parts.map(({ main }) => main).join(", ")
    : say("counters_more", { count: names.length });
}

/** [3, 8, 9, 10] -> "3", "8–10". @param {readonly number[]} figures */
function runs(figures) {
  /** @type {[number, number][]} */
  const found = [];
  for (const figure of [...figures].sort((a, b) => a - b)) {
    const last = found.at(-1);
    if (last && figure === last[1] + 1) last[1] = figure;
    else found.push([figure, figure]);
  }
  return found.map(([first, last]) =>
    first === last ? `${first}` : `${first}${last === first + 1 ? ", " : "–"}${last}`,
  );
}
