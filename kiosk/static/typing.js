/**
 * Telex as it is shown while it is typed: "hooj" is "hộ", "dduocwj" is "được". Pure.
 *
 * Marks may follow at once or at the end of the word; typed twice, a mark is taken back and the letter stands ("ooo",
 * "ass", "coongo"); another mark takes its place ("aaw"); z takes the tone off. A word that Vietnamese cannot have stays as it was typed: "photo", "internet".
 * What has its marks already, from a keyboard with a program of its own, stays as it is.
 */

import { isPossible, parted, VOWEL } from "./syllable.js";

const TONES = new Map([
  ["s", "\u0301"],
  ["f", "\u0300"],
  ["r", "\u0309"],
  ["x", "\u0303"],
  ["j", "\u0323"],
]);
const TONE = /[\u0300\u0301\u0303\u0309\u0323]/g;
const HATS = new Map([
  ["a", "â"],
  ["e", "ê"],
  ["o", "ô"],
]);
const HORNS = new Map([
  ["u", "ư"],
  ["o", "ơ"],
  ["a", "ă"],
]);
const PLAIN = new Map([...HATS, ...HORNS].map(([letter, marked]) => [marked, letter]));
/** A letter with a hat takes a horn instead, and the other way round. */
const OTHERS = new Map([
  ["â", "ă"],
  ["ô", "ơ"],
]);
/** What may stand between a vowel and the key that gives it its hat. */
const BETWEEN = /^(?:[iuy]?|ng?|nh|m)$/;
/** And this where the word has a tone, as words with a stop have: "motoj", but "photo". */
const BETWEEN_WITH_TONE = /^(?:c|ch|p|t)$/;

/**
 * A word while it is typed: its letters without tone; `bare` where its ư was a w alone; `plainly` once a mark was
 * taken back, so that all that follows are letters; `late` where a hat may come behind
 * a stop, because a tone will.
 * @typedef {{letters: string, tone: string, bare: boolean, plainly: boolean, late: boolean}} Word
 */

/**
 * @param {string} raw the keys as they were touched
 * @returns {string} NFC
 */
export function telex(raw) {
  return raw.normalize("NFC").replaceAll(/\p{L}+/gu, word);
}

/**
 * The keys after somebody has changed what the field shows: erased something, or with a keyboard of the machine. What
 * was not touched keeps its letters: of "test", which is "tesst", an erased t leaves "tes".
 * @param {string} raw the keys so far @param {string} seen what they showed @param {string} now what the field holds
 * @param {(keys: string) => string} [show]
 */
export function retyped(raw, seen, now, show = telex) {
  if (now === seen) return raw;
  if (now.startsWith(seen)) return raw + now.slice(seen.length);
  const keys = raw.normalize("NFC").match(/\p{L}+/gu) ?? [];
  return now.replaceAll(/\p{L}+/gu, (word) => kept(word, keys, show));
}

/**
 * The keys of a word that stood there, or of what is left of one; of a new word itself.
 * @param {string} word as it is seen @param {string[]} keys of the words before @param {(keys: string) => string} show
 */
function kept(word, keys, show) {
  const before = keys.find((each) => show(each) === word) ?? keys.find((each) => show(each).startsWith(word));
  if (before === undefined) return word;
  const begun = Array.from(before, (_, at) => before.slice(0, before.length - at));
  const doubled = Array.from(word, (key, at) => word.slice(0, at) + key + word.slice(at));
  return [...begun, word, ...doubled].find((each) => show(each) === word) ?? word;
}

/** @param {string} keys */
function word(keys) {
  const typed = read(keys, false) ?? read(keys, true);
  return typed ? toned(typed.letters, typed.tone) : keys;
}

/** Null: Vietnamese has no such word. @param {string} keys @param {boolean} late */
function read(keys, late) {
  /** @type {Word} */
  let typed = { letters: "", tone: "", bare: false, plainly: false, late };
  for (const key of keys) typed = withKey(typed, key);
  const letters = lasting(typed.letters);
  const whole = isPossible(letters.toLowerCase(), typed.tone) && (typed.tone !== "" || !late);
  return typed.plainly || whole ? { ...typed, letters } : null;
}

/** @param {Word} typed @param {string} key @returns {Word} */
function withKey(typed, key) {
  const { letters, tone, plainly } = typed;
  const asLetter = { ...typed, letters: letters + key };
  if (plainly) return asLetter;
  const [small, said] = [key.toLowerCase(), letters.toLowerCase()];
  const mark = TONES.get(small);
  if (mark && VOWEL.test(said))
    return mark === tone ? { ...asLetter, tone: "", plainly: true } : { ...typed, tone: mark };
  if (small === "z" && tone) return { ...typed, tone: "" };
  if (small === "d") return barred(typed, key);
  if (small === "w") return horned(typed, key);
  if (HATS.has(small)) return hatted(typed, key);
  if (/[a-z]/.test(small)) return asLetter;
  const [own = ""] = key.normalize("NFD").match(TONE) ?? [];
  return {
    ...typed,
    letters: letters + key.normalize("NFD").replaceAll(TONE, "").normalize("NFC"),
    tone: own || tone,
  };
}

/** The second d, at once or at the end of the word. @param {Word} typed @param {string} key @returns {Word} */
function barred(typed, key) {
  const { letters } = typed;
  const said = letters.toLowerCase();
  if (said === "đ") return { ...typed, letters: (letters === "đ" ? "d" : "D") + key, plainly: true };
  if (said.startsWith("đ") && VOWEL.test(said) && isPossible(said))
    return { ...typed, letters: put(letters, 0, "d") + key, plainly: true };
  const second = said === "d" || (said.startsWith("d") && VOWEL.test(said));
  return { ...typed, letters: second ? put(letters, 0, "đ") : letters + key };
}

/** The second a, e or o. @param {Word} typed @param {string} key @returns {Word} */
function hatted(typed, key) {
  const { letters, tone, late } = typed;
  const [vowel, said] = [key.toLowerCase(), letters.toLowerCase()];
  const hat = HATS.get(vowel) ?? "";
  if (said.endsWith(hat))
    return { ...typed, letters: put(letters, letters.length - 1, vowel) + key, plainly: true };
  const at = Math.max(said.lastIndexOf(vowel), said.lastIndexOf(HORNS.get(vowel) ?? " "));
  const rest = said.slice(at + 1);
  const near = at >= 0 && (BETWEEN.test(rest) || ((late || tone !== "") && BETWEEN_WITH_TONE.test(rest)));
  const marked = near ? put(letters, at, hat) : "";
  if (near && isPossible(marked.toLowerCase())) return { ...typed, letters: marked };
  const there = said.lastIndexOf(hat);
  if (there < 0 || late || !isPossible(said) || isPossible(said + vowel))
    return { ...typed, letters: letters + key };
  return { ...typed, letters: put(letters, there, vowel) + key, plainly: true };
}

/**
 * w: the horn of u and o, the bowl of a, wherever the word can have it; without a vowel it is the letter ư.
 * @param {Word} typed @param {string} key
 * @returns {Word}
 */
function horned(typed, key) {
  const { letters, bare } = typed;
  const said = letters.toLowerCase();
  if (!VOWEL.test(said)) {
    const letter = key === "w" ? "ư" : "Ư";
    return isPossible(`${said}ư`)
      ? { ...typed, letters: letters + letter, bare: true }
      : { ...typed, letters: letters + key };
  }
  if (/[ươă]$/.test(said)) return takenBack(typed, key);
  for (const at of places(said)) {
    const marked = at.reduce((word, one) => put(word, one, horn(said[one] ?? "")), letters);
    if (isPossible(lasting(marked).toLowerCase())) return { ...typed, letters: marked };
  }
  return /[ươă]/.test(said) && isPossible(said) && !bare
    ? takenBack(typed, key)
    : { ...typed, letters: letters + key };
}

/** The second w. @param {Word} typed @param {string} key @returns {Word} */
function takenBack(typed, key) {
  return { ...typed, letters: unhorned(typed.letters, typed.bare) + key, plainly: true };
}

/**
 * Where a w may go, the likeliest first: both of "uo" inside a word, its o alone at the end ("thuở").
 * @param {string} said @returns {number[][]}
 */
function places(said) {
  const { rime, from } = parted(said);
  const both = from + rime.indexOf("uo");
  const pairs = both < from ? [] : rime.endsWith("uo") ? [[both + 1]] : [[both, both + 1]];
  const ones = [...said].flatMap((letter, at) => (at >= from && horn(letter) ? [[at]] : []));
  return [...pairs, ...ones.reverse()];
}

/** What a letter is with a w, "" where it takes none. @param {string} letter */
function horn(letter) {
  return HORNS.get(letter) ?? OTHERS.get(letter) ?? "";
}

/** The w taken back. @param {string} letters @param {boolean} bare */
function unhorned(letters, bare) {
  if (bare) return letters.slice(0, -1);
  return letters.replaceAll(/[ươă]/gi, (letter) => put(letter, 0, PLAIN.get(letter.toLowerCase()) ?? letter));
}

/** ưo and uơ before another letter are the one ươ. @param {string} letters */
function lasting(letters) {
  const { from } = parted(letters.toLowerCase());
  const rime = letters.slice(from).replace(/^(?:ưo|uơ(?=.))/i, (pair) => put(put(pair, 0, "ư"), 1, "ơ"));
  return letters.slice(0, from) + rime;
}

/** Another letter at a place, as large as the one before. @param {string} text @param {number} at @param {string} letter */
function put(text, at, letter) {
  const old = text[at] ?? "";
  const large = old !== old.toLowerCase();
  return text.slice(0, at) + (large ? letter.toUpperCase() : letter) + text.slice(at + 1);
}

/**
 * Puts the tone where it is written: on a vowel with a hat, else on the second of two before a consonant, or on
 * the first of two at the end ("mùa"), but after gi and qu on what follows.
 * @param {string} letters @param {string} tone
 */
function toned(letters, tone) {
  if (!tone) return letters;
  const { rime, from } = parted(letters.toLowerCase());
  const vowels = /^[aeiouyăâêôơư]*/.exec(rime)?.[0] ?? "";
  if (!vowels) return letters;
  const hat = Math.max(...[...vowels].map((each, at) => (/[ăâêôơư]/.test(each) ? at : -1)));
  const closed = vowels.length < rime.length;
  const second = vowels.length === 3 || (vowels.length === 2 && (closed || /^(oa|oe|uy)$/.test(vowels)));
  const at = from + (hat >= 0 ? hat : second ? 1 : 0);
  return (letters.slice(0, at + 1) + tone + letters.slice(at + 1)).normalize("NFC");
}
