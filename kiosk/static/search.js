/**
 * Finds procedures by what people say: every word weighs as much as it is rare, words of one meaning are one, and
 * what covers too little of what was said is not found at all. docs/search.md says how. Pure.
 */

import { isBare, isHeavy, OF_FIELD, partOf } from "./entries.js";
import { unitsOf, wordsOf } from "./meanings.js";
import { pieces, readingsOf } from "./spelling.js";

/** @typedef {import("./facts.js").Procedure} Procedure */
/** @typedef {import("./meanings.js").Unit} Unit */
/** @typedef {import("./entries.js").Index} Index */
/** @typedef {import("./entries.js").Entry} Entry */
/** @typedef {import("./entries.js").Saying} Saying */
/** @typedef {import("./spelling.js").Way} Way */

const BEST = 24;
const ENOUGH = 0.42; // points, see `pointsOf`: with less it does not fit
const NEAR = 0.45; // of the best one's points: what is further off is not shown
const SAID = 0.85; // of a saying, and all of it counts as said
const LIGHT = 0.25; // of a word that says little, in what was typed
const LOOSE = 0.35; // a syllable of a longer word, without its neighbour
const OTHER_MARKS = 0.45; // "vé" where it says "vẽ"
const BEGUN = 0.8; // the last word, still being typed
const COVERED = 0.35; // points for covering all that was said, the rest for a saying said whole
const VAGUE = 0.6; // where too little was said for a saying
const PLAINER = 0.1; // the longer the saying that was said whole
const FREQUENT = 0.05; // where most people come for it
const PLAINLY = 0.48; // what a saying must weigh to be found beside anything else
/** @type {readonly Way[]} */
const WAYS = [
  { begun: false, alike: false, slipped: false },
  { begun: true, alike: false, slipped: false },
  { begun: false, alike: true, slipped: false },
  { begun: false, alike: true, slipped: true },
];
const NATIONAL_CODE = /^\d\.\d{3,}/;

/** How much it weighs in what was typed. @param {Unit} unit @param {(key: string) => number} rarity */
function weightOf(unit, rarity) {
  if (unit.key === "") return 0;
  return unit.key.startsWith("!") ? 1 : rarity(unit.key) * partOf(unit, LIGHT);
}

/**
 * The procedures that fit, best first. Nothing typed: nothing found. Words are taken as they are written; only where
 * that says nothing whole, the last one as the beginning of one; then all as they sound; where that finds nothing, as slips.
 * @param {Index|null} index null: the hall is not known yet
 * @param {string[]} texts what was typed, the likeliest first: what the field shows, and the keys ("vía" was "visa")
 * @returns {Procedure[]}
 */
export function search(index, ...texts) {
  if (!index) return [];
  const [shown = ""] = texts;
  return [...new Set([...ofCode(index, shown), ...meant(index, [...new Set(texts)])])].slice(0, BEST);
}

/** @param {Index} index @param {string[]} texts */
function meant(index, texts) {
  /** @type {Procedure[]} */
  let vaguely = [];
  for (const way of WAYS) {
    if (way.slipped && vaguely.length > 0) break;
    const queries = texts.map((each) => queryOf(index, each, way));
    for (const query of queries) {
      const found = fitting(index, query);
      if (found[0]?.whole) return found.map(({ entry }) => entry.procedure);
      if (vaguely.length === 0) vaguely = found.map(({ entry }) => entry.procedure);
    }
    if (queries.some(({ elsewhere }) => elsewhere)) break;
  }
  return vaguely;
}

/**
 * One fits where it covers enough of what was said, or where one of its sayings was said whole; beside something that is
 * done elsewhere only the latter.
 * @param {Index} index @param {Query} query
 */
function fitting(index, query) {
  const found = index.entries
    .map((entry, place) => ({ entry, place, ...pointsOf(index, entry, query) }))
    .filter(({ points, whole }) => whole || (points >= ENOUGH && !query.elsewhere))
    .sort((a, b) => b.points - a.points || a.place - b.place);
  const near = (found[0]?.points ?? 0) * NEAR;
  return found.filter(({ points, whole }) => whole || points >= near);
}

/** By the code on a paper: "2.000815", "2.000815.000.00.00.H55", "HT01". @param {Index} index @param {string} typed */
function ofCode({ entries }, typed) {
  const asked = typed.trim().toUpperCase();
  const all = entries.map(({ procedure }) => procedure);
  if (!NATIONAL_CODE.test(asked)) return all.filter(({ code }) => code === asked);
  return all.filter(
    ({ national_code: code }) =>
      code !== "" && (code.toUpperCase().startsWith(asked) || asked.startsWith(code.toUpperCase())),
  );
}

/**
 * @typedef {object} Query
 * @property {Unit[]} units those that carry something; all where none does
 * @property {string[]} syllables in their order
 * @property {Map<string, number>} said what a saying may find of itself here, and how surely
 * @property {number} weight of all units
 * @property {boolean} elsewhere whether something is done elsewhere
 * @property {string} begun the last syllable, where it may go on; else ""
 * @property {boolean} vague whether it says too little for a saying: a single syllable, or nothing of weight
 */

/** @param {Index} index @param {string} typed @param {Way} way @returns {Query} */
function queryOf({ meanings, spelling, rarity }, typed, way) {
  const words = wordsOf(typed).flatMap(({ word, marked }) => {
    const cut = pieces(spelling, word);
    return cut.map((each) => ({ word: each, marked: cut.length > 1 ? "" : marked }));
  });
  const begun = way.begun && !/\s$/.test(typed) ? (words.at(-1)?.word ?? "") : "";
  const read = words.map(({ word, marked }, at) => {
    const last = begun !== "" && at === words.length - 1;
    return {
      marked,
      // Who has put the marks on has looked at the word.
      readings: readingsOf(spelling, word, { ...way, begun: last, slipped: way.slipped && marked === "" }),
      begun: last ? begun : "",
    };
  });
  const all = unitsOf(meanings, read);
  const carrying = all.filter(({ key }) => key !== "");
  const units =
    carrying.length > 0
      ? carrying
      : all.flatMap(({ syllables }) =>
          syllables.map((key) => ({ key, syllables: [key], marked: "", quality: 1, length: 1 })),
        );
  /** @type {Map<string, number>} */
  const said = new Map();
  for (const { key, syllables, quality } of all)
    for (const each of /^[#!]/.test(key) ? [key] : key ? [key, ...syllables] : syllables)
      said.set(each, Math.max(quality, said.get(each) ?? 0));
  return {
    units,
    syllables: all.flatMap(({ syllables }) => syllables),
    said,
    weight: units.reduce((sum, each) => sum + weightOf(each, rarity), 0),
    elsewhere: all.some(({ key }) => key.startsWith("!")),
    begun,
    vague: !units.some(isHeavy) || (units.length === 1 && isBare(units[0])),
  };
}

/**
 * @param {Index} index @param {Entry} entry @param {Query} query
 * @returns {{points: number, whole: boolean}}
 */
function pointsOf({ rarity }, entry, query) {
  let covered = 0;
  for (const unit of query.units) covered += weightOf(unit, rarity) * creditOf(entry, query, unit);
  covered /= query.weight || 1;
  let [best, whole, plainly] = [0, false, 0];
  for (const saying of entry.sayings) {
    const { weight, surely } = saidOf(saying, query);
    const all = weight >= SAID * saying.weight;
    if (all) plainly = Math.max(plainly, surely * saying.factor);
    whole ||= all && saying.heavy && saying.factor > OF_FIELD && weight >= PLAINLY;
    if (all || !query.vague) best = Math.max(best, (surely / saying.weight) * saying.factor);
  }
  const least = query.vague ? VAGUE : COVERED;
  const points =
    covered * (least + (1 - least) * best + PLAINER * Math.min(plainly, 2)) +
    (entry.procedure.frequent ? FREQUENT : 0);
  return { points: covered > 0 ? points : 0, whole: whole && covered > 0 };
}

/**
 * How much of a saying was said, and `surely` where guesses count for less.
 * @param {Saying} saying @param {Query} query
 */
function saidOf({ parts }, { said }) {
  let [weight, surely] = [0, 0];
  for (const [key, each] of parts) {
    const sure = said.get(key) ?? 0;
    if (sure > 0) weight += each;
    surely += each * sure;
  }
  return { weight, surely };
}

/**
 * How well an entry says a unit, from 0 to 1.
 * @param {Entry} entry @param {Query} query @param {Unit} unit
 */
function creditOf(entry, query, unit) {
  const { key, quality } = unit;
  if (!isBare(unit)) return quality * (entry.units.get(key) ?? 0);
  const at = query.syllables.indexOf(key);
  const [before, after] = [query.syllables[at - 1], query.syllables[at + 1]];
  const here = entry.syllables.get(key) ?? 0;
  if (here > 0) {
    const near = Math.max(entry.pairs.get(`${before} ${key}`) ?? 0, entry.pairs.get(`${key} ${after}`) ?? 0);
    const whole = entry.alone.has(key) || query.syllables.length === 1 ? here : near;
    const alike = unit.marked === "" || entry.marked.has(unit.marked) ? 1 : OTHER_MARKS;
    return quality * alike * Math.max(whole, LOOSE * here);
  }
  if (key !== query.begun || key === "") return 0;
  const begins = (/** @type {string} */ text) => (/** @type {string} */ each) => each.startsWith(text);
  if ([...entry.pairs.keys()].some(begins(`${before} ${key}`))) return BEGUN;
  return [...entry.syllables.keys()].some(begins(key)) ? BEGUN * (query.vague ? 1 : LOOSE) : 0;
}
