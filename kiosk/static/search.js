/** Finds procedures by what people type: without accents, as Telex or VNI, with everyday names. Pure. */

import { plain } from "/static/web/plain.js";
import { EVERYDAY } from "./everyday.js";

/** @typedef {import("./facts.js").Procedure} Procedure */
/** @typedef {{procedure: Procedure, names: string[], words: string[]}} Entry */

const BEST = 24;

/** Without accents, y as i ("ký", "kí"), signs as spaces. @param {string} text */
export function spelt(text) {
  return plain(text)
    .replaceAll("y", "i")
    .replace(/[^a-z0-9]+/g, " ")
    .trim();
}

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
 * How words sound alike in writing: tr and ch, s and x, d, gi and r, l and n, k, q and c.
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
    .replace(/^gh/, "g");
}

/**
 * @param {readonly Procedure[]} procedures
 * @param {ReadonlyMap<string, string>} fields name by code
 * @returns {Entry[]}
 */
export function indexOf(procedures, fields) {
  return procedures.map((procedure) => {
    const names = [procedure.short, procedure.name, procedure.name_en].map(spelt);
    const more = [fields.get(procedure.field) ?? "", procedure.national_code, procedure.code].map(spelt);
    return { procedure, names, words: [...names, ...more].join(" ").split(" ") };
  });
}

/**
 * The procedures that fit, best first. Nothing typed: nothing found.
 * @param {readonly Entry[]} index
 * @param {string} typed
 * @returns {Procedure[]}
 */
export function search(index, typed) {
  const asked = spelt(typed);
  if (!asked) return [];
  const wishes = readings(asked);
  const exact = ranked(index, (entry) => Math.max(...wishes.map((each) => score(entry, each, sameWord))));
  if (exact.length > 0) return exact;
  return ranked(index, (entry) => Math.max(...wishes.map((each) => score(entry, each, alikeWord))));
}

/**
 * What the typed words may mean: themselves, without typing habits, and the official name of an everyday one.
 * @param {string} asked spelt
 */
function readings(asked) {
  const bare = asked.split(" ").map(withoutTyping).join(" ");
  const found = new Set([asked, bare]);
  for (const [said, meant] of EVERYDAY) {
    for (const each of [asked, bare]) {
      const inside = said.length > 3 && ` ${each} `.includes(` ${said} `);
      if (inside) found.add(` ${each} `.replace(` ${said} `, ` ${meant} `).trim());
      // Half an everyday name is enough once it cannot be the beginning of much else.
      if (inside || each === said || (each.length > 3 && said.startsWith(each))) found.add(meant);
    }
  }
  return [...found];
}

/**
 * @param {readonly Entry[]} index
 * @param {(entry: Entry) => number} points
 */
function ranked(index, points) {
  return index
    .map((entry, place) => ({ procedure: entry.procedure, points: points(entry), place }))
    .filter((each) => each.points > 0)
    .sort((a, b) => b.points - a.points || a.place - b.place)
    .slice(0, BEST)
    .map((each) => each.procedure);
}

/**
 * 0 where a word of the wish is nowhere; more where the words stand together, at the start, in the short name.
 * @param {Entry} entry
 * @param {string} wish
 * @param {(has: string, wanted: string) => boolean} fits
 */
function score(entry, wish, fits) {
  const wanted = wish.split(" ");
  if (!wanted.every((word) => entry.words.some((has) => fits(has, word)))) return 0;
  let points = 1 + (entry.procedure.frequent ? 2 : 0);
  for (const [rank, name] of entry.names.entries()) {
    const near = ` ${name}`.includes(` ${wish}`) ? 6 : 0;
    const first = name.startsWith(wish) ? 4 : 0;
    points += (near + first) / (rank + 1);
  }
  return points;
}

/** @param {string} has @param {string} wanted */
function sameWord(has, wanted) {
  return has.startsWith(wanted);
}

/** @param {string} has @param {string} wanted */
function alikeWord(has, wanted) {
  return soundOf(has).startsWith(soundOf(wanted)) || (wanted.length > 3 && oneSlip(has, wanted));
}

/**
 * One letter too many, too few, wrong, or two exchanged.
 * @param {string} has @param {string} wanted
 */
function oneSlip(has, wanted) {
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
