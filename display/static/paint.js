/** Puts a wall into the page. Every function may be called again with the same values and changes nothing then. */

import { numberInto } from "/static/web/number.js";
import { nameParts } from "./strip.js";

/** @typedef {import("snapshots").Counter} Counter */
/** @typedef {{number: string, counter: string, gold: boolean, fresh: boolean, times: number, key: string, place: string}} Card */

const STATES = { open: "Sẵn sàng", paused: "Tạm nghỉ", closed: "Đóng" };
const LONG_NAME = 18;
const LONG_LABEL = 10;
const FEW = 4;

/**
 * @template {Element} T
 * @param {ParentNode} root @param {string} selector @param {new () => T} kind
 * @returns {T}
 */
export function part(root, selector, kind) {
  const found = root.querySelector(selector);
  if (!(found instanceof kind)) throw new Error(`the page has no ${selector}`);
  return found;
}

/** @param {string} name a template of the page @returns {HTMLElement} */
function stamp(name) {
  const copy = part(
    document,
    `template[data-${name}]`,
    HTMLTemplateElement,
  ).content.firstElementChild?.cloneNode(true);
  if (!(copy instanceof HTMLElement)) throw new Error(`template ${name} is empty`);
  return copy;
}

/** @param {Element} element @param {string} text */
export function setText(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

/**
 * As many children as there are items, kept from one time to the next.
 * @template T
 * @param {HTMLElement} list @param {string} template @param {readonly T[]} items
 * @param {(child: HTMLElement, item: T) => void} paint
 */
function each(list, template, items, paint) {
  while (list.children.length > items.length) list.lastElementChild?.remove();
  items.forEach((item, place) => {
    const known = list.children[place];
    const child = known instanceof HTMLElement ? known : stamp(template);
    if (child !== known) list.append(child);
    paint(child, item);
  });
}

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
    const lead = card.gold ? (card.times > 1 ? `Mời lần ${card.times}` : "Xin mời số") : "Số vừa gọi";
    setText(part(article, "[data-lead]", HTMLElement), lead);
    setText(part(article, "[data-lead-en]", HTMLElement), card.gold ? "Now calling" : "Last called");
    numberInto(part(article, "[data-number]", HTMLElement), card.number);
    article.style.setProperty("--letters", String(card.number.length));
    const counter = part(article, "[data-counter]", HTMLElement);
    setText(counter, card.gold ? `đến ${main}` : main);
    const long = main.length > LONG_NAME;
    article.classList.toggle("is-long", long);
    article.style.setProperty("--signs", String(Math.ceil((main.length + 4) / (long ? 2 : 1))));
    setText(part(article, "[data-rest]", HTMLElement), rest || card.place);
  });
}

/** @param {HTMLElement} stage @param {{title: string, text: string}} words */
export function paintWords(stage, words) {
  if (stage.dataset.keys !== "words") {
    stage.dataset.keys = "words";
    stage.dataset.count = "1";
    stage.replaceChildren(stamp("words-card"));
  }
  setText(part(stage, "[data-title]", HTMLElement), words.title);
  setText(part(stage, "[data-text]", HTMLElement), words.text);
}

/**
 * @param {HTMLElement} list
 * @param {readonly {number: string, counter: string, hue: string, gold: boolean}[]} rows
 */
export function paintRecent(list, rows) {
  each(list, "recent-row", rows, (row, item) => {
    row.classList.toggle("is-gold", item.gold);
    row.style.setProperty("--hue", item.hue);
    numberInto(part(row, "[data-number]", HTMLElement), item.number);
    const counter = part(row, "[data-counter]", HTMLElement);
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
    const name = part(cell, "[data-name]", HTMLElement);
    name.classList.toggle("is-long", main.length > LONG_LABEL && layout.columns > FEW);
    setText(name, main);
    numberInto(part(cell, "[data-number]", HTMLElement), counter.number);
    setText(part(cell, "[data-state-words]", HTMLElement), counter.number ? "" : STATES[counter.state]);
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
    setText(part(cell, "[data-letter]", HTMLElement), queue.id);
    setText(part(cell, "[data-count]", HTMLElement), String(queue.waiting));
    // "Cư trú - Căn cước": the letter says which queue, the first words help to find it.
    setText(part(cell, "[data-name]", HTMLElement), queue.name.split(" - ")[0] ?? "");
  });
}
