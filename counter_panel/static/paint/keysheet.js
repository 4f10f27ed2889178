/** The sheet of keys behind "?". */

import { box, each, setText } from "/static/web/dom.js";

/** @type {readonly (readonly [word: string, board: string, pad: string])[]} */
const ROWS = [
  ["keys_main", "{space} · F2", "Enter"],
  ["keys_outcome", "1 … 7", "1 … 7"],
  ["keys_finish", "Enter", "0"],
  ["start", "S", "Enter"],
  ["recall", "R", "+"],
  ["no_show", "Delete", "−"],
  ["hold", "H", "*"],
  ["transfer", "T", "/"],
  ["call", "C", "."],
  ["pause", "P", "9"],
  ["priority_change_short", "U", ""],
  ["keys_dossier", "D", ""],
  ["reprint", "I", ""],
  ["cancel", "X", ""],
  ["keys", "? · F1", ""],
  ["keys_dialog", "1 … 9 · Enter · Esc", "1 … 9 · Enter · ."],
];

/** @param {HTMLElement} dialog @param {import("../model/names.js").Names} names */
export function paintKeys(dialog, names) {
  each(
    box(dialog, "[data-key-rows]"),
    "key-row",
    ROWS,
    (row, [word, board, pad]) => {
      setText(box(row, "[data-what]"), names.say(word));
      setText(box(row, "[data-board]"), board.replace("{space}", names.say("key_space")));
      setText(box(row, "[data-pad]"), pad);
    },
    ([word]) => word,
  );
}
