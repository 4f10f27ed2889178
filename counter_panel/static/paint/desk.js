/** Puts the citizen, the outcome and the acts into the page. */

import { timeOf } from "/static/web/clock.js";
import { box, each, part, setAttribute, setText } from "/static/web/dom.js";
import { numberInto } from "/static/web/number.js";
import { FIRST, say } from "/static/web/words.js";
import { stateOf } from "../model/dossier.js";
import { lasting } from "../model/times.js";
import { paintActs } from "./acts.js";

/** @typedef {import("../model/situation.js").Snapshot} Snapshot */
/** @typedef {import("../model/situation.js").Card} Card */
/** @typedef {import("../model/situation.js").Phase} Phase */
/** @typedef {import("../model/names.js").Names} Names */
/** @typedef {import("../model/outcomes.js").Outcome} Outcome */
/**
 * What the desk shows. `outcome`: the one that will be sent, chosen or usual. `settling`: a press of the big button
 * now would be the second half of a double press.
 * `taker`: who has taken the counter.
 * @typedef {{snapshot: Snapshot, phase: Phase, taker: import("../model/session.js").Seat["holder"], online: boolean, now: number, offset: string, names: Names,
 *   outcome: Outcome|null, draft: import("../model/draft.js").Draft|null, running: {name: string, delayed: boolean}|null,
 *   settling: boolean}} Desk
 */

const LONG_NAME = 70;
const LONGEST_NAME = 105;

/** @param {HTMLElement} root @param {Desk} desk */
export function paintDesk(root, desk) {
  paintHead(root, desk);
  const { snapshot, names, phase } = desk;
  const card = box(root, "[data-card]");
  const citizen = phase === "called" || phase === "serving" ? snapshot.ticket : null;
  const hue = citizen ? names.hue(citizen.queue) : null;
  if (hue) card.style.setProperty("--hue", hue);
  else card.style.removeProperty("--hue");
  box(card, "[data-empty]").hidden = citizen !== null;
  box(card, "[data-citizen]").hidden = citizen === null;
  if (citizen) paintCitizen(card, citizen, desk);
  else paintEmpty(card, desk);
  paintEnding(box(root, "[data-ending]"), desk);
  paintActs(root, desk);
}

/** @param {HTMLElement} root @param {Desk} desk */
function paintHead(root, { snapshot, phase, names, now }) {
  const { counter, ticket } = snapshot;
  setText(box(root, "[data-head-name]"), names.counter(counter.id, counter.name));
  const takes = box(root, "[data-takes]");
  setText(takes, names.takes(counter.takes));
  setAttribute(takes, "title", names.takes(counter.takes));
  const pill = box(root, "[data-pill]");
  pill.hidden = false;
  pill.dataset.tone = phase;
  setText(box(pill, "[data-pill-words]"), names.say(`phase_${phase}`));
  const citizen = phase === "called" || phase === "serving" ? ticket : null;
  const since = citizen?.since ?? (phase === "paused" || phase === "taken" ? counter.since : null);
  setText(box(pill, "[data-pill-time]"), since ? lasting(now - Date.parse(since)) : "");
}

/** @param {HTMLElement} card @param {Desk} desk */
function paintEmpty(card, desk) {
  const { names, phase, snapshot } = desk;
  const { title, text } = emptyWords(desk);
  setText(box(card, "[data-empty-title]"), title);
  setText(box(card, "[data-empty-text]"), text);
  box(card, "[data-free-acts]").hidden = phase !== "free";
  box(card, "[data-taken-acts]").hidden = phase !== "taken";
  const coming = phase === "free" ? snapshot.next : null;
  box(card, "[data-empty-next]").hidden = coming === null;
  if (coming) {
    numberInto(box(card, "[data-empty-number]"), coming.number);
    const because = names.ofHub(coming, "because");
    const procedure = snapshot.line.find(({ id }) => id === coming.id)?.procedure_short ?? "";
    setText(box(card, "[data-empty-procedure]"), names.short(procedure));
    setText(box(card, "[data-empty-because]"), because);
  }
}

/** @param {Desk} desk */
function emptyWords({ names, phase, snapshot, offset, taker }) {
  const { counter, line_total: waiting } = snapshot;
  const time = counter.since ? timeOf(counter.since, offset) : "";
  if (phase === "taken") {
    const facts = { counter: names.counter(counter.id, counter.name), name: taker?.name || "" };
    const since = names.say("taken_text", { time: taker?.since ? timeOf(taker.since, offset) : time });
    const there = snapshot.ticket ? ` ${names.say("taken_number", { number: snapshot.ticket.number })}` : "";
    return { title: names.say(facts.name ? "taken_title_by" : "taken_title", facts), text: since + there };
  }
  if (phase === "paused") {
    const reason = names.ofHub(counter, "pause_reason");
    const waits = names.say("paused_waiting", { count: waiting });
    const text = `${names.say("paused_text", { time, reason })}${waiting > 0 ? `. ${waits}` : ""}`;
    return { title: names.say("paused_title"), text };
  }
  if (phase === "closed") return { title: names.say("phase_closed"), text: names.say("why_closed") };
  if (snapshot.next) return { title: names.say("free_title"), text: "" };
  return { title: names.say("empty_title"), text: names.say("empty_text") };
}

/** @param {HTMLElement} card @param {Card} citizen @param {Desk} desk */
function paintCitizen(card, citizen, desk) {
  const { names, offset } = desk;
  const said = names.card(citizen);
  const number = box(card, "[data-number]");
  numberInto(number, citizen.number);
  number.dataset.long = String(citizen.number.length > 4);
  const procedure = box(card, "[data-procedure]");
  setText(procedure, said.procedure);
  setAttribute(procedure, "title", said.procedure);
  const length = said.procedure.length;
  procedure.dataset.length = length > LONGEST_NAME ? "longest" : length > LONG_NAME ? "long" : "short";
  setText(box(card, "[data-priority]"), names.priority(citizen.priority, citizen.priority_name));
  const chip = box(card, '[data-do="priority"]');
  chip.dataset.given = String(citizen.priority !== null);
  setAttribute(chip, "title", names.say("priority_change"));
  setText(box(card, "[data-facts]"), factsOf(citizen, names, offset));
  setText(box(card, "[data-because]"), said.because);
  const story = storyOf(citizen, names, offset);
  setText(box(card, "[data-history]"), story);
  setAttribute(box(card, "[data-history-line]"), "title", story);
  paintPapers(card, citizen, said.papers, desk);
  setText(box(card, "[data-fee]"), said.fee);
  setText(box(card, "[data-time]"), said.time);
}

/** @param {Card} citizen @param {Names} names @param {string} offset */
function factsOf(citizen, names, offset) {
  const minutes = citizen.waited_minutes;
  const parts = [
    minutes > 0 ? names.say("waited", { minutes }) : names.say("waited_none"),
    names.say("issued", { time: timeOf(citizen.issued_at, offset) }),
    names.say("calls", { count: citizen.calls }),
  ];
  if (citizen.language === "en") parts.push(names.say("english_speaker"));
  else if (citizen.language !== FIRST)
    parts.push(names.say("other_speaker", { language: say(citizen.language, "language_name") }));
  return parts.join(" · ");
}

/** "chờ 08:17 → gọi 08:31 (Quầy 2) → …": every stay of the visit. @param {Card} citizen @param {Names} names @param {string} offset */
function storyOf(citizen, names, offset) {
  return citizen.history
    .map(({ state, start, counter }) => {
      const at =
        counter && state !== "serving" ? names.say("stay_at", { counter: names.counter(counter) }) : "";
      return names.say(`stay_${state}`, { time: timeOf(start, offset) }) + at;
    })
    .join(" → ");
}

/** @param {HTMLElement} card @param {Card} citizen @param {readonly string[]} papers @param {Desk} desk */
function paintPapers(card, citizen, papers, { names, draft }) {
  const rows = papers.map((paper, place) => ({ key: `paper-${place}`, words: paper, more: "" }));
  if (citizen.priority !== null) {
    const name = names.priority(citizen.priority, citizen.priority_name);
    const more = citizen.ground ? names.say("ground", { ground: citizen.ground }) : "";
    rows.push({ key: `priority-${citizen.priority}`, words: names.say("priority_seen", { name }), more });
  }
  const paint = (
    /** @type {HTMLElement} */ item,
    /** @type {{key: string, words: string, more: string}} */ row,
  ) => {
    const tick = part(item, "input", HTMLInputElement);
    tick.value = row.key;
    tick.checked = draft?.ticks.includes(row.key) ?? false;
    setText(box(item, "[data-words]"), row.words);
    setText(box(item, "[data-more]"), row.more && ` · ${row.more}`);
    setAttribute(item, "title", row.more || null);
  };
  each(box(card, "[data-papers]"), "paper", rows, paint, (row) => `${citizen.id} ${row.key}`);
  box(card, "[data-papers-none]").hidden = rows.length > 0;
}

/** @param {HTMLElement} ending @param {Desk} desk */
function paintEnding(ending, { names, phase, outcome, draft, online }) {
  const here = phase === "called" || phase === "serving";
  each(
    box(ending, "[data-outcomes]"),
    "outcome-choice",
    names.outcomes,
    (button, name, place) => {
      button.dataset.outcome = name;
      setText(box(button, "[data-digit]"), String(place + 1));
      setText(box(button, "[data-words]"), names.say(`outcome_${name}`));
      setAttribute(button, "aria-pressed", String(here && name === outcome));
      setAttribute(button, "aria-disabled", here && online ? null : "true");
    },
    (name) => name,
  );
  box(ending, "[data-dossier-part]").hidden = !names.facts.dossiers;
  const input = part(ending, "[data-dossier]", HTMLInputElement);
  const code = here ? (draft?.dossier ?? "") : "";
  const state = stateOf(code);
  if (input.value !== code) input.value = code;
  input.disabled = !here;
  input.dataset.state = state;
  setAttribute(input, "aria-invalid", state === "wrong" ? "true" : null);
  const said = box(ending, "[data-dossier-state]");
  said.dataset.state = state;
  setText(said, state === "empty" ? "" : names.say(`dossier_${state}`));
}
