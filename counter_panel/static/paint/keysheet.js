/** The sheet of keys behind "?". */

import { box, each, setText } from "/static/web/dom.js";
import { ROWS } from "../model/acts.js";
import { labelsOf } from "../model/keys.js";

/** @typedef {{word: string, board: string[], pad: string[]}} SheetRow */

const DIALOG = {
  word: "keys_dialog",
  board: ["1 … 9", "Enter", "Esc"],
  pad: ["1 … 9", "Enter", "."],
};

/** @param {import("../model/names.js").Names} names @returns {SheetRow[]} */
function sheet({ outcomes, facts }) {
  const digits = `1 … ${outcomes.length}`;
  const main = labelsOf("main");
  const acts = ROWS.filter(([, { keys }]) => keys).map(([act, row]) => {
    const { board, pad } = labelsOf(act);
    return { word: row.sheet ?? act, board, pad: row.main && pad.length === 0 ? main.pad : pad };
  });
  const withCitizen = acts.findIndex(({ word }) => word === "reprint");
  return [
    { word: "keys_main", ...main },
    { word: "keys_outcome", board: [digits], pad: [digits] },
    ...acts.slice(0, withCitizen),
    ...(facts.dossiers ? [{ word: "keys_dossier", ...labelsOf("dossier") }] : []),
    ...acts.slice(withCitizen),
    { word: "keys", ...labelsOf("keys") },
    DIALOG,
  ];
}

/** @param {HTMLElement} dialog @param {import("../model/names.js").Names} names */
export function paintKeys(dialog, names) {
  each(box(dialog, "[data-key-rows]"), "key-row", sheet(names), (row, { word, board, pad }) => {
    setText(box(row, "[data-what]"), names.say(word));
    const said = board.map((label) => (label === "Space" ? names.say("key_space") : label));
    setText(box(row, "[data-board]"), said.join(" · "));
    setText(box(row, "[data-pad]"), pad.join(" · "));
  });
}
