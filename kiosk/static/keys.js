/** The on-screen keyboard: large letters, no marks to look for. */

import { FIRST } from "/static/web/words.js";
import { retyped, telex } from "./typing.js";

const ROWS = ["qwertyuiop", "asdfghjkl", "zxcvbnm"];

/** @typedef {(typed: string, seen: string, show: (keys: string) => string) => string} Edit the keys so far, what they show, and how */

/** @param {HTMLElement} board @param {(edit: Edit) => void} onKey */
function makeKeys(board, onKey) {
  for (const letters of ROWS) {
    const row = board.appendChild(document.createElement("div"));
    row.className = "keys-row";
    for (const letter of letters) {
      const key = row.appendChild(keyOf("key"));
      key.textContent = letter.toUpperCase();
      key.addEventListener("click", () => onKey((typed) => typed + letter));
    }
  }
  const erase = board.lastElementChild?.appendChild(keyOf("key key-wide"));
  const last = board.appendChild(document.createElement("div"));
  last.className = "keys-row";
  const eraseAll = last.appendChild(keyOf("key key-wide"));
  const space = last.appendChild(keyOf("key key-space"));
  named(erase, "erase").addEventListener("click", () =>
    onKey((typed, seen, show) => retyped(typed, seen, seen.slice(0, -1), show)),
  );
  named(eraseAll, "erase_all").addEventListener("click", () => onKey(() => ""));
  named(space, "space").addEventListener("click", () => onKey((typed) => (typed ? `${typed} ` : "")));
}

/** @param {string} style */
function keyOf(style) {
  const key = document.createElement("button");
  key.type = "button";
  key.className = style;
  return key;
}

/** @param {HTMLElement|undefined} key @param {string} word */
function named(key, word) {
  if (!key) throw new Error("the keyboard has no rows");
  key.dataset.word = word;
  return key;
}

/** What the field shows for the keys touched. @param {string} typed @param {import("./facts.js").Language} language */
export function shown(typed, language) {
  return language === FIRST ? telex(typed) : typed;
}

/**
 * The keys on the screen and a keyboard of the machine write into one field. While a program of the latter puts
 * letters together, a Vietnamese input method, the field is left to it.
 * @param {HTMLElement} board @param {HTMLInputElement} field
 * @param {(edit: Edit) => void} onKey
 */
export function takeTyping(board, field, onKey) {
  const read = () => onKey((typed, seen, show) => retyped(typed, seen, field.value, show));
  makeKeys(board, onKey);
  field.addEventListener("input", read);
  field.addEventListener("compositionstart", () => field.toggleAttribute("data-composing", true));
  field.addEventListener("compositionend", () => {
    field.toggleAttribute("data-composing", false);
    read();
  });
}
