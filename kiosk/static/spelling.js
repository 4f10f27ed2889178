/** How a syllable was meant that is written otherwise: typing habits, sounds, slips, words in one. Pure. */

export const TYPED = 0.95;
const SOUNDS = 0.8;
const SLIPPED = 0.7;
const LETTERED = 0.68; // a letter too many or too few is rarer than a wrong one
const LONG_ENOUGH = 4; // in shorter ones a slip makes another word
/** Of the syllables in a word written in one. */
const LONGEST = 7;
const LONG = 8;
const SINGLE = /[\dio]/;
const LETTER = 1.5; // what a word of one letter costs more than others
const NEIGHBOURS = 0.9; // known beside each other: nearly one word

/**
 * A word typed in Telex or VNI by someone who expects the machine to know it: "hoj" -> "ho", "tich5" -> "tich".
 * @param {string} word spelt
 */
export function withoutTyping(word) {
  const vni = /^[a-z]+\d/.test(word) ? word.replace(/\d/g, "") : word;
  const doubled = vni.replace(/dd/g, "d").replace(/([aeo])\1/g, "$1");
  const horned = /[aeiou]/.test(doubled) ? doubled.replaceAll("w", "") : doubled.replaceAll("w", "u");
  const tone = horned.replace(/([aeiou][a-z]*)[sfrxj]$/, "$1");
  return tone.replace(/([aeiou])[sfrxj](?=[aeioucmnpt]|$)/g, "$1");
}

/**
 * How words sound alike in writing: tr and ch, s and x, d, gi and r, l and n, k, q and c; n and ng, t and c at the end.
 * @param {string} word spelt
 */
export function soundOf(word) {
  return word
    .replace(/^tr/, "ch")
    .replace(/^x/, "s")
    .replace(/^(gi|r)(?=[aeiou])/, "d")
    .replace(/^n(?![gh])/, "l")
    .replace(/^[kq](?!h)/, "c")
    .replace(/^ngh/, "ng")
    .replace(/^gh/, "g")
    .replace(/([aou])ng$/, "$1n")
    .replace(/([aou])c$/, "$1t");
}

/**
 * The syllables that are known, what they sound like, and which stand beside each other.
 * @param {readonly (readonly string[])[]} texts a list of syllables each
 */
export function spellingOf(texts) {
  const words = new Set(texts.flat());
  const pairs = new Set(texts.flatMap((each) => each.slice(1).map((one, at) => `${each[at]} ${one}`)));
  /** @type {Map<string, string[]>} */
  const bySound = new Map();
  for (const word of words) bySound.set(soundOf(word), [...(bySound.get(soundOf(word)) ?? []), word]);
  return { words, pairs, bySound };
}

/** @typedef {ReturnType<typeof spellingOf>} Spelling */

/**
 * How words are taken: `begun` the last as the beginning of one, `alike` a known one as what it sounds like, `slipped`
 * also as what it is one slip from.
 * @typedef {{begun: boolean, alike: boolean, slipped: boolean}} Way
 */

/**
 * The ways to read what was typed, the likeliest first.
 * @param {Spelling} spelling @param {string} typed spelt @param {Way} way
 * @returns {Map<string, number>}
 */
export function readingsOf({ words, bySound }, typed, { alike, begun, slipped }) {
  const bare = withoutTyping(typed);
  const found = new Map();
  if (words.has(typed)) found.set(typed, 1);
  if (!alike && (found.size > 0 || (begun && [...words].some((each) => each.startsWith(typed)))))
    return found.set(typed, 1);
  if (bare !== typed && words.has(bare)) found.set(bare, TYPED);
  for (const each of [typed, bare].flatMap((word) => bySound.get(soundOf(word)) ?? []))
    if (!found.has(each)) found.set(each, SOUNDS);
  if (slipped && typed.length < LONG_ENOUGH) found.set(typed, 1); // alone it is no slip, inside a phrase it may be
  if (slipped || (found.size === 0 && typed.length >= LONG_ENOUGH))
    for (const each of words)
      if (!found.has(each) && (oneSlip(each, typed) || (bare.length >= LONG_ENOUGH && oneSlip(each, bare))))
        found.set(each, each.length === typed.length ? SLIPPED : LETTERED);
  if (found.size === 0) found.set(typed, 1);
  return found;
}

/**
 * One letter too many, too few, wrong, or two exchanged.
 * @param {string} has @param {string} wanted
 */
function oneSlip(has, wanted) {
  if (Math.min(has.length, wanted.length) < LONG_ENOUGH - 1) return false;
  if (Math.abs(has.length - wanted.length) > 1) return false;
  let at = 0;
  while (at < has.length && has[at] === wanted[at]) at += 1;
  const [rest, other] = [has.slice(at), wanted.slice(at)];
  return (
    rest.slice(1) === other.slice(1) ||
    rest.slice(1) === other ||
    rest === other.slice(1) ||
    (rest[0] === other[1] && rest[1] === other[0] && rest.slice(2) === other.slice(2))
  );
}

/**
 * Words written in one: "khaisinh" -> "khai", "sinh"; of several ways the one with the fewest words and the most known
 * neighbours. As it is where it cannot be cut into known ones; a short one is rather a slip, unless they are neighbours.
 * @param {Spelling} spelling @param {string} typed spelt
 * @returns {string[]}
 */
export function pieces({ words, pairs }, typed) {
  if (words.has(typed) || words.has(withoutTyping(typed)) || typed.length < LONG_ENOUGH) return [typed];
  const text = typed.replace(/([bcdghklmnpqrstvx])y/g, "$1i"); // inside a word it was left: "dangky"
  /** @type {Map<string, {cut: string[], worth: number}>[]} by the end of the last piece, then by that piece */
  const ways = [new Map([["", { cut: [], worth: 0 }]])];
  for (let end = 1; end <= text.length; end += 1) {
    const here = new Map();
    for (let start = Math.max(0, end - LONGEST); start < end; start += 1) {
      const piece = text.slice(start, end);
      if (!words.has(piece) || (piece.length === 1 && !SINGLE.test(piece))) continue;
      for (const [last, { cut, worth }] of ways[start] ?? []) {
        const more =
          worth - (piece.length === 1 ? LETTER : 1) + (pairs.has(`${last} ${piece}`) ? NEIGHBOURS : 0);
        if (more > (here.get(piece)?.worth ?? Number.NEGATIVE_INFINITY))
          here.set(piece, { cut: [...cut, piece], worth: more });
      }
    }
    ways.push(here);
  }
  const [best] = [...(ways[text.length]?.values() ?? [])].sort((a, b) => b.worth - a.worth);
  const near = best?.cut.every((piece, at) => at === 0 || pairs.has(`${best.cut[at - 1]} ${piece}`));
  return best && (near || text.length >= LONG) ? best.cut : [typed];
}
