/** Rows of a dialog of which one is chosen. */

import { box, each, part, setText } from "/static/web/dom.js";

/** @typedef {{value: string, words: string, more?: string, closed?: boolean}} Option `closed`: not to be chosen */

/**
 * @param {HTMLElement} list
 * @param {string} group the radios' name
 * @param {readonly Option[]} options
 * @param {{chosen?: string|null, digits?: boolean}} [how]
 */
export function paintOptions(list, group, options, { chosen = null, digits = false } = {}) {
  each(
    list,
    "option",
    options,
    (item, option, place) => {
      const radio = part(item, "input", HTMLInputElement);
      radio.name = group;
      radio.value = option.value;
      radio.checked = option.value === chosen;
      radio.disabled = option.closed ?? false;
      setText(box(item, "[data-digit]"), digits && place < 9 ? String(place + 1) : "");
      setText(box(item, "[data-words]"), option.words);
      setText(box(item, "[data-more]"), option.more ?? "");
    },
    (option) => option.value,
  );
}

/** The value chosen in a group of this dialog; null: none. @param {ParentNode} root @param {string} group */
export function chosenOf(root, group) {
  const radio = root.querySelector(`input[type="radio"][name="${group}"]:checked`);
  return radio instanceof HTMLInputElement ? radio.value : null;
}

/** @param {ParentNode} root @param {string} group @param {string} value */
export function choose(root, group, value) {
  for (const radio of root.querySelectorAll(`input[type="radio"][name="${group}"]`))
    if (radio instanceof HTMLInputElement) radio.checked = radio.value === value;
}

/** The text of an input of this dialog, without blanks around. @param {ParentNode} root @param {string} name */
export function written(root, name) {
  return field(root, name).value.trim().normalize("NFC");
}

/** @param {ParentNode} root @param {string} name */
export function field(root, name) {
  return part(root, `input[name="${name}"]`, HTMLInputElement);
}
