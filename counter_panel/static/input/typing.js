/** Keys pressed on the page, outside of dialogs. */

import { meaningOf } from "../model/keys.js";
import { isDialogOpen } from "./dialogs.js";
import { createScanner } from "./scan.js";

/** @typedef {import("../model/keys.js").Meaning} Meaning */
/**
 * @typedef {object} Hands
 * @property {() => boolean} ready whether the desk is shown
 * @property {() => boolean} signs whether single letters and digits are commands
 * @property {(meaning: Meaning) => void} onMeaning
 * @property {(code: string) => void} onCode a scanner has read this
 */

const PRESSES_BUTTONS = new Set(["Space", "Enter", "NumpadEnter"]);

/**
 * What was just closed or left, a dialog or the choice of a counter, has the focus until the browser has drawn the
 * next picture.
 * @param {Element} target
 */
function isGone(target) {
  return target.closest("dialog:not([open]), [hidden]") !== null;
}

/** @param {EventTarget|null} target */
function isText(target) {
  if (!(target instanceof HTMLInputElement) || isGone(target)) return false;
  return !["radio", "checkbox", "button"].includes(target.type);
}

/** Who walks with the tab key presses what has the focus. @param {EventTarget|null} target */
function isWalkedTo(target) {
  const pressable = target instanceof HTMLButtonElement || target instanceof HTMLInputElement;
  return pressable && !isGone(target) && target.matches(":focus-visible");
}

/** @param {Hands} hands */
export function listenToKeys(hands) {
  const scanner = createScanner({
    onPress: (/** @type {Meaning|null} */ meaning) => meaning && hands.onMeaning(meaning),
    onCode: hands.onCode,
  });
  let byPointer = false;

  document.addEventListener("keydown", (event) => {
    byPointer = false;
    if (isDialogOpen() || !hands.ready() || event.isComposing) return;
    const meaning = meaningOf(event, hands.signs());
    if (isText(event.target)) {
      if (event.code !== "F2" || !meaning) return;
    } else if (
      event.key.length === 1 &&
      event.code !== "Space" &&
      !event.ctrlKey &&
      !event.altKey &&
      !event.metaKey
    ) {
      if (meaning) event.preventDefault();
      if (!event.repeat) scanner.typed(event.key, meaning);
      return;
    } else if (event.key === "Shift") return;
    const wasCode = scanner.ended();
    if (wasCode && event.key === "Enter") return event.preventDefault();
    if (!meaning || (PRESSES_BUTTONS.has(event.code) && isWalkedTo(event.target))) return;
    event.preventDefault();
    if (!event.repeat) hands.onMeaning(meaning);
  });
  // Space pressed on a button which the mouse has left behind is the big button's.
  document.addEventListener("pointerdown", () => {
    byPointer = true;
  });
  const leave = () => {
    const focused = document.activeElement;
    if (byPointer && focused instanceof HTMLElement && !isText(focused) && !isDialogOpen() && hands.ready())
      focused.blur();
  };
  document.addEventListener("click", leave, true); // before a dialog opens, which would give the focus back to it
}
