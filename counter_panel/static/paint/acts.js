/** The buttons of what can be done: made from the table of acts, then dimmed, counted and named. */

import { box, each, setAttribute, setText } from "/static/web/dom.js";
import { actsOnWaiting, mainAct, ROWS, rowOf, whyNot } from "../model/acts.js";
import { labelsOf } from "../model/keys.js";
import { coolingSeconds, undoOf } from "../model/situation.js";

/** @typedef {import("./desk.js").Desk} Desk */
/** @typedef {import("../model/acts.js").Act} Act */

/** Makes the buttons; their words come with the language. @param {ParentNode} page */
export function makeButtons(page) {
  const at = (/** @type {(string|undefined)[]} */ ...places) =>
    ROWS.filter(([, { button }]) => button && places.includes(button)).map(([act]) => act);
  each(box(page, "[data-acts]"), "act-button", at("side", "low"), (button, act) => {
    makeButton(button, act);
    button.classList.toggle("act-low", rowOf(act).button === "low");
    const more = box(button, ".act-more");
    if (rowOf(act).counted) more.dataset.recallMore = "";
    else more.remove();
  });
  each(box(page, "[data-head-buttons]"), "head-act", at("head"), makeButton);
  each(box(page, "[data-number-acts]"), "number-act", actsOnWaiting(), (button, act) => {
    button.dataset.numberAct = act;
    button.dataset.word = rowOf(act).waiting;
  });
}

/** @param {HTMLElement} button @param {Act} act */
function makeButton(button, act) {
  button.dataset.do = act;
  box(button, "[data-act-name]").dataset.word = act;
  const key = box(button, "kbd");
  const [label] = labelsOf(act).board;
  setText(key, label ?? "");
  key.hidden = label === undefined;
}

/** @param {HTMLElement} root @param {Desk} desk */
export function paintActs(root, desk) {
  const { names, snapshot, now, running } = desk;
  const main = box(root, "[data-main]");
  const act = mainAct(desk.phase);
  const words = mainWords(desk);
  setText(box(main, "[data-main-words]"), words.words);
  setText(box(main, "[data-main-more]"), words.more);
  setText(box(main, "[data-main-key]"), names.say(rowOf(act).space ?? "key_space"));
  able(main, act, desk);
  setAttribute(main, "aria-busy", running ? "true" : null);
  main.classList.toggle("is-dim", main.getAttribute("aria-disabled") !== null);
  if (desk.settling) setAttribute(main, "aria-disabled", "true");
  for (const button of root.querySelectorAll("[data-do]")) {
    if (!(button instanceof HTMLElement) || button.dataset.do === "keys") continue;
    able(button, /** @type {Act} */ (button.dataset.do), desk);
    setAttribute(button, "aria-busy", running?.name === button.dataset.do ? "true" : null);
  }
  const cooling = desk.phase === "called" && snapshot.ticket ? coolingSeconds(snapshot.ticket, now) : 0;
  const left = desk.phase === "called" ? snapshot.ticket?.recalls_left : undefined;
  const wait = cooling > 0 ? names.say("recall_cooling", { seconds: cooling }) : null;
  const more = left === undefined ? "" : (wait ?? names.say("recall_left", { count: left }));
  setText(box(root, "[data-recall-more]"), left === 0 ? names.say("recall_left", { count: 0 }) : more);
}

/** What can be taken back, and for how long. @param {HTMLElement} root @param {Desk} desk */
export function paintUndo(root, { names, snapshot, phase, now }) {
  const button = box(root, "[data-undo]");
  const undo = phase === "taken" ? null : undoOf(snapshot, now);
  button.hidden = undo === null;
  if (!undo) return;
  const { number, seconds } = undo;
  const what = names.say(`undo_${undo.verb}`, { number });
  setText(box(button, "[data-undo-what]"), what);
  setText(box(button, "[data-undo-number]"), number);
  setAttribute(button, "aria-label", `${names.say("undo")}: ${what} (Z)`);
  setText(box(button, "[data-undo-seconds]"), names.say("undo_seconds", { seconds }));
}

/** Dimmed, and pressed all the same it says why. @param {HTMLElement} button @param {Act} act @param {Desk} desk */
function able(button, act, desk) {
  const why = whyNot(act, desk);
  setAttribute(button, "aria-disabled", why === null ? null : "true");
  setAttribute(button, "title", why === null || why === "cooling" ? null : desk.names.say(`why_${why}`));
}

/** @param {Desk} desk */
function mainWords({ names, phase, snapshot, outcome, running }) {
  const coming = snapshot.next?.number;
  if (running) return { words: names.say("busy"), more: "" };
  const act = mainAct(phase);
  const { hint } = rowOf(act);
  switch (act) {
    case "next":
      return {
        words: coming ? names.say("next_number", { number: coming }) : names.say("next_none"),
        more: "",
      };
    case "finish_next":
      return {
        words: names.say(coming ? "finish_next" : "finish_last"),
        more: outcome
          ? names.say(`outcome_${outcome}`)
          : names.say("outcome_needed", { count: names.outcomes.length }),
      };
    default:
      return { words: names.say(act), more: hint ? names.say(hint) : "" };
  }
}
