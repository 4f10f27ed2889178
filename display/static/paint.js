/** Puts a wall into the page. Every function may be called again with the same values and changes nothing then. */

import { box, each, setText, stamp } from "/static/web/dom.js";
import { numberInto } from "/static/web/number.js";
import { nameEnds, nameParts } from "./names.js";
import { say, sayBeside } from "./words.js";

/** @typedef {import("snapshots").Counter} Counter */
/** @typedef {{number: string, counter: string, gold: boolean, fresh: boolean, times: number, key: string, place: string}} Card */

const TO_SIGNS = 4; // "đến "
const LONG_NAME = 22;
const MOST_ROWS = 6;
const ROW_REM = 6.2; // the least in which letters of 48 px have room for their marks
/** How wide a sign of a counter's name is at most, in em, and the least size of it in rem. */
const SIGN_EM = 0.6;
const LEAST_REM = 4.8;

/**
 * The big panel with one card, or two side by side. A card with a new key enters with movement.
 * @param {HTMLElement} stage @param {readonly Card[]} cards @param {readonly string[]} names of all counters
 */
export function paintCards(stage, cards, names) {
  const keys = cards.map((card) => card.key).join(" ");
  const entering = stage.dataset.keys !== keys;
  if (entering) {
    stage.dataset.keys = keys;
    stage.replaceChildren(...cards.map(() => stamp("call-card")));
  }
  stage.dataset.count = String(cards.length);
  cards.forEach((card, place) => {
    const article = stage.children[place];
    if (!(article instanceof HTMLElement)) return;
    article.classList.toggle("is-gold", card.gold);
    if (entering) article.classList.toggle("is-entering", card.fresh);
    const { main, rest } = nameParts(card.counter, names);
    const lead = card.gold ? (card.times > 1 ? "lead_again" : "lead") : "lead_last";
    setText(box(article, "[data-lead]"), say(lead, { times: card.times }));
    setText(box(article, "[data-lead-en]"), sayBeside(card.gold ? "lead" : "lead_last"));
    numberInto(box(article, "[data-number]"), card.number);
    article.style.setProperty("--letters", String(card.number.length));
    const counter = box(article, "[data-counter]");
    setText(counter, card.gold ? say("to_counter", { counter: main }) : main);
    const signs = main.length + TO_SIGNS;
    const lines = Math.max(signs > LONG_NAME ? 2 : 1, linesOf(signs, article));
    article.style.setProperty("--lines", String(lines));
    article.style.setProperty("--signs", String(Math.ceil(signs / lines)));
    const below = cards.length > 1 ? "" : rest || card.place; // two share the panel: the counter is enough
    setText(box(article, "[data-rest]"), below);
    article.style.setProperty("--rest", String(below ? linesOf(below.length, article) : 0));
  });
}

/** How many lines so many signs take in the panel at the least size. @param {number} signs @param {HTMLElement} card */
function linesOf(signs, card) {
  const rem = parseFloat(getComputedStyle(document.documentElement).fontSize);
  const inOne = Math.floor((0.92 * card.clientWidth) / (SIGN_EM * LEAST_REM * rem));
  return Math.ceil(signs / Math.max(inOne, 1));
}

/** @typedef {{title: string, text: string}} Words */

/** @param {HTMLElement} stage @param {Words} words @param {Words} beside the same in English */
export function paintWords(stage, words, beside) {
  if (stage.dataset.keys !== "words") {
    stage.dataset.keys = "words";
    stage.dataset.count = "1";
    stage.replaceChildren(stamp("words-card"));
  }
  setText(box(stage, "[data-title]"), words.title);
  setText(box(stage, "[data-text]"), words.text);
  setText(box(stage, "[data-title-en]"), beside.title);
  setText(box(stage, "[data-text-en]"), beside.text);
}

/** How many of the last calls have room; in a list that is not shown yet, the most. @param {HTMLElement} list */
export function rowsFor(list) {
  if (list.clientHeight === 0) return MOST_ROWS;
  const rem = parseFloat(getComputedStyle(document.documentElement).fontSize);
  const rows = Math.max(1, Math.min(MOST_ROWS, Math.floor((list.clientHeight / rem + 1) / (ROW_REM + 1))));
  list.style.setProperty("--rows", String(rows));
  return rows;
}

/** @param {HTMLElement} element @param {string} name shortened in its middle where it lacks room @param {readonly string[]} names */
function nameInto(element, name, names) {
  const { head, tail } = nameEnds(name, names);
  setText(box(element, "[data-head]"), head);
  setText(box(element, "[data-tail]"), tail);
}

/**
 * @param {HTMLElement} list
 * @param {readonly {number: string, counter: string, hue: string, gold: boolean}[]} rows
 * @param {readonly string[]} names of all counters
 */
export function paintRecent(list, rows, names) {
  each(list, "recent-row", rows, (row, item) => {
    row.classList.toggle("is-gold", item.gold);
    row.style.setProperty("--hue", item.hue);
    numberInto(box(row, "[data-number]"), item.number);
    const { short } = nameParts(item.counter, names);
    row.classList.toggle("is-long", short.length > 4);
    nameInto(box(row, "[data-counter]"), short, names);
  });
}

/**
 * @param {HTMLElement} list @param {readonly Counter[]} counters
 * @param {{columns: number, rows: number}} layout @param {(counter: Counter) => boolean} gold
 * @param {readonly string[]} names of all counters
 */
export function paintStrip(list, counters, layout, gold, names) {
  list.style.setProperty("--columns", String(layout.columns));
  list.style.setProperty("--rows", String(layout.rows));
  each(list, "strip-cell", counters, (cell, counter) => {
    cell.classList.toggle("is-gold", gold(counter));
    cell.dataset.state = counter.state;
    nameInto(box(cell, "[data-name]"), nameParts(counter.name, names).main, names);
    numberInto(box(cell, "[data-number]"), counter.number);
    setText(box(cell, "[data-state-words]"), counter.number ? "" : say("state_open"));
  });
}

/**
 * @param {HTMLElement} list
 * @param {readonly {id: string, name: string, waiting: number, state: string, hue: string}[]} queues
 */
export function paintWaiting(list, queues) {
  each(list, "waiting-cell", queues, (cell, queue) => {
    cell.style.setProperty("--hue", queue.hue);
    cell.classList.toggle("is-empty", queue.waiting === 0);
    setText(box(cell, "[data-letter]"), queue.id);
    setText(box(cell, "[data-name]"), queue.name);
    setText(box(cell, "[data-count]"), String(queue.waiting));
    setText(box(cell, "[data-queue-state]"), queue.state);
  });
}
