/** What the procedures of a hall are known by: the words of their names, of their fields, and of what people say. Pure. */

import { ACT, meaningsOf, unitsOf, wordsOf } from "./meanings.js";
import { spellingOf } from "./spelling.js";

/** @typedef {import("./facts.js").Procedure} Procedure */
/** @typedef {import("./meanings.js").Unit} Unit */
/** A name or what people say instead: how much each of its units weighs. @typedef {{parts: Map<string, number>, weight: number, factor: number, heavy: boolean}} Saying */
/**
 * @typedef {object} Entry
 * @property {Procedure} procedure
 * @property {Map<string, number>} units how well each is said here: 1 in its names, less in that of its field
 * @property {Map<string, number>} syllables likewise
 * @property {Map<string, number>} pairs of neighbours, likewise
 * @property {Set<string>} alone syllables that are words by themselves here
 * @property {Set<string>} marked syllables with their marks
 * @property {Saying[]} sayings
 */
/** @typedef {{entries: Entry[], meanings: import("./meanings.js").Meanings, spelling: import("./spelling.js").Spelling, rarity: (key: string) => number}} Index */

const LIGHT_HERE = 0.1; // of a word that says little, in a saying
const EMPTY_HERE = 0.3; // of one that says nothing
const ACTS = 0.6; // of what is done with a thing
const UNKNOWN = 0.7; // of what no procedure has
export const OF_FIELD = 0.7;
const OF_PART = 0.85; // between two commas of a name

/**
 * @param {{procedures: readonly Procedure[], fields: readonly {code: string, name: string}[]}} hall
 * @param {import("./meanings.js").Lists} lists
 * @returns {Index}
 */
export function indexOf({ procedures, fields }, lists) {
  const meanings = meaningsOf(
    lists,
    procedures.flatMap((each) => [...partsOf(each), ...each.words]),
  );
  const read = (/** @type {string} */ text) => unitsOf(meanings, wordsOf(text).map(sure));
  const hall = procedures.map((procedure) => ({
    procedure,
    own: [...namesOf(procedure).map(read).filter(isSaying), ...procedure.words.map(read)],
    parts: partsOf(procedure).map(read).filter(isSaying),
    field: read(fields.find(({ code }) => code === procedure.field)?.name ?? ""),
  }));
  /** @type {Map<string, number>} */
  const spread = new Map();
  for (const { own } of hall)
    for (const key of new Set(own.flat().flatMap(keysOf))) spread.set(key, (spread.get(key) ?? 0) + 1);
  const rarity = (/** @type {string} */ key) => {
    const times = spread.get(key);
    return times ? Math.log(1 + hall.length / times) / Math.log(1 + hall.length) : UNKNOWN;
  };
  const phrases = [...meanings.phrases.values()].flat().map(({ syllables }) => syllables);
  const texts = hall.flatMap(({ own }) => own.map((units) => units.flatMap(({ syllables }) => syllables)));
  const spelling = spellingOf([...phrases, ...texts]);
  return { entries: hall.map((each) => entryOf(each, rarity)), meanings, spelling, rarity };
}

/** @param {Procedure} procedure */
function namesOf({ name, short, name_en }) {
  return [...new Set([name, short, name_en])];
}

/** What stands between two commas of a name. @param {Procedure} procedure */
function partsOf(procedure) {
  return namesOf(procedure).flatMap((name) => name.split(/[,;:()/]/));
}

/** Whether it says what something is: "cấp mới" does not. @param {Unit[]} units */
function isSaying(units) {
  return units.some(isHeavy);
}

/** @param {{word: string, marked: string}} said @returns {import("./meanings.js").Syllable} */
function sure({ word, marked }) {
  return { marked, readings: new Map([[word, 1]]), begun: "" };
}

/** What a unit is known by: itself, and where it is a whole word its syllables. @param {Unit} unit */
function keysOf({ key, syllables }) {
  return [...new Set([...(key ? [key] : []), ...syllables])];
}

/**
 * @param {{procedure: Procedure, own: Unit[][], parts: Unit[][], field: Unit[]}} told @param {(key: string) => number} rarity
 * @returns {Entry}
 */
function entryOf({ procedure, own, parts, field }, rarity) {
  const said = [...own, field];
  return {
    procedure,
    units: told(field, own, (units) => units.flatMap(({ key }) => (key ? [key] : []))),
    syllables: told(field, own, (units) => units.flatMap(({ syllables }) => syllables)),
    pairs: told(field, own, pairsOf),
    alone: new Set(said.flatMap(alone)),
    marked: new Set(said.flat().map(({ marked }) => marked)),
    sayings: [
      ...own.map((each) => sayingOf(each, 1, rarity)),
      ...parts.map((each) => sayingOf(each, OF_PART, rarity)),
      sayingOf(field, OF_FIELD, rarity),
    ].filter(({ weight }) => weight > 0),
  };
}

/**
 * How well each thing is said: in the name of the field less than in its own.
 * @param {Unit[]} field @param {Unit[][]} own @param {(units: Unit[]) => string[]} thingsOf
 */
function told(field, own, thingsOf) {
  /** @type {Map<string, number>} */
  const said = new Map();
  for (const each of thingsOf(field)) said.set(each, OF_FIELD);
  for (const each of own.flatMap(thingsOf)) said.set(each, 1);
  return said;
}

/** Each syllable with the next. @param {Unit[]} units */
function pairsOf(units) {
  const syllables = units.flatMap((each) => each.syllables);
  return syllables.slice(1).map((each, at) => `${syllables[at]} ${each}`);
}

/** Syllables that have no neighbour of their kind. @param {Unit[]} units */
function alone(units) {
  return units
    .filter((each, at) => isBare(each) && !isBare(units[at - 1]) && !isBare(units[at + 1]))
    .map(({ key }) => key);
}

/** @param {Unit|undefined} unit */
export function isBare(unit) {
  return unit !== undefined && /^[a-z0-9]/.test(unit.key);
}

/** @param {Unit[]} units @param {number} factor @param {(key: string) => number} rarity @returns {Saying} */
function sayingOf(units, factor, rarity) {
  /** @type {Map<string, number>} */
  const parts = new Map();
  for (const unit of units)
    for (const key of unit.key ? [unit.key] : unit.syllables)
      parts.set(key, rarity(key) * (unit.key ? partOf(unit, LIGHT_HERE) : EMPTY_HERE));
  const weight = [...parts.values()].reduce((sum, each) => sum + each, 0);
  return { parts, weight, factor, heavy: units.some(isHeavy) };
}

/** Whether it says what a thing is, not only what is done with it. @param {Unit} unit */
export function isHeavy({ key }) {
  return key !== "" && !key.startsWith("~") && !key.startsWith(ACT);
}

/** @param {Unit} unit @param {number} light */
export function partOf({ key }, light) {
  return key.startsWith("~") ? light : key.startsWith(ACT) ? ACTS : 1;
}
