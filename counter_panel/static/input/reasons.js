/** The reasons a dialog offers. None is chosen beforehand: what is kept of a citizen was somebody's choice. */

import { box } from "/static/web/dom.js";
import { chosenOf, field, paintOptions, written } from "../paint/options.js";

/** @typedef {import("../model/names.js").Names} Names */
/** @typedef {import("./questions.js").Lack} Lack */

const OTHER = "other";
const REASONS = {
  pause: ["meeting", "signing", "short_break", "lunch", "system", OTHER],
  hold: ["papers", "copies", "form", "fee", "other_office", OTHER],
  choice: ["back_with_papers", "frail", "urgent", "supervisor", OTHER],
  cancel: ["went_away", "asked", "twice", "not_here", OTHER],
};

/** @param {HTMLElement} dialog @param {Names} names @param {keyof typeof REASONS} kind @param {string} [list] */
export function askReason(dialog, names, kind, list = "[data-options]") {
  const options = REASONS[kind].map((value) => ({ value, words: names.say(`${kind}_${value}`) }));
  paintOptions(box(dialog, list), "reason", options, { digits: true });
  field(dialog, "other").value = "";
  showOther(dialog);
}

/**
 * The code of the reason, with the officer's own words for one that has none; or what is missing.
 * @param {HTMLElement} dialog
 * @param {Names} names
 * @param {keyof typeof REASONS} kind
 * @returns {{reason: string, note?: string}|Lack}
 */
export function reasonOf(dialog, names, kind) {
  const chosen = chosenOf(dialog, "reason");
  const count = REASONS[kind].length;
  if (chosen === null) return { error: names.say("reason_choose", { count }), among: "reason" };
  if (chosen !== OTHER) return { reason: chosen };
  const note = written(dialog, "other");
  return note === "" ? { error: names.say("reason_needed"), among: "other" } : { reason: OTHER, note };
}

/** @param {HTMLElement} dialog */
export function showOther(dialog) {
  box(dialog, "[data-other]").hidden = chosenOf(dialog, "reason") !== OTHER;
}
