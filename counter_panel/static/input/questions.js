/** What each dialog asks, and the wish its answers make. */

import { box, part, setText } from "/static/web/dom.js";
import { find } from "../model/find.js";
import { matching, ticketId } from "../model/situation.js";
import { momentIn, momentToday } from "../model/times.js";
import { choose, chosenOf, field, paintOptions, written } from "../paint/options.js";

/** @typedef {import("../model/situation.js").Snapshot} Snapshot */
/** @typedef {import("../model/names.js").Names} Names */
/** @typedef {{id: string, number: string, priority: string|null}} Subject */
/** @typedef {{names: Names, snapshot: Snapshot, clock: import("/static/web/clock.js").Clock, now: number, subject: Subject|null}} Asked */
/**
 * What is sent, and what the sentence about it names besides the number asked about; or what is missing.
 * @typedef {{body: Record<string, unknown>, facts?: Record<string, string>}|{error: string}} Wish
 */
/**
 * `fill` shows the question anew, `changed` follows what is being typed and chosen, `wish` is what is sent.
 * @typedef {{fill: (dialog: HTMLDialogElement, asked: Asked) => void,
 *   changed?: (dialog: HTMLDialogElement, asked: Asked) => void,
 *   wish: (dialog: HTMLDialogElement, asked: Asked) => Wish}} Question
 */

const OTHER = "other";
const PAUSES = ["meeting", "signing", "short_break", "lunch", "system"];
const HOLDS = ["papers", "copies", "form", "fee", "other_office"];
const CALLS = ["back_with_papers", "frail", "urgent", "supervisor"];
const MINUTES = [15, 30, 60];

/** @param {Names} names @param {string} kind @param {readonly string[]} reasons */
function reasonOptions(names, kind, reasons) {
  const known = reasons.map((value) => ({ value, words: names.say(`${kind}_${value}`) }));
  return [...known, { value: OTHER, words: names.say(`${kind}_${OTHER}`) }];
}

/** The code of the reason, or the officer's own words for one that has none. @param {HTMLElement} dialog */
function reasonOf(dialog) {
  const chosen = chosenOf(dialog, "reason") ?? OTHER;
  if (chosen !== OTHER) return { reason: chosen };
  const note = written(dialog, "other");
  return note === "" ? null : { reason: OTHER, note };
}

/** @param {HTMLElement} dialog */
function showOther(dialog) {
  box(dialog, "[data-other]").hidden = chosenOf(dialog, "reason") !== OTHER;
}

/** @type {Question} */
const pause = {
  fill(dialog, { names }) {
    const chosen = chosenOf(dialog, "reason") ?? "short_break";
    paintOptions(box(dialog, "[data-options]"), "reason", reasonOptions(names, "pause", PAUSES), {
      chosen,
      digits: true,
    });
    showOther(dialog);
  },
  changed: showOther,
  wish(dialog, { names }) {
    const reason = reasonOf(dialog);
    return reason === null ? { error: names.say("reason_needed") } : { body: reason };
  },
};

/** @type {Question} */
const hold = {
  fill(dialog, { names, subject }) {
    setText(box(dialog, "[data-title]"), names.say("hold_title", { number: subject?.number ?? "" }));
    const chosen = chosenOf(dialog, "reason") ?? "papers";
    paintOptions(box(dialog, "[data-options]"), "reason", reasonOptions(names, "hold", HOLDS), {
      chosen,
      digits: true,
    });
    const untils = [
      { value: "", words: names.say("until_none") },
      ...MINUTES.map((minutes) => ({ value: String(minutes), words: names.say("minutes", { minutes }) })),
    ];
    paintOptions(box(dialog, "[data-until]"), "until", untils, { chosen: "" });
    field(dialog, "at").value = "";
    field(dialog, "other").value = "";
    showOther(dialog);
  },
  changed(dialog) {
    showOther(dialog);
    if (field(dialog, "at").value !== "") choose(dialog, "until", "at");
  },
  wish(dialog, { names, snapshot, clock, now }) {
    const reason = reasonOf(dialog);
    if (reason === null) return { error: names.say("reason_needed") };
    const [at, minutes] = [field(dialog, "at").value, chosenOf(dialog, "until")];
    const until = minutes
      ? momentIn(Number(minutes), clock, now)
      : at
        ? momentToday(at, snapshot.day, clock, now)
        : null;
    if (!minutes && at && until === null) return { error: names.say("until_wrong") };
    return { body: until === null ? reason : { ...reason, until } };
  },
};

/** @param {Asked} asked @returns {(import("../model/find.js").Place & {value: string})[]} */
function placesOf({ names, snapshot }) {
  const { facts } = names;
  const counters = facts.counters
    .filter(({ id }) => id !== snapshot.counter.id)
    .map(({ id, takes }) => ({
      kind: /** @type {const} */ ("counter"),
      id,
      name: names.counter(id),
      more: names.takes(takes),
    }));
  const queues = facts.queues.map(({ id }) => ({
    kind: /** @type {const} */ ("queue"),
    id,
    name: names.queue(id),
    more: "",
  }));
  const procedures = facts.procedures
    .filter(({ available }) => available)
    .map(({ code, short, queue, frequent }) => ({
      kind: /** @type {const} */ ("procedure"),
      id: code,
      name: names.short(short),
      more: names.queue(queue),
      frequent,
    }));
  return [...counters, ...queues, ...procedures].map((place) => ({
    ...place,
    value: `${place.kind}/${place.id}`,
  }));
}

/** @param {HTMLDialogElement} dialog @param {Asked} asked */
function showPlaces(dialog, asked) {
  const typed = written(dialog, "find");
  const found = find(placesOf(asked), typed);
  const before = chosenOf(dialog, "place");
  const stays = found.some(({ value }) => value === before);
  const chosen = typed !== "" && !stays ? (found[0]?.value ?? null) : before;
  const options = found.map(({ kind, id, name, more, value }) => ({
    value,
    words: kind === "queue" ? `${id} · ${name}` : name,
    more: [asked.names.say(`kind_${kind}`), more].filter(Boolean).join(" · "),
  }));
  paintOptions(box(dialog, "[data-options]"), "place", options, { chosen });
  box(dialog, "[data-none]").hidden = found.length > 0;
  box(dialog, "[data-options]").hidden = found.length === 0;
}

/** @type {Question} */
const transfer = {
  fill(dialog, asked) {
    const { names, subject } = asked;
    setText(box(dialog, "[data-title]"), names.say("transfer_title", { number: subject?.number ?? "" }));
    field(dialog, "find").value = "";
    const positions = ["by_arrival", "first", "last"].map((value) => ({
      value,
      words: names.say(`position_${value}`),
    }));
    paintOptions(box(dialog, "[data-position]"), "position", positions, { chosen: "by_arrival" });
    choose(dialog, "place", "");
    showPlaces(dialog, asked);
    box(dialog, "[data-options]").scrollTop = 0;
  },
  changed: showPlaces,
  wish(dialog, asked) {
    const { names } = asked;
    const place = placesOf(asked).find(({ value }) => value === chosenOf(dialog, "place"));
    if (!place) return { error: names.say("transfer_needed") };
    const body = { [place.kind]: place.id, position: chosenOf(dialog, "position") ?? "by_arrival" };
    return { body, facts: { place: place.name } };
  },
};

/** @param {HTMLDialogElement} dialog @param {Asked} asked */
function showNumbers(dialog, { names, snapshot }) {
  showOther(dialog);
  const typed = written(dialog, "number");
  const found = matching(snapshot.line, typed);
  const before = chosenOf(dialog, "ticket");
  const stays = found.some(({ id }) => id === before);
  const chosen = typed !== "" && !stays ? (found[0]?.id ?? null) : before;
  const options = found.map((row) => ({
    value: row.id,
    words: row.number,
    more: `${names.say("minutes", { minutes: row.waited_minutes })} · ${names.short(row.procedure_short)}`,
  }));
  paintOptions(box(dialog, "[data-options]"), "ticket", options, { chosen });
  box(dialog, "[data-none]").hidden = found.length > 0 || typed === "";
}

/** @type {Question} */
const call = {
  fill(dialog, asked) {
    const { names, subject } = asked;
    const number = field(dialog, "number");
    number.value = subject?.number ?? "";
    paintOptions(box(dialog, "[data-reasons]"), "reason", reasonOptions(names, "choice", CALLS), {
      chosen: "back_with_papers",
    });
    field(dialog, "other").value = "";
    choose(dialog, "ticket", "");
    showNumbers(dialog, asked);
  },
  changed: showNumbers,
  wish(dialog, { names, snapshot }) {
    const typed = written(dialog, "number");
    const listed = snapshot.line.find(({ id }) => id === chosenOf(dialog, "ticket"));
    const ticket = listed?.id ?? ticketId(snapshot.day, typed);
    if (ticket === null) return { error: names.say("call_needed") };
    const reason = reasonOf(dialog);
    if (reason === null) return { error: names.say("reason_needed") };
    return { body: { ticket, ...reason }, facts: { number: ticket.slice(ticket.indexOf("-") + 1) } };
  },
};

const NONE = "none";

/** @type {Question} */
const priority = {
  fill(dialog, { names, subject }) {
    setText(box(dialog, "[data-title]"), names.say("priority_title", { number: subject?.number ?? "" }));
    const groups = names.facts.priorities.map(({ code, ground }) => ({
      value: code,
      words: names.priority(code),
      more: ground ? names.say("ground", { ground }) : "",
    }));
    const options = [{ value: NONE, words: names.say("priority_none") }, ...groups];
    paintOptions(box(dialog, "[data-options]"), "priority", options, {
      chosen: subject?.priority ?? NONE,
      digits: true,
    });
  },
  wish(dialog, { names }) {
    const chosen = chosenOf(dialog, "priority") ?? NONE;
    const code = chosen === NONE ? null : chosen;
    return { body: { priority: code }, facts: { priority: names.priority(code) } };
  },
};

/** @type {Question} */
const cancel = {
  fill(dialog, { names, subject }) {
    const number = subject?.number ?? "";
    setText(box(dialog, "[data-title]"), names.say("cancel_title", { number }));
    setText(part(dialog, "[data-agree]", HTMLButtonElement), names.say("cancel_do", { number }));
  },
  wish: () => ({ body: {} }),
};

/** @type {Readonly<Record<import("../model/acts.js").AskingAct, Question>>} */
export const QUESTIONS = { pause, hold, transfer, call, priority, cancel };
