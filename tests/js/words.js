import { readFileSync } from "node:fs";
import { learn, saying } from "../../web/static/words.js";

/** The page knows the words of these files in Vietnamese and English. @param {string[]} subjects */
export function learnWords(...subjects) {
  const words = ["vi", "en"].map((language) => [language, phrases(language, subjects)]);
  learn(Object.fromEntries(words));
  return { vi: saying("vi"), en: saying("en") };
}

/** @param {string} language @param {string[]} subjects */
export function phrases(language, subjects) {
  const files = ["language", ...subjects].map((subject) => `../../languages/${language}/${subject}.json`);
  return Object.assign(
    {},
    ...files.map((file) => JSON.parse(readFileSync(new URL(file, import.meta.url), "utf8"))),
  );
}
