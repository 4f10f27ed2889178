/** The quiet parts of the wall, page by page: the counters, who waits, and what the hall has to say. */

import { box, setSaid, setText } from "/static/web/dom.js";
import { pageAt, pagesThatFit, penOf } from "./fitting.js";
import { todayWords } from "./hours.js";
import { nameParts } from "./names.js";
import { paintStrip, paintWaiting } from "./paint.js";
import { atWork, layoutOf, pageOf, restWords } from "./strip.js";
import { pagesOfText } from "./ticker.js";
import { say, sayBeside } from "./words.js";

/** @typedef {import("snapshots").Board} Board */
/** @typedef {import("snapshots").Hours} Hours */
/** @typedef {import("snapshots").QueueWaiting} QueueWaiting */

/** How long one page stands: time enough to read it slowly twice. */
const PAGE_MS = 8_000;
/** In rem: the letter of a queue, and what lies between the parts of a cell and between cells. See board.css. */
const LETTER_REM = 5.6;
const PART_REM = 1.2;
const CELL_REM = 4;

/** Which page it is, counted for ever onwards. @param {number} ms @param {number} [each] */
export function beatOf(ms, each = PAGE_MS) {
  return Math.floor(ms / each);
}

/** The headings, in Vietnamese and in English by turns: beside each other they would be too small to read. @param {HTMLElement} wall @param {number} beat */
export function renderHeadings(wall, beat) {
  for (const heading of wall.querySelectorAll("[data-heading]")) {
    const key = heading.getAttribute("data-heading") ?? "";
    const said = beat % 2 === 0 ? { text: say(key), lang: "vi" } : { text: sayBeside(key), lang: "en" };
    if (heading instanceof HTMLElement) setSaid(heading, said);
  }
}

/** @param {HTMLElement} wall @param {Board} board @param {ReadonlySet<string>} awaited counters with a call in gold @param {number} beat */
export function renderStrip(wall, board, awaited, beat) {
  const counters = atWork(board.counters);
  const names = board.counters.map(({ name }) => name);
  const longest = Math.max(0, ...counters.map((each) => nameParts(each.name, names).main.length));
  const layout = layoutOf(counters.length, longest);
  const list = box(wall, "[data-strip]");
  list.hidden = counters.length === 0;
  paintStrip(list, pageOf(counters, layout, beat), layout, (counter) => awaited.has(counter.id), names);
  const marks = box(wall, "[data-strip-page]");
  marks.hidden = layout.pages === 1;
  while (marks.children.length > layout.pages) marks.lastElementChild?.remove();
  while (marks.children.length < layout.pages) marks.append(document.createElement("i"));
  [...marks.children].forEach((mark, page) => {
    mark.classList.toggle("is-here", page === beat % layout.pages);
  });
  const rest = box(wall, "[data-strip-rest]");
  const widthOf = penOf(rest);
  const room = box(wall, ".strip").clientWidth;
  const pages = pagesOfText(restWords(board.counters), (text) => widthOf(text) <= room);
  setText(rest, pageAt(pages, beat) ?? "");
  rest.hidden = pages.length === 0;
}

/** @param {HTMLElement} wall @param {Board} board @param {(queue: string) => string} hueOf @param {number} beat */
export function renderWaiting(wall, board, hueOf, beat) {
  const alone = new Set(board.unattended ? [] : board.unattended_queues); // when none is open, the panel says it
  const cells = board.queues.map((queue) => ({
    ...queue,
    // "Cư trú - Căn cước": the letter says which queue, the first words help to find it.
    name: queue.name.split(" - ")[0] ?? "",
    state: queue.waiting > 0 && alone.has(queue.id) ? say("not_open") : "",
    hue: hueOf(queue.id),
  }));
  const list = box(wall, "[data-waiting]");
  const rem = parseFloat(getComputedStyle(document.documentElement).fontSize);
  const widthOf = penOf(list);
  const parts = (/** @type {(typeof cells)[number]} */ { name, waiting, state }) =>
    [name, String(waiting), state].filter(Boolean);
  const pages = pagesThatFit(
    cells,
    (cell) => parts(cell).reduce((sum, text) => sum + PART_REM * rem + widthOf(text), LETTER_REM * rem),
    list.clientWidth,
    CELL_REM * rem,
  );
  paintWaiting(list, pageAt(pages, beat) ?? []);
}

/** @param {HTMLElement} wall @param {Board} board @param {Hours[]} hours @param {number} weekday @param {number} beat */
export function renderTicker(wall, board, hours, weekday, beat) {
  const line = box(wall, "[data-ticker]");
  const times = box(wall, "[data-hours-part]");
  const today = todayWords(hours, { weekday });
  setText(box(wall, "[data-hours]"), today);
  const widthOf = penOf(line);
  const room = box(wall, ".ticker").clientWidth;
  const message = pagesOfText(board.message ?? "", (text) => widthOf(text) <= room);
  const pages = today ? [null, ...message] : message;
  const page = pageAt(pages, beat) ?? null;
  times.hidden = page !== null || today === "";
  line.hidden = page === null;
  setText(line, page ?? message[0] ?? "");
}
