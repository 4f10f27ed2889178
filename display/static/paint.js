/** Puts a wall into the page. Every function may be called again with the same values and changes nothing then. */

import { box, each, setText, stamp } from "/static/web/dom.js";
import { numberInto } from "/static/web/number.js";
import { nameParts } from "./strip.js";
import { say, sayBeside } from "./words.js";

/** @typedef {import("snapshots").Counter} Counter */
/** @typedef {{number: string, counter: string, gold: boolean, fresh: boolean, times: number, key: string, place: string}} Card */

const LONG_NAME = 18;
const LONG_LABEL = 10;
const FEW = 4;

/**
 * The big panel with one card, or two side by side. A card with a new key enters with movement.
 * @param {HTMLElement} stage @param {readonly Card[]} cards
 */
export function paintCards(stage, cards) {
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
    const { main, rest } = nameParts(card.counter);
    const lead = card.gold ? (card.times > 1 ? "lead_again" : "lead") : "lead_last";
    setText(box(article, "[data-lead]"), say(lead, { times: card.times }));
    setText(box(article, "[data-lead-en]"), sayBeside(card.gold ? "lead" : "lead_last"));
    numberInto(box(article, "[data-number]"), card.number);
    article.style.setProperty("--letters", String(card.number.length));
    const counter = box(article, "[data-counter]");
    setText(counter, card.gold ? say("to_counter", { counter: main }) : main);
    const long = main.length > LONG_NAME;
    article.classList.toggle("is-long", long);
    article.style.setProperty("--signs", String(Math.ceil((main.length + 4) / (long ? 2 : 1))));
    setText(box(article, "[data-rest]"), rest || card.place);
  });
}

/** @param {HTMLElement} stage @param {{title: string, text: string}} words */
export function paintWords(stage, words) {
  if (stage.dataset.keys !== "words") {
    stage.dataset.keys = "words";
    stage.dataset.count = "1";
    stage.replaceChildren(stamp("words-card"));
  }
  setText(box(stage, "[data-title]"), words.title);
  setText(box(stage, "[data-text]"), words.text);
}

/**
 * @param {HTMLElement} list
 * @param {readonly {number: string, counter: string, hue: string, gold: boolean}[]} rows
 */
export function paintRecent(list, rows) {
  each(list, "recent-row", rows, (row, item) => {
    row.classList.toggle("is-gold", item.gold);
    row.style.setProperty("--hue", item.hue);
    numberInto(box(row, "[data-number]"), item.number);
    const counter = box(row, "[data-counter]");
    const { short } = nameParts(item.counter);
    counter.classList.toggle("is-long", short.length > 4);
    setText(counter, short);
  });
}

/**
 * @param {HTMLElement} list @param {readonly Counter[]} counters
 * @param {{columns: number, rows: number}} layout @param {(counter: Counter) => boolean} gold
 */
export function paintStrip(list, counters, layout, gold) {
  list.style.setProperty("--columns", String(layout.columns));
  list.classList.toggle("is-few", layout.columns <= FEW);
  list.classList.toggle("is-deep", layout.rows > 1);
  each(list, "strip-cell", counters, (cell, counter) => {
    cell.classList.toggle("is-gold", gold(counter));
    cell.dataset.state = counter.state;
    const { main } = nameParts(counter.name);
    const name = box(cell, "[data-name]");
    name.classList.toggle("is-long", main.length > LONG_LABEL && layout.columns > FEW);
    setText(name, main);
    numberInto(box(cell, "[data-number]"), counter.number);
    setText(box(cell, "[data-state-words]"), counter.number ? "" : say(`state_${counter.state}`));
  });
}

/**
 * @param {HTMLElement} list
 * @param {readonly {id: string, name: string, waiting: number, hue: string}[]} queues
 */
export function paintWaiting(list, queues) {
  list.style.setProperty("--columns", String(Math.max(queues.length, 1)));
  each(list, "waiting-cell", queues, (cell, queue) => {
    cell.style.setProperty("--hue", queue.hue);
    cell.classList.toggle("is-empty", queue.waiting === 0);
    setText(box(cell, "[data-letter]"), queue.id);
    setText(box(cell, "[data-count]"), String(queue.waiting));
    // "Cư trú - Căn cước": the letter says which queue, the first words help to find it.
    setText(box(cell, "[data-name]"), queue.name.split(" - ")[0] ?? "");
  });
}
