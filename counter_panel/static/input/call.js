/** Somebody is called out of turn: a number of the line shown, or one that the hub finds. */

import { box, setText } from "/static/web/dom.js";
import { isNumber, matching } from "../model/situation.js";
import { choose, chosenOf, field, paintOptions, written } from "../paint/options.js";
import { askReason, reasonOf, showOther } from "./reasons.js";

/** @typedef {import("./questions.js").Asked} Asked */
/** @typedef {import("snapshots").Ticket} Ticket */
/** @typedef {import("../paint/options.js").Option} Option */

/** What the hub has found last. @type {{typed: string, tickets: readonly Ticket[]|null}} */
let found = { typed: "", tickets: [] };

/** @param {HTMLDialogElement} dialog @param {Asked} asked */
function showNumbers(dialog, asked) {
  const { names, snapshot } = asked;
  showOther(dialog);
  const typed = written(dialog, "number");
  const rows = matching(snapshot.line, typed);
  /** @type {Option[]} */
  const shown = rows.map((row) => ({
    value: row.id,
    words: row.number,
    more: `${names.say("minutes", { minutes: row.waited_minutes })} · ${names.short(row.procedure_short)}`,
  }));
  const more = found.typed === typed ? (found.tickets ?? []) : [];
  const elsewhere = more.filter(({ id }) => !rows.some((row) => row.id === id));
  const options = [...shown, ...elsewhere.map((ticket) => optionOf(ticket, asked))];
  const open = options.filter(({ closed }) => !closed);
  const before = chosenOf(dialog, "ticket");
  const stays = open.some(({ value }) => value === before);
  const chosen = typed !== "" && !stays ? (open[0]?.value ?? null) : before;
  paintOptions(box(dialog, "[data-options]"), "ticket", options, { chosen });
  const none = box(dialog, "[data-none]");
  none.hidden = options.length > 0 || typed === "";
  if (!none.hidden) setText(none, names.say(noneOf(typed), { number: typed }));
}

/** @param {string} typed */
function noneOf(typed) {
  if (!isNumber(typed)) return "call_needed";
  if (found.typed !== typed) return "call_searching";
  return found.tickets === null ? "call_unanswered" : "call_none";
}

/** @param {Ticket} ticket @param {Asked} asked @returns {Option} */
function optionOf({ id, number, state, procedure }, { names }) {
  const short = names.facts.procedures.find(({ code }) => code === procedure)?.short ?? procedure;
  const waits = state === "waiting";
  return {
    value: id,
    words: number,
    more: `${names.say(`ticket_${state}`)} · ${names.short(short)}`,
    ...(waits ? {} : { closed: true }),
  };
}

/** Asks the hub for a number that is not in the line shown. @param {HTMLDialogElement} dialog @param {Asked} asked */
async function look(dialog, asked) {
  const typed = written(dialog, "number");
  if (found.typed === typed || !isNumber(typed)) return;
  const tickets = await asked.find(typed);
  if (written(dialog, "number") !== typed) return;
  found = { typed, tickets };
  showNumbers(dialog, asked);
}

/** @type {import("./questions.js").Question} */
export const call = {
  fill(dialog, asked) {
    field(dialog, "number").value = asked.subject?.number ?? "";
    found = { typed: "", tickets: [] };
    askReason(dialog, asked.names, "choice", "[data-reasons]");
    choose(dialog, "ticket", "");
    showNumbers(dialog, asked);
  },
  changed(dialog, asked) {
    showNumbers(dialog, asked);
    void look(dialog, asked);
  },
  async wish(dialog, asked) {
    const { names } = asked;
    await look(dialog, asked);
    const ticket = chosenOf(dialog, "ticket");
    if (ticket === null) {
      const typed = written(dialog, "number");
      return { error: names.say(noneOf(typed), { number: typed }), among: "number" };
    }
    const reason = reasonOf(dialog, names, "choice");
    if ("error" in reason) return reason;
    return { body: { ticket, ...reason }, facts: { number: ticket.slice(ticket.indexOf("-") + 1) } };
  },
};
