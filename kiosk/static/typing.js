/** What the on-screen keyboard writes: Telex becomes Vietnamese while it is typed ("hooj" -> "hộ"). Pure. */

const HATS = new Map([
  ["aa", "â"],
  ["ee", "ê"],
  ["oo", "ô"],
  ["dd", "đ"],
  ["aw", "ă"],
  ["ow", "ơ"],
  ["uw", "ư"],
]);
const TONES = new Map([
  ["s", "\u0301"],
  ["f", "\u0300"],
  ["r", "\u0309"],
  ["x", "\u0303"],
  ["j", "\u0323"],
]);
const VOWEL = /[aeiouyăâêôơư]/;

/**
 * @param {string} raw the keys as they were touched
 * @returns {string} NFC
 */
export function telex(raw) {
  return raw.split(" ").map(word).join(" ");
}

/** @param {string} keys */
function word(keys) {
  let letters = "";
  let tone = "";
  for (const key of keys.toLowerCase()) {
    const mark = TONES.get(key);
    if (mark && VOWEL.test(letters)) tone = mark;
    else letters = hatted(letters, key);
  }
  return toned(letters, tone).normalize("NFC");
}

/**
 * The sign may follow at once or at the end of the word: "dduwowng", "duongwd".
 * @param {string} letters @param {string} key
 */
function hatted(letters, key) {
  if (key === "w" && /uo[a-z]*$/.test(letters)) return letters.replace(/uo([a-z]*)$/, "ươ$1");
  for (let at = letters.length - 1; at >= 0; at -= 1) {
    const hat = HATS.get(`${letters[at]}${key}`);
    if (hat) return letters.slice(0, at) + hat + letters.slice(at + 1);
    if (key !== "w" && key !== "d" && VOWEL.test(letters[at] ?? "")) break;
  }
  return letters + key;
}

/**
 * Puts the tone where it is written: on a vowel with a hat, else on the second of two before a consonant, or on
 * the first of two at the end ("mùa"), but after gi and qu on what follows.
 * @param {string} letters @param {string} tone
 */
function toned(letters, tone) {
  if (!tone) return letters;
  const start = /^(gi|qu)[aeiouyăâêôơư]/.test(letters) ? 2 : 0;
  const found = letters.slice(start).match(/[aeiouyăâêôơư]+/);
  if (found?.index === undefined) return letters;
  const [vowels, from] = [found[0], start + found.index];
  const hat = Math.max(...[...vowels].map((each, at) => (/[ăâêôơư]/.test(each) ? at : -1)));
  const closed = from + vowels.length < letters.length;
  const plainPlace = vowels.length === 3 || (vowels.length === 2 && (closed || /^(oa|oe|uy)$/.test(vowels)));
  const at = from + (hat >= 0 ? hat : plainPlace ? 1 : 0);
  return letters.slice(0, at + 1) + tone + letters.slice(at + 1);
}
