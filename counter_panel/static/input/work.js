/** What the officer does: a button or a key becomes a wish, its answer a sentence. */

import { ticks } from "/static/web/clock.js";
import { box } from "/static/web/dom.js";
import { call } from "/static/web/wish.js";
import { ACTS, asks, isWithTicket, mainAct, stepOf, toldOf, whyNot } from "../model/acts.js";
import { stateOf, tidied } from "../model/dossier.js";
import { readScan, toldOfScan } from "../model/scan.js";
import { isEnded } from "../model/session.js";
import { coolingSeconds } from "../model/situation.js";
import { complain, createDialogs, openDialog } from "./dialogs.js";
import { createPresses } from "./presses.js";

/** @typedef {import("../paint/desk.js").Desk} Desk */
/** @typedef {import("../model/acts.js").Act} Act */
/** @typedef {import("../model/situation.js").Card} Card */
/** @typedef {import("../model/names.js").Names} Names */
/** @typedef {import("../model/outcomes.js").Outcome} Outcome */
/** @typedef {import("./questions.js").Subject} Subject */
/** @typedef {import("/static/web/wish.js").Step} Step */
/** @typedef {import("/static/web/wish.js").Result} Result */
/** @typedef {import("../paint/head.js").Tone} Tone */
/**
 * What the work is done with.
 * @typedef {object} Tools
 * @property {string} hall
 * @property {HTMLElement} root
 * @property {ReturnType<typeof import("../model/draft.js").createDrafts>} drafts
 * @property {ReturnType<typeof import("/static/web/wish.js").createWishes>} wishes
 * @property {() => Desk|null} desk
 * @property {() => Names} names
 * @property {() => ReturnType<typeof import("../model/outcomes.js").createHabits>} habits
 * @property {() => import("/static/web/clock.js").Clock|null} clock
 * @property {(tone: Tone, text: (names: Names) => string) => void} tell
 * @property {import("./questions.js").Asked["find"]} find
 * @property {() => void} ended the session is over
 */

export class Work {
  presses = createPresses(ticks);

  /** @param {Tools} tools */
  constructor(tools) {
    this.tools = tools;
    this.dialogs = createDialogs({
      asked: (subject) => this.#asked(subject),
      grant: (act, wish, subject) => this.#grant(act, wish, subject),
    });
    tools.root.addEventListener("click", ({ target }) => {
      const button = target instanceof Element ? target.closest("button") : null;
      if (button) this.#clicked(button);
    });
  }

  /** @param {HTMLButtonElement} button */
  #clicked(button) {
    const { do: wanted, outcome } = button.dataset;
    if (button.hasAttribute("data-main")) this.do("main");
    else if (wanted && wanted in ACTS) this.do(/** @type {Act} */ (wanted));
    else if (outcome) this.pickOutcome(this.tools.names().outcomes.map(String).indexOf(outcome) + 1);
  }

  /** @param {Subject|null} subject */
  #asked(subject) {
    const { desk, clock, names } = this.tools;
    const [here, time] = [desk(), clock()];
    if (!here || !time) return null;
    return {
      names: names(),
      snapshot: here.snapshot,
      clock: time,
      now: here.now,
      subject,
      find: this.tools.find,
    };
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
   * One act, told in one sentence.
   * @param {Act} act
   * @param {{id: string, number: string}|null} subject whom it is done with; null: the counter
   */
  async act(act, subject) {
    const before = this.tools.desk()?.snapshot;
    const result = await this.send(act, [this.#step(act, subject)]);
    if (result?.refusal) return this.#refuse(result.refusal);
    if (!result || !before) return;
    const word = toldOf(act, before, subject?.id ?? "", result.data);
    const number = subject?.number ?? numberOf(result.data);
    const back = act === "undo" && before.undo?.number === number ? before.undo.back : null;
    this.tools.tell("done", (said) => {
      const done = said.say(word, { number });
      return back ? `${done} ${said.say("done_undo_back", { number: back })}` : done;
    });
  }

  /** @param {Act} act @param {{id: string}|null} subject @param {Record<string, unknown>} [body] @returns {Step} */
  #step(act, subject, body) {
    const { hall, desk } = this.tools;
    return stepOf(act, { hall, counter: desk()?.snapshot.counter.id, ticket: subject?.id }, body);
  }

  /** @param {import("/static/web/wish.js").Refusal} refusal */
  #refuse(refusal) {
    this.tools.tell("refused", (said) => said.refusal(refusal));
  }

  /**
   * A dialog's wish.
   * @param {import("../model/acts.js").AskingAct} act
   * @param {Exclude<import("./questions.js").Wish, {error: string}>} wish
   * @param {Subject|null} subject
   */
  async #grant(act, { body, facts }, subject) {
    const before = this.tools.desk()?.snapshot;
    const result = await this.send(act, [this.#step(act, subject, body)]);
    if (result === null || !before) return "";
    if (result.refusal) return this.tools.names().refusal(result.refusal);
    const word = toldOf(act, before, subject?.id ?? "", result.data);
    const said = { number: subject?.number ?? numberOf(result.data), ...facts };
    this.tools.tell("done", (names) => names.say(word, said));
    return null;
  }

  /** A key or a button. @param {Act|"main"} command */
  do(command) {
    const here = this.tools.desk();
    if (this.presses.isDouble(command) || !here || this.tools.wishes.running) return;
    const wanted = command === "main" ? mainAct(here.phase) : command;
    const why = whyNot(wanted, here);
    // Somebody may have taken a number in this very moment: the hub knows.
    if (why === null || why === "nobody") return this.carryOut(wanted, here.snapshot.ticket);
    const { ticket } = here.snapshot;
    const seconds = ticket ? coolingSeconds(ticket, here.now) : 0;
    this.tools.tell("why", (said) => said.say(`why_${why}`, { seconds }));
  }

  /** What may be done is asked about, sent and told. @param {Act} act @param {Subject|null} subject */
  carryOut(act, subject) {
    if (act === "finish" || act === "finish_next") void this.#finish(act);
    else if (act === "close") void this.close();
    else if (asks(act)) this.dialogs.open(act, subject);
    else void this.act(act, isWithTicket(act) ? subject : null);
  }

  /** @param {"finish"|"finish_next"} act */
  async #finish(act) {
    const { root, desk, tell } = this.tools;
    const here = desk();
    const citizen = here?.snapshot.ticket;
    if (!here || !citizen) return;
    const { outcome, draft, snapshot } = here;
    if (outcome === null)
      return tell("why", (said) => said.say("why_outcome", { count: said.outcomes.length }));
    if (!this.dossierStands()) return box(root, "[data-dossier]").focus();
    const dossier = draft?.dossier ?? "";
    const body = dossier === "" ? { outcome } : { outcome, dossier };
    const steps = [this.#step(act, citizen, body)];
    if (act === "finish_next" && snapshot.next) steps.push(this.#step("next", null));
    const result = await this.send(act, steps);
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
    const { desk, tell } = this.tools;
    const here = desk();
    if (!here) return;
    const why = whyNot("resume", here);
    if (why !== null) return tell("why", (said) => said.say(`why_${why}`));
    await this.act("resume", { id: ticket, number });
  }

  /** @returns {Promise<boolean>} whether the counter is closed now */
  async close() {
    if (!this.tools.desk()) return false;
    const result = await this.send("close", [this.#step("close", null)]);
    if (result?.refusal) this.#refuse(result.refusal);
    return result !== null && result.refusal === null;
  }

  /** @param {number} digit */
  pickOutcome(digit) {
    const { desk, drafts, tell } = this.tools;
    const here = desk();
    const outcome = here?.names.outcomes[digit - 1];
    if (!here || !outcome) return;
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

  /** What a scanner has read is told; a dossier code is noted. Nothing else is done. @param {string} text */
  async scanned(text) {
    const here = this.tools.desk();
    if (!here) return;
    const scan = readScan(text, here.names.facts.dossiers);
    if (scan.kind === "dossier") {
      const against = this.tools.wishes.running ? "scan_busy" : here.phase === "taken" ? "scan_taken" : null;
      if (against) return this.#tellScan("why", (said) => said.say(against, { code: scan.code }));
      if (here.snapshot.ticket) this.noteDossier(scan.code);
    }
    const number = scan.kind === "slip" ? await numberOfSlip(scan.token) : null;
    const { tone, word, facts } = toldOfScan(scan, here.snapshot, number);
    if (word === "scan_elsewhere") return this.#lookedUp(String(facts.number));
    this.#tellScan(tone, (said) => said.say(word, facts));
  }

  /** An open dialog covers the line of the page: it is told there too. @type {Tools["tell"]} */
  #tellScan(tone, text) {
    this.tools.tell(tone, text);
    const dialog = openDialog();
    if (dialog?.querySelector("[data-error]")) complain(dialog, text(this.tools.names()));
  }

  /** A ticket that this counter does not show: what the hub knows of it. @param {string} number */
  async #lookedUp(number) {
    const tickets = await this.tools.find(number);
    const state = tickets?.find((each) => each.number === number)?.state;
    this.#tellScan("done", (said) => {
      if (state) return said.say("scan_found", { number, state: said.say(`ticket_${state}`) });
      return said.say(tickets ? "scan_none" : "scan_elsewhere", { number });
    });
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

/** The number of the ticket in an answer of the hub; empty: it speaks of none. @param {unknown} data */
function numberOf(data) {
  return /** @type {{ticket?: {number: string}|null}} */ (data).ticket?.number ?? "";
}

/** Empty: nobody knows it. @param {string} token */
async function numberOfSlip(token) {
  const reply = await call("GET", `/api/v1/track/${encodeURIComponent(token)}`);
  return reply.ok ? /** @type {{number: string}} */ (reply.data).number : "";
}
