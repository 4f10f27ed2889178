/** What each dialog asks, and the wish its answers make. */

import { box, part, setText } from "/static/web/dom.js";
import { momentIn, momentToday } from "../model/times.js";
import { choose, chosenOf, field, paintOptions } from "../paint/options.js";
import { call } from "./call.js";
import { placesOf, showFound } from "./places.js";
import { askPriority, priorityOf } from "./priorities.js";
import { askReason, reasonOf, showOther } from "./reasons.js";
import { serve } from "./serve.js";

/** @typedef {import("../model/situation.js").Snapshot} Snapshot */
/** @typedef {import("../model/names.js").Names} Names */
/** @typedef {{id: string, number: string, priority: string|null}} Subject */
/**
 * `find`: today's tickets of a number, as the hub knows them; null: it does not answer.
 * @typedef {{names: Names, snapshot: Snapshot, clock: import("/static/web/clock.js").Clock, now: number,
 *   subject: Subject|null, find: (typed: string) => Promise<readonly import("snapshots").Ticket[]|null>}} Asked
 */
/**
 * What is sent, and what the sentence about it names besides the number asked about; or what is missing, and the
 * choices in which it is.
 * @typedef {{body: Record<string, unknown>, facts?: Record<string, string>}|Lack} Wish
 */
/** @typedef {{error: string, among?: string}} Lack */
/**
 * `fill` shows the question anew, `changed` follows what is being typed and chosen, `wish` is what is sent.
 * @typedef {{fill: (dialog: HTMLDialogElement, asked: Asked) => void,
 *   changed?: (dialog: HTMLDialogElement, asked: Asked) => void,
 *   wish: (dialog: HTMLDialogElement, asked: Asked) => Wish|Promise<Wish>}} Question
 */

const MINUTES = [15, 30, 60];

/** @type {Question} */
const pause = {
  fill: (dialog, { names }) => askReason(dialog, names, "pause"),
  changed: showOther,
  wish(dialog, { names }) {
    const reason = reasonOf(dialog, names, "pause");
    return "error" in reason ? reason : { body: reason };
  },
};

/** @type {Question} */
const hold = {
  fill(dialog, { names, subject }) {
    setText(box(dialog, "[data-title]"), names.say("hold_title", { number: subject?.number ?? "" }));
    askReason(dialog, names, "hold");
    const untils = [
      { value: "", words: names.say("until_none") },
      ...MINUTES.map((minutes) => ({ value: String(minutes), words: names.say("minutes", { minutes }) })),
    ];
    paintOptions(box(dialog, "[data-until]"), "until", untils, { chosen: "" });
    field(dialog, "at").value = "";
  },
  changed(dialog) {
    showOther(dialog);
    if (field(dialog, "at").value !== "") choose(dialog, "until", "at");
  },
  wish(dialog, { names, snapshot, clock, now }) {
    const reason = reasonOf(dialog, names, "hold");
    if ("error" in reason) return reason;
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

/** @param {HTMLDialogElement} dialog @param {Asked} asked */
function showPlaces(dialog, asked) {
  showFound(dialog, placesOf(asked), asked.names);
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

/** @type {Question} */
const priority = {
  fill(dialog, { names, subject }) {
    setText(box(dialog, "[data-title]"), names.say("priority_title", { number: subject?.number ?? "" }));
    askPriority(box(dialog, "[data-options]"), names, { chosen: subject?.priority ?? null, digits: true });
  },
  wish(dialog, { names }) {
    const code = priorityOf(dialog);
    return { body: { priority: code }, facts: { priority: names.priority(code) } };
  },
};

/** Of somebody in service it is asked why. @param {Asked} asked */
function isServed({ snapshot, subject }) {
  return snapshot.ticket?.id === subject?.id && snapshot.ticket?.state === "serving";
}

/** @param {HTMLDialogElement} dialog @param {Asked} asked */
function askWhy(dialog, asked) {
  const served = isServed(asked);
  setText(box(dialog, "[data-text]"), asked.names.say(served ? "cancel_why" : "cancel_text"));
  box(dialog, "[data-options]").hidden = !served;
}

/** @type {Question} */
const cancel = {
  fill(dialog, asked) {
    const { names, subject } = asked;
    const number = subject?.number ?? "";
    setText(box(dialog, "[data-title]"), names.say("cancel_title", { number }));
    setText(part(dialog, "[data-agree]", HTMLButtonElement), names.say("cancel_do", { number }));
    askReason(dialog, names, "cancel");
    askWhy(dialog, asked);
  },
  changed: showOther,
  wish(dialog, asked) {
    askWhy(dialog, asked); // the service may have begun meanwhile, at another window of the counter
    if (!isServed(asked)) return { body: {} };
    const reason = reasonOf(dialog, asked.names, "cancel");
    return "error" in reason ? reason : { body: reason };
  },
};

/** @type {Readonly<Record<import("../model/acts.js").AskingAct, Question>>} */
export const QUESTIONS = { pause, hold, transfer, call, priority, cancel, serve };
