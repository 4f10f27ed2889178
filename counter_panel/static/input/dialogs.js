/** The dialogs of the page: opened, answered with keys or a mouse, closed when the hub has said yes. */

import { box, part, setText } from "/static/web/dom.js";
import { digitOf } from "../model/keys.js";
import { QUESTIONS } from "./questions.js";

/** @typedef {import("../model/acts.js").AskingAct} AskingAct */
/** @typedef {import("./questions.js").Asked} Asked */
/** @typedef {import("./questions.js").Subject} Subject */
/** @typedef {import("./questions.js").Wish} Wish */
/**
 * @typedef {object} Hands
 * @property {(subject: Subject|null) => Asked|null} asked what the questions rest on now; null: nothing is known
 * @property {(act: AskingAct, wish: Exclude<Wish, {error: string}>, subject: Subject|null) => Promise<string|null>} grant
 *   the sentence of a refusal; null: done
 */

/** @param {string} name */
export function dialogOf(name) {
  return part(document, `[data-dialog="${name}"]`, HTMLDialogElement);
}

/** @returns {HTMLDialogElement|null} */
export function openDialog() {
  return document.querySelector("dialog[open]");
}

export function closeDialogs() {
  for (const dialog of document.querySelectorAll("dialog[open]"))
    if (dialog instanceof HTMLDialogElement) dialog.close();
}

/** @param {HTMLDialogElement} dialog @param {string} text */
export function complain(dialog, text) {
  setText(box(dialog, "[data-error]"), text);
}

/** @param {Hands} hands */
export function createDialogs(hands) {
  /** @type {Subject|null} */
  let subject = null;

  for (const [name, question] of Object.entries(QUESTIONS)) {
    const dialog = dialogOf(name);
    const form = part(dialog, "form", HTMLFormElement);
    const follow = () => {
      const asked = hands.asked(subject);
      if (asked) question.changed?.(dialog, asked);
      complain(dialog, "");
    };
    form.addEventListener("input", follow);
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      const asked = hands.asked(subject);
      if (!asked) return;
      const wish = await question.wish(dialog, asked);
      if (!dialog.open) return;
      if ("error" in wish) {
        complain(dialog, wish.error);
        return lead(dialog, wish.among);
      }
      complain(dialog, "");
      const refused = await hands.grant(/** @type {AskingAct} */ (name), wish, subject);
      if (refused === null) dialog.close();
      else complain(dialog, refused);
    });
  }
  for (const dialog of document.querySelectorAll("dialog"))
    dialog.querySelector("[data-dismiss]")?.addEventListener("click", () => dialog.close());

  return {
    /** @param {AskingAct} name @param {Subject|null} [about] */
    open(name, about = null) {
      subject = about;
      const asked = hands.asked(subject);
      const dialog = dialogOf(name);
      if (!asked || openDialog()) return;
      complain(dialog, "");
      QUESTIONS[name].fill(dialog, asked);
      dialog.showModal();
      firstField(dialog)?.focus();
    },
  };
}

/**
 * Where typing begins: a text to write, else what is chosen or can be. What cannot be put right begins with the
 * harmless button.
 * @param {HTMLDialogElement} dialog
 */
function firstField(dialog) {
  const first =
    dialog.querySelector("[data-harm] [data-dismiss]") ??
    dialog.querySelector(".find input") ??
    dialog.querySelector("input:checked") ??
    dialog.querySelector('input[type="radio"]') ??
    dialog.querySelector("[data-agree]");
  return first instanceof HTMLElement ? first : null;
}

/** To what is missing. @param {HTMLDialogElement} dialog @param {string} [among] the name of its field or choices */
function lead(dialog, among) {
  const missing = among && dialog.querySelector(`input[name="${among}"]`);
  if (missing instanceof HTMLElement) missing.focus();
}

/**
 * A person's key in an open dialog: a digit chooses, the keypad's point closes, Enter and the space bar press.
 * @param {HTMLDialogElement} dialog
 * @param {import("./typing.js").PressedKey} key
 */
export function pressIn(dialog, { press, code, walkedTo }) {
  if (press.ctrlKey || press.altKey || press.metaKey) return;
  if (code === "NumpadDecimal") return dialog.close();
  if (code === "Space" || code === "Enter" || code === "NumpadEnter") return confirm(dialog, code, walkedTo);
  const wanted = digitOf(press);
  const row = [...dialog.querySelectorAll(".option")].find(
    (option) => option.querySelector("kbd")?.textContent === String(wanted),
  );
  const radio = row?.querySelector("input");
  if (!(radio instanceof HTMLInputElement)) return;
  radio.focus();
  radio.click(); // tells the form, as the mouse would
  const other = dialog.querySelector("[data-other]:not([hidden]) input");
  if (other instanceof HTMLElement) other.focus();
}

/** @param {HTMLDialogElement} dialog @param {string} code @param {HTMLElement|null} walkedTo */
function confirm(dialog, code, walkedTo) {
  const focused = walkedTo ?? document.activeElement;
  const chosen = focused instanceof HTMLElement && dialog.contains(focused) ? focused : null;
  if (chosen instanceof HTMLButtonElement || (code === "Space" && chosen instanceof HTMLInputElement))
    return chosen.click();
  if (code !== "Space") dialog.querySelector("form")?.requestSubmit();
}
