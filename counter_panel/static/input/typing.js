/** The keys of the page: heard here, told apart by the stream, and given to what they are meant for. */

import { createStream } from "./stream.js";

/** @typedef {import("../model/keys.js").Press} Press */
/**
 * `walkedTo`: what the tab key had led to, if anything.
 * @typedef {import("./stream.js").Key & {press: Press, walkedTo: HTMLElement|null}} PressedKey
 */
/**
 * @typedef {object} Hands
 * @property {HTMLElement} root
 * @property {(press: Press) => boolean} isCommand
 * @property {(key: PressedKey) => void} onPress
 * @property {(text: string, begun: PressedKey|null) => void} onScan
 */

const MODIFIERS = new Set(["Shift", "Control", "Alt", "AltGraph", "Meta", "CapsLock", "NumLock", "Fn"]);
const SIGNS = new Map([
  ["Enter", "\n"],
  ["Tab", "\t"],
  ["Backspace", "\b"],
]);

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

/** @param {Hands} hands */
export function listenToKeys({ root, isCommand, onPress, onScan }) {
  /** @type {ReturnType<typeof createStream<PressedKey>>} */
  const stream = createStream({ onPress, onScan, onQuiet: () => root.removeAttribute("data-reading") });
  let byPointer = false;

  document.addEventListener("keydown", (event) => {
    byPointer = false;
    if (event.isComposing || MODIFIERS.has(event.key)) return;
    const { target, code, key, timeStamp: at } = event;
    if (isText(target)) return written(event, target);
    const chord = event.ctrlKey || event.altKey || event.metaKey;
    const begins = !chord && (key.length === 1 || key === "Enter" || isCommand(event));
    if (!begins && !stream.isRunning(at)) return; // the browser's own, as tab and escape
    event.preventDefault();
    if (event.repeat) return;
    root.dataset.reading = "true";
    const sign = key.length === 1 ? key : (SIGNS.get(key) ?? "");
    stream.typed({ code, sign, at, press: event, walkedTo: walkedTo(target) });
  });

  /** @param {KeyboardEvent} event @param {HTMLInputElement} field */
  function written(event, field) {
    const { code, key, timeStamp: at } = event;
    const typed = stream.isTogether(at);
    root.dataset.reading = "true";
    stream.written(at);
    if (typed && key === "Tab") {
      event.preventDefault(); // a scanner's: it leads nowhere
      if (field.closest("dialog") === null) field.blur();
    } else if (!typed && code === "F2" && isCommand(event)) {
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
