/** The keys of the panel: the keyboard's and those of a USB numeric keypad. */

import { ROWS } from "./acts.js";

/** @typedef {import("./acts.js").Act} Act */
/** @typedef {Act|"main"|"dossier"|"keys"} KeyCommand */
/** @typedef {{command: KeyCommand}|{outcome: number}} Meaning */
/**
 * @typedef {Pick<KeyboardEvent, "code"|"key"|"ctrlKey"|"altKey"|"metaKey"|"shiftKey"|"repeat"|"isComposing">} Press
 */

/**
 * By place on the keyboard, not by sign: a Vietnamese typing program changes signs, and a keypad without NumLock
 * sends "Delete" for its point. Only "?" is a sign, wherever a keyboard has it.
 * @type {ReadonlyMap<string, readonly string[]>}
 */
const KEYS = new Map([
  ["main", ["Space", "F2", "NumpadEnter"]],
  ["dossier", ["KeyD"]],
  ["keys", ["?", "F1"]],
  ...ROWS.map(([act, { keys = [] }]) => /** @type {const} */ ([act, keys])),
]);
const COMMANDS = new Map(
  [...KEYS].flatMap(([command, codes]) => codes.map((code) => [code, /** @type {KeyCommand} */ (command)])),
);
const PAD_SIGNS = new Map([
  ["NumpadAdd", "+"],
  ["NumpadSubtract", "−"],
  ["NumpadMultiply", "*"],
  ["NumpadDivide", "/"],
  ["NumpadDecimal", "."],
  ["NumpadComma", "."],
]);

/** A single letter, digit or sign: an officer may switch these off (WCAG 2.1.4). @param {string} code */
function isSign(code) {
  return /^(Key|Digit|Numpad(?!Enter))/.test(code);
}

/**
 * What a press means while no text is being typed and no dialog is open; null: nothing of ours.
 * @param {Press} press
 * @param {boolean} signs whether single letters, digits and signs are commands
 * @returns {Meaning|null}
 */
export function meaningOf(press, signs) {
  if (press.ctrlKey || press.altKey || press.metaKey) return null;
  const command = COMMANDS.get(press.code);
  if (command && !isSign(press.code)) return { command };
  if (!signs) return null;
  if (press.key === "?") return { command: "keys" };
  if (press.shiftKey) return null;
  if (command) return { command };
  const digit = digitOf(press);
  return digit >= 1 && digit <= 7 ? { outcome: digit } : null;
}

/**
 * The digit of a press on either block of digits; NaN: none.
 * @param {Pick<Press, "code">} press
 */
export function digitOf({ code }) {
  return Number(/^(?:Digit|Numpad)(\d)$/.exec(code)?.[1] ?? Number.NaN);
}

/**
 * What stands on the keys of a command, on the keyboard and on the keypad.
 * @param {KeyCommand} command
 * @returns {{board: string[], pad: string[]}}
 */
export function labelsOf(command) {
  const codes = KEYS.get(command) ?? [];
  const isPad = (/** @type {string} */ code) => code.startsWith("Numpad");
  const label = (/** @type {string} */ code) =>
    PAD_SIGNS.get(code) ?? code.replace(/^(Key|Digit|Numpad)/, "");
  return {
    board: codes.filter((code) => !isPad(code)).map(label),
    pad: [...new Set(codes.filter(isPad).map(label))],
  };
}
