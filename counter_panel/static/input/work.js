/** What the officer does: a press becomes a wish, its answer a sentence. */

import { box } from "/static/web/dom.js";
import { stateOf, tidied } from "../model/dossier.js";
import { outcomeAt } from "../model/outcomes.js";
import { isEnded } from "../model/session.js";
import { coolingSeconds, mainAct, whyNot } from "../model/situation.js";
import { createDialogs } from "./dialogs.js";
import { createPresses } from "./presses.js";
import { atCounter, onTicket } from "./questions.js";

/** @typedef {import("../paint/desk.js").Desk} Desk */
/** @typedef {import("../model/situation.js").Act} Act */
/** @typedef {import("../model/situation.js").Card} Card */
/** @typedef {import("../model/names.js").Names} Names */
/** @typedef {import("../model/outcomes.js").Outcome} Outcome */
/** @typedef {import("./questions.js").Subject} Subject */
/** @typedef {import("../model/wishes.js").Step} Step */
/** @typedef {import("../model/wishes.js").Result} Result */
/** @typedef {"quiet"|"done"|"refused"|"why"} Tone */
/**
 * What the work is done with.
 * @typedef {object} Tools
 * @property {string} hall
 * @property {HTMLElement} root
 * @property {ReturnType<typeof import("../model/draft.js").createDrafts>} drafts
 * @property {ReturnType<typeof import("../model/wishes.js").createWishes>} wishes
 * @property {() => Desk|null} desk
 * @property {() => Names} names
 * @property {() => ReturnType<typeof import("../model/outcomes.js").createHabits>} habits
 * @property {() => import("/static/web/clock.js").Clock|null} clock
 * @property {(tone: Tone, text: (names: Names) => string) => void} tell
 * @property {() => void} ended the session is over
 */

export class Work {
  presses = createPresses(() => performance.now());

  /** @param {Tools} tools */
  constructor(tools) {
    this.tools = tools;
    this.dialogs = createDialogs({
      asked: (subject) => this.#asked(subject),
      grant: (wish) => this.#grant(wish),
    });
  }

  /** @param {Subject|null} subject */
  #asked(subject) {
    const { desk, clock, names, hall } = this.tools;
    const [here, time] = [desk(), clock()];
    if (!here || !time) return null;
    return { names: names(), snapshot: here.snapshot, clock: time, now: here.now, hall, subject };
  }

  /**
   * Sends a wish. Null: something else is being done, or the session is over.
   * @param {string} name
   * @param {readonly Step[]} steps
   */
  async send(name, steps) {
    const result = await this.tools.wishes.run(name, steps);
    if (result !== null) this.presses.answered();
    if (result === null || !isEnded(result.refusal)) return result;
    this.tools.ended();
    return null;
  }

  /**
   * One step, told in one sentence.
   * @param {string} name
   * @param {Step} step
   * @param {string} word
   * @param {Record<string, string>} facts
   */
  async act(name, step, word, facts) {
    const result = await this.send(name, [step]);
    if (result?.refusal) this.#refuse(result.refusal);
    else if (result) this.tools.tell("done", (said) => said.say(word, facts));
  }

  /** @param {import("/static/web/wish.js").Refusal} refusal */
  #refuse(refusal) {
    this.tools.tell("refused", (said) => said.refusal(refusal));
  }

  /** A dialog's wish. @param {Exclude<import("./questions.js").Wish, {error: string}>} wish */
  async #grant({ name, steps, done, facts }) {
    const result = await this.send(name, steps);
    if (result === null) return "";
    if (result.refusal) return this.tools.names().refusal(result.refusal);
    this.tools.tell("done", (said) => said.say(done, facts));
    return null;
  }

  /** A key or a button. @param {Act|"main"} command */
  do(command) {
    const here = this.tools.desk();
    if (this.presses.isDouble(command) || !here || this.tools.wishes.running) return;
    const wanted = command === "main" ? mainAct(here.phase) : command;
    const why = whyNot(wanted, here);
    // Somebody may have taken a number in this very moment: the hub knows.
    if (why === null || why === "nobody") return void this.#carryOut(wanted, here);
    const { ticket } = here.snapshot;
    const seconds = ticket ? coolingSeconds(ticket, here.now) : 0;
    this.tools.tell("why", (said) => said.say(`why_${why}`, { seconds }));
  }

  /** @param {Act} wanted @param {Desk} here */
  #carryOut(wanted, { snapshot }) {
    const { hall } = this.tools;
    const { counter, ticket } = snapshot;
    const facts = { number: ticket?.number ?? "" };
    switch (wanted) {
      case "next":
        return this.#next(counter.id);
      case "finish":
      case "finish_next":
        return this.#finish(wanted === "finish_next");
      case "start":
      case "recall":
      case "no_show":
      case "reprint":
        return this.act(wanted, onTicket(hall, ticket?.id ?? "", wanted), `done_${wanted}`, facts);
      case "reopen":
        return this.act(wanted, atCounter(hall, counter.id, "open"), "done_reopen", facts);
      case "close":
        return this.close();
      case "pause":
      case "call":
        return this.dialogs.open(wanted);
      case "hold":
      case "transfer":
      case "cancel":
      case "priority":
        return this.dialogs.open(wanted, ticket);
      default:
        return undefined;
    }
  }

  /** @param {string} counter */
  async #next(counter) {
    const result = await this.send("next", [atCounter(this.tools.hall, counter, "next")]);
    if (result?.refusal) return this.#refuse(result.refusal);
    if (result) this.tools.tell("done", (said) => said.say("done_next", { number: numberOf(result.data) }));
  }

  /** @param {boolean} callNext */
  async #finish(callNext) {
    const { hall, root, desk, tell } = this.tools;
    const here = desk();
    const citizen = here?.snapshot.ticket;
    if (!here || !citizen) return;
    const { outcome, draft, snapshot } = here;
    if (outcome === null) return tell("why", (said) => said.say("why_outcome"));
    if (!this.dossierStands()) return box(root, "[data-dossier]").focus();
    const dossier = draft?.dossier ?? "";
    const body = dossier === "" ? { outcome } : { outcome, dossier };
    const steps = [onTicket(hall, citizen.id, "finish", body)];
    if (callNext && snapshot.next) steps.push(atCounter(hall, snapshot.counter.id, "next"));
    const result = await this.send(callNext ? "finish_next" : "finish", steps);
    if (result) this.#finished(citizen, outcome, result);
  }

  /** @param {Card} citizen @param {Outcome} outcome @param {Result} result */
  #finished({ number, procedure }, outcome, { done, data, refusal }) {
    if (done === 0) return refusal ? this.#refuse(refusal) : undefined;
    this.tools.habits().chosen(procedure, outcome);
    const empty = refusal?.code === "queue_empty";
    const word = done === 2 ? "done_finish_next" : empty ? "done_finish_empty" : "done_finish";
    const next = done === 2 ? numberOf(data) : "";
    this.tools.tell(refusal && !empty ? "refused" : "done", (said) => {
      const sentence = said.say(word, { number, outcome: said.say(`outcome_${outcome}`), next });
      return refusal && !empty ? `${sentence} ${said.refusal(refusal)}` : sentence;
    });
  }

  /** Back from hold, or after a no-show. @param {string} ticket @param {string} number */
  async resume(ticket, number) {
    const { hall, desk, tell } = this.tools;
    const here = desk();
    if (!here) return;
    const why = whyNot("resume", here);
    if (why !== null) return tell("why", (said) => said.say(`why_${why}`));
    const missed = here.snapshot.no_shows.some(({ id }) => id === ticket);
    const word = missed ? "done_return" : here.snapshot.ticket ? "done_resume_line" : "done_resume";
    await this.act("resume", onTicket(hall, ticket, "resume"), word, { number });
  }

  /** @returns {Promise<boolean>} whether the counter is closed now */
  async close() {
    const here = this.tools.desk();
    if (!here) return false;
    const result = await this.send("close", [atCounter(this.tools.hall, here.snapshot.counter.id, "close")]);
    if (result?.refusal) this.#refuse(result.refusal);
    return result !== null && result.refusal === null;
  }

  /** @param {number} digit */
  pickOutcome(digit) {
    const { desk, drafts, tell } = this.tools;
    const here = desk();
    const outcome = outcomeAt(digit);
    if (!here || outcome === null) return;
    const ticket = here.phase === "called" || here.phase === "serving" ? here.snapshot.ticket : null;
    if (!ticket) return tell("why", (said) => said.say("why_no_citizen"));
    drafts.note(ticket.id, { outcome });
    tell("quiet", () => "");
  }

  /** @param {string} typed */
  noteDossier(typed) {
    const ticket = this.tools.desk()?.snapshot.ticket;
    if (!ticket) return;
    this.tools.drafts.note(ticket.id, { dossier: tidied(typed) });
    this.tools.tell("quiet", () => "");
  }

  /** No code or a whole one; of any other the officer is told. */
  dossierStands() {
    const dossier = this.tools.desk()?.draft?.dossier ?? "";
    const stands = dossier === "" || stateOf(dossier) === "good";
    if (!stands) this.tools.tell("why", (said) => said.say("why_dossier"));
    return stands;
  }

  /** @param {string} paper */
  tick(paper) {
    const ticket = this.tools.desk()?.snapshot.ticket;
    if (ticket) this.tools.drafts.tick(ticket.id, paper);
  }
}

/** The number of the ticket in an answer of the hub. @param {unknown} data */
function numberOf(data) {
  return /** @type {{ticket: {number: string}}} */ (data).ticket.number;
}
