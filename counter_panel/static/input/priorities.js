/** Of which group of priority a citizen is; none is one of the answers. */

import { chosenOf, paintOptions } from "../paint/options.js";

const NONE = "none";

/**
 * @param {HTMLElement} list @param {import("../model/names.js").Names} names
 * @param {{chosen?: string|null, digits?: boolean}} [how] `chosen`: a code
 */
export function askPriority(list, names, { chosen = null, digits = false } = {}) {
  const groups = names.facts.priorities.map(({ code, ground }) => ({
    value: code,
    words: names.priority(code),
    more: ground ? names.say("ground", { ground }) : "",
  }));
  const options = [{ value: NONE, words: names.say("priority_none") }, ...groups];
  paintOptions(list, "priority", options, { chosen: chosen ?? NONE, digits });
}

/** The code; null: none. @param {HTMLDialogElement} dialog */
export function priorityOf(dialog) {
  const chosen = chosenOf(dialog, "priority") ?? NONE;
  return chosen === NONE ? null : chosen;
}
