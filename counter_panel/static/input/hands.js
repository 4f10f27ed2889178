/** Mouse, keys and scanner: what each of them sets in motion. */

import { box, part, setText } from "/static/web/dom.js";
import { kept } from "/static/web/keep.js";
import { isWithTicket, whyNot } from "../model/acts.js";
import { meaningOf } from "../model/keys.js";
import { apart, isOurs, linesOf, readScan } from "../model/scan.js";
import { paintKeys } from "../paint/keysheet.js";
import { paintHall } from "../paint/side.js";
import { closeDialogs, complain, dialogOf, openDialog, pressIn } from "./dialogs.js";
import { listenToKeys } from "./typing.js";

/** @typedef {import("../model/acts.js").Act} Act */
/**
 * @typedef {object} Hands
 * @property {string} hall
 * @property {HTMLElement} root
 * @property {import("./work.js").Work} work
 * @property {ReturnType<typeof import("./seats.js").createSeats>} seats
 * @property {() => import("../paint/desk.js").Desk|null} desk
 * @property {() => import("../model/names.js").Names} names
 * @property {() => void} leave choose another counter
 * @property {() => void} present somebody is at this screen
 */

const SIGNS = "motcua.counter.signs";

/** Whether single letters, digits and signs are commands. */
function signs() {
  return kept.read(SIGNS) !== "off";
}

/** @param {Hands} hands */
export function listen(hands) {
  const { root, work, desk, names } = hands;
  listenToKeys({
    root,
    isCommand: (press) => meaningOf(press, signs()) !== null,
    onPress: (key) => pressed(hands, key),
    onScan: (texts, begun) => {
      const { dossiers } = names().facts;
      const alone = begun && apart(texts, begun.sign, dossiers);
      if (begun && !alone) closeDialogs(); // opened by the first sign
      if (desk()) for (const text of linesOf(alone ?? texts, dossiers)) void work.scanned(text);
    },
    onWritten: (texts, field) => takeOut(hands, texts, field),
  });
  for (const event of ["keydown", "pointerdown"])
    document.addEventListener(event, () => {
      if (desk()) hands.present();
    });
  root.addEventListener("click", (event) => {
    const button = event.target instanceof Element ? event.target.closest("button") : null;
    if (button) clicked(hands, button);
  });
  box(root, "[data-papers]").addEventListener("change", ({ target }) => {
    if (target instanceof HTMLInputElement) work.tick(target.value);
  });
  listenToDossier(hands);
  listenToSheet();
  dialogOf("number").addEventListener("click", ({ target }) => {
    if (target instanceof HTMLElement && target.dataset.numberAct)
      withNumber(hands, /** @type {Act} */ (target.dataset.numberAct));
  });
}

/**
 * A person's key. The space bar is the big button's wherever the tab key has led; Enter presses what it has led to.
 * @param {Hands} hands
 * @param {import("./typing.js").PressedKey} key
 */
function pressed({ root, work, desk, names }, { code, press, walkedTo }) {
  const dialog = openDialog();
  if (dialog) return pressIn(dialog, { code, press, walkedTo, sign: "", at: 0 });
  const ticks = code === "Space" && walkedTo instanceof HTMLInputElement;
  if (walkedTo?.isConnected && (code === "Enter" || ticks || !desk())) return walkedTo.click();
  const meaning = desk() && meaningOf(press, signs());
  if (!meaning) return;
  if ("outcome" in meaning) work.pickOutcome(meaning.outcome);
  else if (meaning.command === "keys") showKeys(names());
  else if (meaning.command !== "dossier") work.do(meaning.command);
  else if (names().facts.dossiers && desk()?.snapshot.ticket) box(root, "[data-dossier]").focus();
}

/**
 * A code, a slip or a card is one wherever the cursor stood: nothing of it stays in the field.
 * @param {Hands} hands
 * @param {readonly string[]} texts
 * @param {import("./typing.js").Field} field
 */
function takeOut({ work, desk, names }, texts, { input, value }) {
  const { dossiers } = names().facts;
  const read = linesOf(texts, dossiers).filter((text) => isOurs(readScan(text, dossiers)));
  if (!desk() || read.length === 0) return;
  input.value = value;
  input.dispatchEvent(new Event("input", { bubbles: true }));
  if (input.closest("dialog") === null) input.blur();
  for (const text of read) void work.scanned(text);
}

/** @param {Hands} hands @param {HTMLButtonElement} button */
function clicked(hands, button) {
  const { seats, work } = hands;
  const { counter, resume, ticket } = button.dataset;
  if (button.dataset.do === "keys") showKeys(hands.names());
  else if (resume) void work.resume(resume, button.dataset.number ?? "");
  else if (ticket) showNumber(hands, ticket);
  else if (counter) void seats.take(counter);
  else if (button.hasAttribute("data-choose-other")) hands.leave();
  else if (button.hasAttribute("data-logout")) seats.askLogOut();
  else clickedAtDesk(hands, button);
}

/** @param {Hands} hands @param {HTMLButtonElement} button */
function clickedAtDesk({ seats, desk }, button) {
  const here = desk();
  if (!here) return;
  if (button.hasAttribute("data-take-back")) void seats.askTakeOver(here.snapshot.counter.id, true);
  if (!button.hasAttribute("data-do-hall")) return;
  const dialog = dialogOf("hall");
  paintHall(dialog, here);
  dialog.showModal();
}

/** @param {Hands} hands */
function listenToDossier({ root, work, desk }) {
  const input = part(root, "[data-dossier]", HTMLInputElement);
  input.addEventListener("input", () => {
    if (!desk()?.snapshot.ticket) return;
    const caret = input.selectionStart;
    work.noteDossier(input.value);
    input.setSelectionRange(caret, caret);
  });
  input.addEventListener("keydown", (event) => {
    // A scanner ends its code with Enter: that finishes nobody. A wrong code keeps the focus: what is typed next
    // corrects it and must not be taken for commands.
    if (event.key === "Escape" || (event.key === "Enter" && work.dossierStands())) input.blur();
  });
}

/** @param {import("../model/names.js").Names} names */
function showKeys(names) {
  const dialog = dialogOf("keys");
  paintKeys(dialog, names);
  part(dialog, "[data-signs]", HTMLInputElement).checked = signs();
  dialog.showModal();
  part(dialog, "[data-agree]", HTMLButtonElement).focus();
}

function listenToSheet() {
  const tick = part(dialogOf("keys"), "[data-signs]", HTMLInputElement);
  tick.addEventListener("change", () => kept.write(SIGNS, tick.checked ? "on" : "off"));
}

/** What can be done with a number that waits. @param {Hands} hands @param {string} id */
function showNumber({ desk, names }, id) {
  const row = desk()?.snapshot.line.find((each) => each.id === id);
  if (!row) return;
  const dialog = dialogOf("number");
  const said = names();
  dialog.dataset.ticket = id;
  setText(box(dialog, "[data-title]"), said.say("number_title", { number: row.number }));
  const waited = said.say("waited", { minutes: row.waited_minutes });
  setText(box(dialog, "[data-text]"), `${said.short(row.procedure_short)} · ${waited}`);
  complain(dialog, "");
  dialog.showModal();
}

/** @param {Hands} hands @param {Act} wanted */
function withNumber({ work, desk, names }, wanted) {
  const dialog = dialogOf("number");
  const here = desk();
  const row = here?.snapshot.line.find(({ id }) => id === dialog.dataset.ticket);
  if (!here || !row) return dialog.close();
  // What is done with a citizen elsewhere does not ask who is here: only that the officer is.
  const why = whyNot(isWithTicket(wanted) ? "resume" : wanted, here);
  if (why !== null) return complain(dialog, names().say(`why_${why}`));
  dialog.close();
  work.carryOut(wanted, row);
}
