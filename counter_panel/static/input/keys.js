/** The keys of the panel: the keyboard's and those of a USB numeric keypad. */

/** @typedef {import("../model/situation.js").Act} Act */
/** @typedef {Act|"main"|"dossier"|"keys"} Command */
/** @typedef {{command: Command}|{outcome: number}} Meaning */
/**
 * @typedef {Pick<KeyboardEvent, "code"|"key"|"ctrlKey"|"altKey"|"metaKey"|"shiftKey"|"repeat"|"isComposing">} Press
 */

/** Work without the single signs too (WCAG 2.1.4). @type {Readonly<Record<string, Command>>} */
const ALWAYS = {
  Space: "main",
  F2: "main",
  NumpadEnter: "main",
  Enter: "finish",
  Delete: "no_show",
  F1: "keys",
};
/**
 * By place on the keyboard, not by sign: a Vietnamese typing program changes signs, and a keypad without NumLock
 * sends "Delete" for its point.
 * @type {Readonly<Record<string, Command>>}
 */
const SIGNS = {
  KeyS: "start",
  KeyR: "recall",
  KeyH: "hold",
  KeyT: "transfer",
  KeyC: "call",
  KeyP: "pause",
  KeyU: "priority",
  KeyI: "reprint",
  KeyX: "cancel",
  KeyD: "dossier",
  Numpad0: "finish",
  Numpad9: "pause",
  NumpadAdd: "recall",
  NumpadSubtract: "no_show",
  NumpadMultiply: "hold",
  NumpadDivide: "transfer",
  NumpadDecimal: "call",
  NumpadComma: "call",
};

/**
 * What a press means while no text is being typed and no dialog is open; null: nothing of ours.
 * @param {Press} press
 * @param {boolean} signs whether single letters, digits and signs are commands
 * @returns {Meaning|null}
 */
export function meaningOf(press, signs) {
  if (press.ctrlKey || press.altKey || press.metaKey) return null;
  const always = ALWAYS[press.code];
  if (always) return { command: always };
  if (!signs) return null;
  if (press.key === "?") return { command: "keys" };
  if (press.shiftKey) return null;
  const command = SIGNS[press.code];
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
