/** The dossier code (mã hồ sơ) while it is being typed. Form: Decree 61/2018, e.g. H27.10.12-261124-0001. */

/** @typedef {"empty"|"typing"|"good"|"wrong"} DossierState */

const WHOLE = /^[A-Z]\d{2}(\.\d{1,3}){0,3}-\d{6}-\d{4,}$/;
const BEGINNINGS = [
  /^[A-Z]\d{0,2}$/,
  /^[A-Z]\d{2}(\.\d{1,3}){0,2}\.\d{0,3}$/,
  /^[A-Z]\d{2}(\.\d{1,3}){0,3}(-(\d{0,6}|\d{6}-\d*))?$/,
];
export const LONGEST = 64;

/** As the hall writes it: capitals, no blanks, plain hyphens. @param {string} typed */
export function tidied(typed) {
  return typed
    .normalize("NFC")
    .toUpperCase()
    .replaceAll(/\s/g, "")
    .replaceAll(/[‐‑–—]/g, "-")
    .slice(0, LONGEST);
}

/** @param {string} code tidied @returns {DossierState} */
export function stateOf(code) {
  if (code === "") return "empty";
  if (WHOLE.test(code)) return "good";
  return BEGINNINGS.some((beginning) => beginning.test(code)) ? "typing" : "wrong";
}
