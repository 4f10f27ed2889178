/** The keys of the page: heard here, told apart by the stream, and given to what they are meant for. */

import { createStream } from "./stream.js";

/** @typedef {import("../model/keys.js").Press} Press */
/**
 * `walkedTo`: what the tab key had led to, if anything; `field`: the text field that has taken it, and what stood there.
 * @typedef {import("./stream.js").Key & {press: Press, walkedTo: HTMLElement|null, field?: Field}} PressedKey
 */
/** @typedef {{input: HTMLInputElement, value: string}} Field */
/**
 * @typedef {object} Hands
 * @property {HTMLElement} root
 * @property {(press: Press) => boolean} isCommand
 * @property {(key: PressedKey) => void} onPress
 * @property {(texts: readonly string[], begun: PressedKey|null) => void} onScan
 * @property {(texts: readonly string[], field: Field) => void} onWritten a device typed into a text field
 */

const MODIFIERS = new Set(["Shift", "Control", "Alt", "AltGraph", "Meta", "CapsLock", "NumLock", "Fn"]);
const SIGNS = new Map([
  ["Enter", "\n"],
  ["Tab", "\t"],
  ["Backspace", "\b"],
]);

/** What a key writes; on a keypad without NumLock its figure. @param {KeyboardEvent} event */
function signOf({ key, code }) {
  return key.length === 1 ? key : (SIGNS.get(key) ?? /^Numpad(\d)$/.exec(code)?.[1] ?? "");
}

/**
 * What was just closed or left, a dialog or the choice of a counter, has the focus until the browser has drawn the
 * next picture.
 * @param {Element} target
 */
function isGone(target) {
  return target.closest("dialog:not([open]), [hidden]") !== null;
}

/** @param {EventTarget|null} target @returns {target is HTMLInputElement} */
function isText(target) {
  if (!(target instanceof HTMLInputElement) || isGone(target)) return false;
  return !["radio", "checkbox", "button"].includes(target.type);
}

/** @param {EventTarget|null} target */
function walkedTo(target) {
  const pressable =
    target instanceof HTMLButtonElement ||
    target instanceof HTMLInputElement ||
    target instanceof HTMLAnchorElement;
  return pressable && !isGone(target) && target.matches(":focus-visible") ? target : null;
}

/** Whether the keypad spells a sign, as scanners do for those that no keyboard has. @param {KeyboardEvent} event */
function isSpelt({ altKey, ctrlKey, code }) {
  return altKey && !ctrlKey && /^Numpad\d$/.test(code);
}

/** @param {Hands} hands */
export function listenToKeys({ root, isCommand, onPress, onScan, onWritten }) {
  /** @type {ReturnType<typeof createStream<PressedKey>>} */
  const stream = createStream({
    onPress,
    onScan,
    onWritten: (texts, { field }) => field && onWritten(texts, field),
    onQuiet: () => root.removeAttribute("data-reading"),
  });
  let byPointer = false;
  /** The figures of a sign that is spelt while Alt is down. */
  let figures = "";

  document.addEventListener("keydown", (event) => {
    byPointer = false;
    if (event.isComposing || MODIFIERS.has(event.key)) return;
    const { target, code, key, timeStamp: at } = event;
    if (isText(target)) return written(event, target);
    if (isSpelt(event)) {
      event.preventDefault();
      figures += code.at(-1);
      return;
    }
    const chord = event.ctrlKey || event.altKey || event.metaKey;
    const begins = !chord && (key.length === 1 || key === "Enter" || isCommand(event));
    if (!begins && !stream.isRunning(at)) return; // the browser's own, as tab and escape
    event.preventDefault();
    if (event.repeat) return;
    root.dataset.reading = "true";
    stream.typed({ code, sign: signOf(event), at, press: event, walkedTo: walkedTo(target) });
  });
  document.addEventListener("keyup", (event) => {
    if (event.key !== "Alt" || figures === "") return;
    const sign = String.fromCharCode(Number(figures)).replace("\r", "\n");
    const code = `Alt${figures}`;
    figures = "";
    root.dataset.reading = "true";
    stream.typed({ code, sign, at: event.timeStamp, press: event, walkedTo: null });
  });

  /** @param {KeyboardEvent} event @param {HTMLInputElement} input */
  function written(event, input) {
    if (event.repeat) return;
    const { code, key, timeStamp: at } = event;
    root.dataset.reading = "true";
    const field = { input, value: input.value };
    const sent = stream.written({ code, sign: signOf(event), at, press: event, walkedTo: null, field });
    const inDialog = input.closest("dialog") !== null;
    if (sent && (key === "Tab" || (key === "Enter" && inDialog))) {
      event.preventDefault(); // a scanner's: it leads nowhere, and confirms nothing
      if (!inDialog) input.blur();
    } else if (!sent && code === "F2" && isCommand(event)) {
      event.preventDefault();
      onPress({ code, sign: "", at, press: event, walkedTo: null });
    }
  }

  // Enter pressed on a button which the mouse has left behind is not that button's.
  document.addEventListener("pointerdown", () => {
    byPointer = true;
  });
  const leave = () => {
    const focused = document.activeElement;
    if (byPointer && focused instanceof HTMLElement && !isText(focused) && !focused.closest("dialog"))
      focused.blur();
  };
  document.addEventListener("click", leave, true); // before a dialog opens, which would give the focus back to it
}
