/** What this page says. Its template puts the words of its languages, from `languages/`, into a block of data. */

/** @typedef {string} Language "vi", "en", or another the hall has words of */
/** @typedef {string|{one?: string, other: string}} Phrase */
/** @typedef {Readonly<Record<string, Readonly<Record<string, Phrase>>>>} Words by language and key */
/** @typedef {Readonly<Record<string, string|number>>} Facts */
/** @typedef {(key: string, facts?: Facts) => string} Say in one language */

/** Whoever speaks no language of this page is spoken to in it. @type {Language} */
export const FIRST = "vi";

/** @type {Words} */
let words = {};

/** @param {Words} told */
export function learn(told) {
  words = told;
}

const block = globalThis.document?.querySelector("script[data-phrases]");
if (block) learn(JSON.parse(block.textContent ?? "{}"));

/** The languages of this page. */
export function languages() {
  return Object.keys(words);
}

/** @param {unknown} wanted what was kept, or what a ticket says @returns {Language} one of this page's */
export function languageOf(wanted) {
  return languages().find((each) => each === wanted) ?? FIRST;
}

/** The next one of the switch. @param {Language} language @returns {Language} */
export function languageAfter(language) {
  const known = languages();
  return known[(known.indexOf(language) + 1) % known.length] ?? FIRST;
}

/**
 * A phrase with its blanks filled; the fact `count` chooses between its forms.
 * @param {Language} language @param {string} key @param {Facts} [facts]
 */
export function say(language, key, facts = {}) {
  const phrase = (words[language] ?? words[FIRST])?.[key];
  if (phrase === undefined) throw new Error(`no words for ${key}`);
  const form = typeof phrase === "string" ? phrase : (facts.count === 1 && phrase.one) || phrase.other;
  return form.replaceAll(/\{(\w+)\}/g, (_, fact) => String(facts[fact] ?? ""));
}

/** @param {Language} language @returns {Say} */
export function saying(language) {
  return (key, facts) => say(language, key, facts);
}

/** What stands still: each `data-word` of the page. @param {ParentNode} root @param {Language} language */
export function sayAll(root, language) {
  for (const element of root.querySelectorAll("[data-word]")) {
    const text = say(language, element.getAttribute("data-word") ?? "");
    if (element.textContent !== text) element.textContent = text;
  }
}

/** @param {object} thing of the hall @param {string} key @param {Language} language @returns {unknown} */
export function ownOf(thing, key, language) {
  return /** @type {Readonly<Record<string, unknown>>} */ (thing)[`${key}_${language}`];
}

/**
 * What the hall calls something of its own: `name_en` in English, `name` where it has none in this language.
 * @param {object} thing @param {string} key @param {Language} language
 * @returns {{text: string, lang: Language}}
 */
export function called(thing, key, language) {
  const own = ownOf(thing, key, language);
  const first = /** @type {Readonly<Record<string, unknown>>} */ (thing)[key];
  return own ? { text: String(own), lang: language } : { text: String(first ?? ""), lang: FIRST };
}

/**
 * A refusal in words: those of the hub, or this page's own where no answer came.
 * @param {{code: string, message?: string, message_vi?: string}} refusal @param {Language} language
 */
export function told(refusal, language) {
  const said = /** @type {Readonly<Record<string, string>>} */ (refusal);
  const own = language === "en" ? said.message : said[`message_${language}`];
  return own ?? said.message_vi ?? say(language, `line_${refusal.code}`);
}
