// What the kiosk's search finds: {facts, lists, said: [text, ..]} on standard input, a list of codes for each text out.
import { readFileSync } from "node:fs";
import { indexOf } from "../../kiosk/static/entries.js";
import { search } from "../../kiosk/static/search.js";
import { telex } from "../../kiosk/static/typing.js";

const { facts, lists, said } = JSON.parse(readFileSync(0, "utf8"));
const index = indexOf(facts, lists);

/** As the page asks: what the field shows, and the keys themselves. @param {string} typed */
function found(typed) {
  return search(index, telex(typed), typed);
}

console.log(JSON.stringify(said.map((/** @type {string} */ typed) => found(typed).map(({ code }) => code))));
