/** What the officer does: a press becomes a wish, its answer a sentence. */

import { complain, createDialogs, dialogOf } from "./dialogs.js";
import { box, part, setText } from "./dom.js";
import { stateOf, tidied } from "./dossier.js";
import { paintKeys } from "./keysheet.js";
import { coolingSeconds, mainAct, whyNot } from "./model.js";
import { OUTCOMES, outcomeAt } from "./outcomes.js";
import { atCounter, onTicket } from "./questions.js";
import { isEnded } from "./session.js";
import { paintHall } from "./side.js";
import { listenToKeys } from "./typing.js";

/** @typedef {import("./desk.js").Desk} Desk */
/** @typedef {import("./model.js").Act} Act */
/** @typedef {import("./model.js").Card} Card */
/** @typedef {import("./names.js").Names} Names */
/** @typedef {import("./keys.js").Command} Command */
/** @typedef {import("./questions.js").Subject} Subject */
/** @typedef {import("./wishes.js").Step} Step */
/** @typedef {import("./wishes.js").Result} Result */
/** @typedef {import("./wishes.js").Refusal} Refusal */
/**
 * @typedef {object} Hands
 * @property {string} hall
 * @property {HTMLElement} root
 * @property {ReturnType<typeof import("./draft.js").createDrafts>} drafts
 * @property {ReturnType<typeof import("./wishes.js").createWishes>} wishes
 * @property {() => Desk|null} desk
 * @property {() => Names} names
 * @property {() => ReturnType<typeof import("./outcomes.js").createHabits>} habits
 * @property {() => import("./clock.js").Clock|null} clock
 * @property {(tone: "done"|"refused"|"why", text: (names: Names) => string) => void} tell
 * @property {() => void} ended the session is over
 * @property {() => void} entered a counter was taken
 * @property {() => readonly import("./model.js").OtherCounter[]} board who sits where
 * @property {() => void} left the officer has no counter now
 */

const SIGNS = "motcua.counter.signs";

/** @param {Hands} hands */
export function createWork(hands) {
  const { hall, root, drafts, wishes, desk, names, tell } = hands;
  const dialogs = createDialogs({ asked, grant });

  /** @param {Subject|null} subject */
  function asked(subject) {
    const [here, clock] = [desk(), hands.clock()];
    return here && clock
      ? { names: names(), snapshot: here.snapshot, clock, now: here.now, hall, subject }
      : null;
  }

  /**
   * Sends a wish. Null: something else is being done, or the session is over.
   * @param {string} name
   * @param {readonly Step[]} steps
   */
  async function send(name, steps) {
    const result = await wishes.run(name, steps);
    if (result === null || !isEnded(result.refusal)) return result;
    hands.ended();
    return null;
  }

  /** @param {Refusal} refusal */
  function refuse(refusal) {
    tell("refused", (said) => said.refusal(refusal));
  }

  /**
   * @param {string} name
   * @param {Step} step
   * @param {string} word
   * @param {Record<string, string>} facts
   */
  async function act(name, step, word, facts) {
    const result = await send(name, [step]);
    if (result?.refusal) refuse(result.refusal);
    else if (result) tell("done", (said) => said.say(word, facts));
  }

  /** A dialog's wish. @param {Exclude<import("./questions.js").Wish, {error: string}>} wish */
  async function grant({ name, steps, done, facts }) {
    const result = await send(name, steps);
    if (result === null) return "";
    if (result.refusal) return names().refusal(result.refusal);
    tell("done", (said) => said.say(done, facts));
    return null;
  }

  async function next() {
    const here = desk();
    if (!here) return;
    const result = await send("next", [atCounter(hall, here.snapshot.counter.id, "next")]);
    if (result?.refusal) refuse(result.refusal);
    else if (result) tell("done", (said) => said.say("done_next", { number: numberOf(result.data) }));
  }

  /** @param {boolean} callNext */
  async function finish(callNext) {
    const here = desk();
    const citizen = here?.snapshot.ticket;
    if (!here || !citizen) return;
    const { outcome, draft, snapshot } = here;
    if (outcome === null) {
      tell("why", (said) => said.say("why_outcome"));
      return;
    }
    const dossier = draft?.dossier ?? "";
    if (dossier !== "" && stateOf(dossier) !== "good") {
      tell("why", (said) => said.say("why_dossier"));
      return box(root, "[data-dossier]").focus();
    }
    const body = dossier === "" ? { outcome } : { outcome, dossier };
    const steps = [onTicket(hall, citizen.id, "finish", body)];
    if (callNext && snapshot.next) steps.push(atCounter(hall, snapshot.counter.id, "next"));
    const result = await send(callNext ? "finish_next" : "finish", steps);
    if (result) finished(citizen, outcome, result, steps.length);
  }

  /** @param {Card} citizen @param {import("./outcomes.js").Outcome} outcome @param {Result} result @param {number} wanted */
  function finished(citizen, outcome, { done, data, refusal }, wanted) {
    if (done === 0) return refusal ? refuse(refusal) : undefined;
    hands.habits().chosen(citizen.procedure, outcome);
    const { number } = citizen;
    const word =
      done === 2
        ? "done_finish_next"
        : wanted === 2 && refusal?.code === "queue_empty"
          ? "done_finish_empty"
          : "done_finish";
    tell(refusal && refusal.code !== "queue_empty" ? "refused" : "done", (said) => {
      const sentence = said.say(word, {
        number,
        outcome: said.say(`outcome_${outcome}`),
        next: done === 2 ? numberOf(data) : "",
      });
      return refusal && refusal.code !== "queue_empty" ? `${sentence} ${said.refusal(refusal)}` : sentence;
    });
  }

  /** @param {string} ticket @param {string} number */
  async function resume(ticket, number) {
    const here = desk();
    if (!here) return;
    const why = whyNot("resume", here);
    if (why !== null) return tell("why", (said) => said.say(`why_${why}`));
    const missed = here.snapshot.no_shows.some(({ id }) => id === ticket);
    const word = missed ? "done_return" : here.snapshot.ticket ? "done_resume_line" : "done_resume";
    await act("resume", onTicket(hall, ticket, "resume"), word, { number });
  }

  async function close() {
    const here = desk();
    if (!here) return false;
    const result = await send("close", [atCounter(hall, here.snapshot.counter.id, "close")]);
    if (result?.refusal) refuse(result.refusal);
    return result !== null && result.refusal === null;
  }

  /** @param {Command} command */
  function command(command) {
    const here = desk();
    if (!here) return;
    if (command === "keys") return showKeys();
    const wanted = command === "main" ? mainAct(here.phase) : command;
    if (wanted === "dossier") return here.snapshot.ticket ? box(root, "[data-dossier]").focus() : undefined;
    if (wishes.running) return;
    const why = whyNot(wanted, here);
    if (why !== null) {
      const seconds = here.snapshot.ticket ? coolingSeconds(here.snapshot.ticket, here.now) : 0;
      return tell("why", (said) => said.say(`why_${why}`, { seconds }));
    }
    void carryOut(wanted, here);
  }

  /** @param {Act} wanted @param {Desk} here */
  function carryOut(wanted, { snapshot }) {
    const { counter, ticket } = snapshot;
    const facts = { number: ticket?.number ?? "" };
    switch (wanted) {
      case "next":
        return next();
      case "finish":
      case "finish_next":
        return finish(wanted === "finish_next");
      case "start":
      case "recall":
      case "no_show":
      case "reprint":
        return act(wanted, onTicket(hall, ticket?.id ?? "", wanted), `done_${wanted}`, facts);
      case "reopen":
        return act(wanted, atCounter(hall, counter.id, "open"), "done_reopen", facts);
      case "close":
        return close();
      case "pause":
      case "call":
        return dialogs.open(wanted);
      case "hold":
      case "transfer":
      case "cancel":
      case "priority":
        return dialogs.open(wanted, ticket);
      default:
        return undefined;
    }
  }

  /** @param {number} digit */
  function pickOutcome(digit) {
    const here = desk();
    const outcome = outcomeAt(digit);
    if (!here || outcome === null) return;
    const ticket = here.snapshot.ticket;
    if (!ticket || (here.phase !== "called" && here.phase !== "serving"))
      return tell("why", (said) => said.say("why_no_citizen"));
    drafts.note(ticket.id, { outcome });
    tell("done", (said) => `${ticket.number}: ${said.say(`outcome_${outcome}`)}.`);
  }

  /** @param {string} typed */
  function noteDossier(typed) {
    const ticket = desk()?.snapshot.ticket;
    if (ticket) drafts.note(ticket.id, { dossier: tidied(typed) });
  }

  function showKeys() {
    const dialog = dialogOf("keys");
    paintKeys(dialog, names());
    part(dialog, "[data-signs]", HTMLInputElement).checked = signs();
    dialog.showModal();
    part(dialog, "[data-agree]", HTMLButtonElement).focus();
  }

  function signs() {
    try {
      return localStorage.getItem(SIGNS) !== "off";
    } catch {
      return true;
    }
  }

  /**
   * @param {string} counter
   * @param {boolean} takeOver
   * @returns {Promise<Refusal|null>} null: taken, or nothing was sent
   */
  async function open(counter, takeOver) {
    const body = takeOver ? { take_over: true } : {};
    const result = await send("open", [atCounter(hall, counter, "open", body)]);
    if (result && !result.refusal) hands.entered();
    return result?.refusal ?? null;
  }

  /** @param {string} counter @param {string|null} number of the citizen there */
  async function take(counter, number) {
    const error = box(root, "[data-choose-error]");
    setText(error, "");
    const refusal = await open(counter, false);
    if (!refusal) return;
    if (refusal.code !== "counter_taken" && refusal.code !== "at_other_counter")
      return setText(error, names().refusal(refusal));
    askTakeOver(counter, refusal.code === "counter_taken", number);
  }

  /** @param {string} counter @param {boolean} taken by somebody, or only another one is left @param {string|null} number */
  function askTakeOver(counter, taken, number) {
    const said = names();
    const dialog = dialogOf("take_over");
    const facts = {
      counter: said.counter(counter),
      serving: number ? said.say("take_over_serving", { number }) : "",
    };
    setText(box(dialog, "[data-title]"), said.say(taken ? "take_over_title" : "move_title", facts));
    setText(box(dialog, "[data-text]"), said.say(taken ? "take_over_text" : "move_text", facts));
    setText(box(dialog, "[data-agree]"), said.say(taken ? "take_over_do" : "move_do"));
    dialog.dataset.counter = counter;
    complain(dialog, "");
    dialog.showModal();
    part(dialog, "[data-dismiss]", HTMLButtonElement).focus(); // not by a key pressed too often
  }

  /** @param {{logOut: () => Promise<void>, present: () => Promise<void>}} doors */
  function listen({ logOut, present }) {
    listenToKeys({
      ready: () => desk() !== null,
      signs,
      onMeaning: (meaning) =>
        "outcome" in meaning ? pickOutcome(meaning.outcome) : command(meaning.command),
      onCode: (code) => {
        if (stateOf(tidied(code)) !== "good") return;
        noteDossier(code);
        tell("done", () => tidied(code));
      },
    });
    for (const event of ["keydown", "pointerdown"])
      document.addEventListener(event, () => desk() && void present());
    root.addEventListener("click", clicked);
    root.addEventListener("change", (event) => {
      const ticket = desk()?.snapshot.ticket;
      if (ticket && event.target instanceof HTMLInputElement && event.target.type === "checkbox")
        drafts.tick(ticket.id, event.target.value);
    });
    listenToDossier();
    listenToDialogs(logOut);
  }

  function listenToDossier() {
    const input = part(root, "[data-dossier]", HTMLInputElement);
    input.addEventListener("input", () => {
      if (desk()?.snapshot.ticket == null) return;
      const caret = input.selectionStart;
      noteDossier(input.value);
      input.value = tidied(input.value);
      input.setSelectionRange(caret, caret);
      tell("done", () => "");
    });
    input.addEventListener("keydown", (event) => {
      if (event.key === "Enter" || event.key === "Escape") input.blur(); // a scanner ends with Enter: nothing is finished by it
    });
  }

  /** @param {MouseEvent} event */
  function clicked(event) {
    const button = event.target instanceof Element ? event.target.closest("button") : null;
    if (!button) return;
    const { do: name, outcome, counter, resume: ticket, ticket: row } = button.dataset;
    if (button.hasAttribute("data-main")) command("main");
    else if (name) command(/** @type {Command} */ (name));
    else if (outcome) pickOutcome(OUTCOMES.findIndex((each) => each === outcome) + 1);
    else if (ticket) void resume(ticket, button.dataset.number ?? "");
    else if (row) showNumber(row);
    else if (counter) void take(counter, hands.board().find(({ id }) => id === counter)?.number ?? null);
    else clickedElse(button);
  }

  /** @param {HTMLButtonElement} button */
  function clickedElse(button) {
    const here = desk();
    if (button.hasAttribute("data-take-back") && here)
      askTakeOver(here.snapshot.counter.id, true, here.snapshot.ticket?.number ?? null);
    else if (button.hasAttribute("data-choose-other")) hands.left();
    else if (button.hasAttribute("data-do-hall") && here) {
      const dialog = dialogOf("hall");
      paintHall(dialog, here);
      dialog.showModal();
    } else if (button.hasAttribute("data-logout")) askLogOut();
  }

  function askLogOut() {
    const dialog = dialogOf("logout");
    complain(dialog, "");
    dialog.showModal();
  }

  /** What can be done with a number that waits. @param {string} id */
  function showNumber(id) {
    const here = desk();
    const row = here?.snapshot.line.find((each) => each.id === id);
    if (!here || !row) return;
    const dialog = dialogOf("number");
    dialog.dataset.ticket = id;
    setText(box(dialog, "[data-title]"), names().say("number_title", { number: row.number }));
    setText(
      box(dialog, "[data-text]"),
      `${names().short(row.procedure_short)} · ${names().say("waited", { minutes: row.waited_minutes })}`,
    );
    complain(dialog, "");
    dialog.showModal();
  }

  /** @param {() => Promise<void>} logOut */
  function listenToDialogs(logOut) {
    const signsBox = part(dialogOf("keys"), "[data-signs]", HTMLInputElement);
    signsBox.addEventListener("change", () => localStorage.setItem(SIGNS, signsBox.checked ? "on" : "off"));
    const over = dialogOf("take_over");
    part(over, "form", HTMLFormElement).addEventListener("submit", async (event) => {
      event.preventDefault();
      const refusal = await open(over.dataset.counter ?? "", true);
      if (refusal) complain(over, names().refusal(refusal));
      else over.close();
    });
    const leaving = dialogOf("logout");
    part(leaving, "form", HTMLFormElement).addEventListener("submit", async (event) => {
      event.preventDefault();
      const here = desk();
      const mine = here !== null && here.phase !== "taken" && here.phase !== "closed";
      const why = here && mine ? whyNot("close", here) : null;
      if (why !== null) return complain(leaving, names().say(`why_${why}`));
      if (!mine || (await close())) await logOut();
      leaving.close();
    });
    part(leaving, "[data-logout-keep]", HTMLButtonElement).addEventListener("click", async () => {
      await logOut();
      leaving.close();
    });
    dialogOf("number").addEventListener("click", (event) => numberAct(event));
  }

  /** @param {Event} event */
  async function numberAct(event) {
    const name = event.target instanceof HTMLElement ? event.target.dataset.numberAct : undefined;
    const dialog = dialogOf("number");
    const here = desk();
    const row = here?.snapshot.line.find(({ id }) => id === dialog.dataset.ticket);
    if (!name || !here || !row) return;
    const why = name === "call" ? whyNot("call", here) : whyNot("resume", here);
    if (why !== null) return complain(dialog, names().say(`why_${why}`));
    dialog.close();
    if (name === "reprint")
      return act("reprint", onTicket(hall, row.id, "reprint"), "done_reprint", { number: row.number });
    dialogs.open(/** @type {import("./dialogs.js").QuestionName} */ (name), row);
  }

  return { listen };
}

/** The number of the ticket in an answer of the hub. @param {unknown} data */
function numberOf(data) {
  return /** @type {{ticket: {number: string}}} */ (data).ticket.number;
}
