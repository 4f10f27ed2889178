/** How a Vietnamese syllable may be written: what can stand before its vowels, and every rime there is. Pure. */

import { plain } from "/static/web/plain.js";

const ONSET = /^(?:ngh|ng|gh|gi(?=\p{L})|kh|nh|ph|qu|th|tr|ch|[bcdđghklmnpqrstvx])?/u;
const RIMES = `
  a ac ach ai am an ang anh ao ap at au ay ăc ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây
  e ec em en eng eo ep et ê êch êm ên ênh êp êt êu
  i ia ich iêc iêm iên iêng iêp iêt iêu im in inh ip it iu
  o oa oac oach oai oam oan oang oanh oao oap oat oay oăc oăm oăn oăng oăt oc oe oen oeo oet oi om on ong ooc
  oong op ot ô ôc ôi ôm ôn ông ôp ôt ơ ơi ơm ơn ơp ơt
  u ua uân uâng uât uây uc uê uêch uênh ui um un ung uôc uôi uôm uôn uông uôt up ut uơ uy uya uych uyên uyêt
  uynh uyt uyu ư ưa ưc ưi ưm ưn ưng ươc ươi ươm ươn ương ươp ươt ươu ưt ưu
  y ych yêm yên yêng yêt yêu yn ynh yt`
  .trim()
  .split(/\s+/);
const STOPPED = /(?:c|ch|p|t)$/;
/** Before a stop only these two tones are spoken. */
const SHORT_TONES = ["", "\u0301", "\u0323"];
export const VOWEL = /[aeiouyăâêôơư]/;

/**
 * Its rime and where that begins: "quyen" has "yen" from 2, "gi" has "i" from 1.
 * @param {string} letters small, without tone
 * @returns {{rime: string, from: number}}
 */
export function parted(letters) {
  const onset = ONSET.exec(letters)?.[0] ?? "";
  const from = onset === "gi" && !VOWEL.test(letters.slice(2)) ? 1 : onset.length;
  return { rime: letters.slice(from), from };
}

/**
 * Whether this is a syllable, or the beginning of one that is still being typed, some of its hats not yet on.
 * Without a vowel it is an abbreviation and may be anything.
 * @param {string} letters small, without tone @param {string} [tone] a combining sign
 */
export function isPossible(letters, tone = "") {
  if (!VOWEL.test(letters)) return /^[a-zđ]*$/.test(letters);
  const { rime, from } = parted(letters);
  const whole = letters.startsWith("gi") && from === 2 ? [rime, `i${rime}`] : [rime]; // "giếng" is g + iêng
  return whole.some(begins) && (!STOPPED.test(rime) || SHORT_TONES.includes(tone));
}

/** @param {string} rime */
function begins(rime) {
  return RIMES.some(
    (full) =>
      rime.length <= full.length &&
      [...rime].every((letter, at) => letter === full[at] || letter === plain(full[at] ?? "")),
  );
}
