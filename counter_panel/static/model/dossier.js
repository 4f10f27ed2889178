/**
 * The dossier code (mã hồ sơ) while it is being typed. The agency comes first, H27.10.12-261124-0001, or the smallest
 * unit (Circular 01/2018), 000.00.12.H62-201105-0004.
 */

/** @typedef {"empty"|"typing"|"good"|"wrong"} DossierState */

const CODE = String.raw`(?:[A-Z]\d{2}(?:\.\d{1,3}){0,3}|(?:\d{2,3}\.){1,3}[A-Z]\d{2})-\d{6}-\d{4,}`;
const WHOLE = new RegExp(`^${CODE}$`);
/** Within what stands around it on a receipt. */
const SOMEWHERE = new RegExp(String.raw`(?<![\p{L}\d.])${CODE}(?![\p{L}\d])`, "gu");
const BEGINNINGS = [
  /^[A-Z]\d{0,2}$/,
  /^[A-Z]\d{2}(\.\d{1,3}){0,2}\.\d{0,3}$/,
  /^(\d{2,3}\.){0,2}\d{1,3}\.?$/,
  /^(\d{2,3}\.){1,3}[A-Z]\d{0,2}$/,
  /^([A-Z]\d{2}(\.\d{1,3}){0,3}|(\d{2,3}\.){1,3}[A-Z]\d{2})(-(\d{0,6}|\d{6}-\d*))?$/,
];
export const LONGEST = 64;

/** As the hall writes it: capitals, no blanks, plain hyphens. @param {string} typed */
export function tidied(typed) {
  return plainly(typed).replaceAll(/\s/g, "").slice(0, LONGEST);
}

/** @param {string} typed */
function plainly(typed) {
  return typed
    .normalize("NFC")
    .toUpperCase()
    .replaceAll(/[‐‑–—]/g, "-");
}

/** The one code in a longer text; null: there is none, or more than one. @param {string} text */
export function codeIn(text) {
  const [code = null, another] = new Set(plainly(text).match(SOMEWHERE));
  return another === undefined ? code : null;
}

/** @param {string} code tidied @returns {DossierState} */
export function stateOf(code) {
  if (code === "") return "empty";
  if (WHOLE.test(code)) return "good";
  return BEGINNINGS.some((beginning) => beginning.test(code)) ? "typing" : "wrong";
}
