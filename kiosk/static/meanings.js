/**
 * What words mean: families of one meaning, words that weigh little or nothing, and what is done elsewhere, as
 * `languages/LANGUAGE/search.json` lists them. Pure.
 */

import { plain } from "/static/web/plain.js";

/**
 * A stretch of a text with one meaning. `key`: "#death" of a family, "~giai to" of little weight, "!li hon" of
 * something done elsewhere, "" of none, else the syllable itself, then `marked` as it was typed. `length`: the syllables
 * it takes up, with those between them that say nothing ("bố tôi mất").
 * @typedef {{key: string, syllables: string[], marked: string, quality: number, length: number}} Unit
 */
/** @typedef {{syllables: string[], marked: string[], key: string, rank: number}} Phrase */
/** @typedef {Readonly<Record<string, Readonly<Record<string, string>>>>} Lists by language and family */
/** @typedef {{phrases: Map<string, Phrase[]>, empty: Set<string>}} Meanings by the first syllable, the longest first; words that say nothing */
/**
 * A syllable as it was typed: with its marks, "" where it has none or where it was cut out of a longer word, and the
 * ways to read it, each with how sure it is. `begun`: it may go on, as the last one that is typed.
 * @typedef {{marked: string, readings: Map<string, number>, begun: string}} Syllable
 */

const ELSEWHERE = "!";
/** Lists that are no families, and the signs of their keys, the lightest first. */
const SIGNS = new Map([
  ["empty", ""],
  ["light", "~"],
  ["elsewhere", ELSEWHERE],
]);
/** A family of what is done with a thing: "act_lost". Alone it says little. */
export const ACT = "#act_";
const FAMILY = SIGNS.size;
const OTHER_MARKS = 0.9;
const BEGUN = 0.9;
const BETWEEN = 2; // words that say nothing, inside a phrase
const TYPED = 0.95; // keys of Telex or VNI that nobody turned into letters are no guess
/** Of two ways to read the same words, by the sign of the unit. @type {Readonly<Record<string, number>>} */
const PREFERRED = { "!": 0.03, "#": 0.01 };
const TONE = /[\u0300\u0301\u0303\u0309\u0323]/;

/** y as i where both are written: "ký" and "kí", "quý" and "quí". */
const Y = /(^|[bcdghklmnpqrstvxz]|qu)y(?=[\u0300-\u036f]*(?:\P{L}|$))/gu;

/** Without accents, y as i where both are written, signs as spaces. @param {string} text */
export function spelt(text) {
  return plain(text)
    .replace(Y, "$1i")
    .replace(/[^a-z0-9]+/g, " ")
    .trim();
}

/**
 * The words of a text, each without its marks and with them: "Hòa" is "hoa" and "hoa\u0300".
 * @param {string} text
 */
export function wordsOf(text) {
  const words =
    text
      .normalize("NFC")
      .toLowerCase()
      .match(/[\p{L}\p{N}]+/gu) ?? [];
  return words
    .map((word) => ({ word: spelt(word), marked: marksOf(word) }))
    .filter(({ word }) => word !== "");
}

/** With its hats, and its tone at the end wherever it is written; "" where it has no marks. @param {string} word NFC, small */
function marksOf(word) {
  const apart = word.normalize("NFD").replace(Y, "$1i");
  const tone = TONE.exec(apart)?.[0] ?? "";
  const marked = apart.replace(TONE, "").normalize("NFC") + tone;
  return marked === spelt(word) ? "" : marked;
}

/**
 * @param {Lists} lists
 * @param {readonly string[]} [done] what the hall does: with what one of these begins is not done elsewhere
 * @returns {Meanings}
 */
export function meaningsOf(lists, done = []) {
  const here = new Set(
    done.map(wordsOf).flatMap((words) => words.map((_, at) => toldOf(words.slice(0, at + 1)))),
  );
  /** @type {Map<string, Phrase[]>} */
  const meanings = new Map();
  for (const [family, texts] of Object.values(lists).flatMap((each) => Object.entries(each))) {
    const rank = [...SIGNS.keys()].indexOf(family);
    for (const words of texts
      .split(",")
      .map(wordsOf)
      .filter((each) => each.length > 0)) {
      const [syllables, marked] = [words.map(({ word }) => word), words.map((each) => each.marked)];
      const sign = SIGNS.get(family) ?? "";
      const key = rank < 0 ? `#${family}` : sign && sign + syllables.join(" ");
      const phrase = { syllables, marked, key, rank: rank < 0 ? FAMILY : rank };
      if (sign === ELSEWHERE && here.has(toldOf(words))) continue;
      meanings.set(syllables[0] ?? "", [...(meanings.get(syllables[0] ?? "") ?? []), phrase]);
    }
  }
  for (const phrases of meanings.values()) phrases.sort(byWorth);
  const nothing = [...meanings.values()]
    .flat()
    .filter(({ key, syllables }) => key === "" && syllables.length === 1);
  const empty = new Set(nothing.flatMap(({ syllables }) => syllables));
  return { phrases: meanings, empty };
}

/** With its marks. @param {{word: string, marked: string}[]} words */
function toldOf(words) {
  return words.map(({ word, marked }) => marked || word).join(" ");
}

/**
 * The longest first; of those written alike without marks what has a meaning, but "để" before "đẻ".
 * @param {Phrase} one @param {Phrase} other
 */
function byWorth(one, other) {
  const length = other.syllables.length - one.syllables.length;
  if (length !== 0 || one.rank === other.rank) return length;
  const nothing =
    one.syllables.length === 1 &&
    Math.min(one.rank, other.rank) === 0 &&
    Math.max(one.rank, other.rank) === FAMILY;
  return nothing ? one.rank - other.rank : other.rank - one.rank;
}

/**
 * Cuts a text into units, so that they are as long as can be: "nhận con nuôi" is about "con nuôi". A phrase of which no
 * syllable is as it was typed is none.
 * @param {Meanings} meanings
 * @param {readonly Syllable[]} typed
 * @returns {Unit[]}
 */
export function unitsOf(meanings, typed) {
  /** @type {{units: Unit[], worth: number}[]} the best way to read what stands from each place on */
  const ways = [];
  ways[typed.length] = { units: [], worth: 0 };
  for (let at = typed.length - 1; at >= 0; at -= 1) {
    for (const unit of [...phrasesAt(meanings, typed, at), alone(typed[at])]) {
      const rest = ways[at + unit.length] ?? { units: [], worth: 0 };
      const worth =
        rest.worth + unit.syllables.length ** 2 * unit.quality + (PREFERRED[unit.key[0] ?? ""] ?? 0);
      if (worth > (ways[at]?.worth ?? -1)) ways[at] = { units: [unit, ...rest.units], worth };
    }
  }
  return ways[0]?.units ?? [];
}

/** @param {Syllable|undefined} syllable @returns {Unit} */
function alone(syllable) {
  const [first, quality] = [...(syllable?.readings ?? [])][0] ?? ["", 1];
  return { key: first, syllables: [first], marked: syllable?.marked ?? "", quality, length: 1 };
}

/**
 * Of each length the phrase that fits best.
 * @param {Meanings} meanings @param {readonly Syllable[]} typed @param {number} at
 * @returns {Unit[]}
 */
function phrasesAt({ phrases, empty }, typed, at) {
  /** @type {Map<number, Unit>} */
  const found = new Map();
  for (const first of typed[at]?.readings.keys() ?? [])
    for (const phrase of phrases.get(first) ?? []) {
      const { key, syllables } = phrase;
      const here = placed(syllables, typed.slice(at, at + syllables.length + BETWEEN), empty);
      const quality = here.length === syllables.length ? qualityOf(phrase, here) : 0;
      const length = 1 + typed.indexOf(/** @type {Syllable} */ (here.at(-1))) - at;
      if (quality > (found.get(length)?.quality ?? 0))
        found.set(length, { key, syllables, marked: "", quality, length });
    }
  return [...found.values()];
}

/**
 * Those that say a phrase one after the other, what says nothing between them left out; fewer where it is not said.
 * @param {string[]} syllables @param {readonly Syllable[]} typed @param {Set<string>} empty
 */
function placed(syllables, typed, empty) {
  /** @type {Syllable[]} */
  const here = [];
  for (const each of typed) {
    if (here.length === syllables.length) break;
    if (sureOf(each, syllables[here.length] ?? "", here.length) > 0) here.push(each);
    else if (here.length === 0 || ![...each.readings].some(([word, sure]) => sure === 1 && empty.has(word)))
      break;
  }
  return here;
}

/** @param {Phrase} phrase @param {Syllable[]} here */
function qualityOf({ key, syllables, marked }, here) {
  const sure = here.map((each, on) => sureOf(each, syllables[on] ?? "", on));
  // A guess may find too much, never forbid what is right.
  if (key.startsWith(ELSEWHERE) && Math.min(...sure) < TYPED) return 0;
  const known = Math.max(...sure) === 1 || here.every(({ readings }) => ![...readings.values()].includes(1));
  const alike = here.every((each, on) => each.marked === "" || each.marked === marked[on]);
  return known ? Math.min(...sure) * (alike ? 1 : OTHER_MARKS) : 0;
}

/** @param {Syllable} typed @param {string} meant @param {number} on its place in a phrase, which no beginning begins */
function sureOf({ readings, begun }, meant, on) {
  return readings.get(meant) ?? (on > 0 && begun !== "" && meant.startsWith(begun) ? BEGUN : 0);
}
