/** What a hall is, as GET /api/v1/halls/{hall} tells it, and what a kiosk asks of it. Pure. */

import { called, FIRST, ownOf } from "/static/web/words.js";

/** @typedef {import("/static/web/words.js").Language} Language */
/** @typedef {import("snapshots").Procedure} Procedure */
/** @typedef {import("snapshots").HallFacts} Facts */
/** @typedef {import("snapshots").Offer} Snapshot the hall now */

/** How many of the field that is listed first, the busiest, are tiles of the start screen; of the next; ... */
const FIRST_TILES = [2, 1, 1];

/**
 * The procedures which most people come for: one touch from the start screen.
 * @param {Facts} facts
 * @param {string} result the code that has a button of its own
 * @returns {Procedure[]}
 */
export function startProcedures(facts, result) {
  const busy = facts.fields.map((field) =>
    facts.procedures.filter((each) => each.field === field.code && each.frequent && each.code !== result),
  );
  return busy
    .filter((each) => each.length > 0)
    .flatMap((each, place) => each.slice(0, FIRST_TILES[place] ?? 0));
}

/**
 * The procedures of a field, those most people come for first.
 * @param {Facts} facts
 * @param {string} field
 */
export function proceduresOf(facts, field) {
  const here = facts.procedures.filter((each) => each.field === field);
  return [...here.filter((each) => each.frequent), ...here.filter((each) => !each.frequent)];
}

/**
 * What people come for, in their words; none in a language that has none.
 * @param {import("snapshots").Field} field @param {Language} language
 */
export function examplesOf(field, language) {
  const said = called(field, "examples", language);
  const together = said.text.split(", ").map((each) => each.replaceAll(" ", "\u00a0")); // a line ends with a comma
  return said.lang === language ? together.join(", ") : "";
}

/**
 * What stands on a field's tile: its name, without the examples in brackets that stand below it; the name of its queue where that is its own and shorter.
 * @param {Facts} facts
 * @param {import("snapshots").Field} field
 * @param {Language} language
 */
export function tileName(facts, field, language) {
  const queue = facts.queues.find((each) => each.id === field.queue);
  const alone = facts.fields.filter((each) => each.queue === field.queue).length === 1;
  const [mine, its] = [called(field, "name", language), called(queue ?? {}, "name", language)];
  const bare = field.examples ? mine.text.replace(/\s*\([^()]*\)$/, "") : mine.text;
  const shorter = alone && its.lang === mine.lang && its.text && its.text.length < bare.length;
  const name = shorter ? its.text : bare;
  return name.replaceAll(" - ", "\u00a0- "); // a line never begins with the hyphen
}

/**
 * Name, papers, fee and time in the reader's language; Vietnamese where the catalogue has none, and `lang` says so.
 * @param {Procedure} procedure
 * @param {Language} language
 */
export function spelled(procedure, language) {
  const name = called(procedure, "name", language);
  const papers = ownOf(procedure, "papers", language);
  return {
    name,
    short: called(procedure, "short", language),
    papers:
      Array.isArray(papers) && papers.length === procedure.papers.length
        ? { list: /** @type {string[]} */ (papers), lang: language }
        : { list: procedure.papers, lang: FIRST },
    fee: called(procedure, "fee", language),
    time: called(procedure, "time", language),
  };
}
