/** Somebody sits down without a number: what for, and of which priority. */

import { box } from "/static/web/dom.js";
import { choose, chosenOf, field } from "../paint/options.js";
import { proceduresOf, showFound } from "./places.js";
import { askPriority, priorityOf } from "./priorities.js";

/** @typedef {import("./questions.js").Asked} Asked */

/** What this counter takes comes first. @param {Asked} asked */
function offered(asked) {
  const { names, snapshot } = asked;
  const takes = names.facts.counters.find(({ id }) => id === snapshot.counter.id)?.takes ?? [];
  const own = new Set(takes.map(({ queue }) => queue));
  const queueOf = new Map(names.facts.procedures.map(({ code, queue }) => [code, queue]));
  const isOwn = (/** @type {string} */ code) => own.has(queueOf.get(code) ?? "");
  const all = proceduresOf(asked);
  return [...all.filter(({ id }) => isOwn(id)), ...all.filter(({ id }) => !isOwn(id))];
}

/** @param {HTMLDialogElement} dialog @param {Asked} asked */
function show(dialog, asked) {
  showFound(dialog, offered(asked), asked.names);
}

/** @type {import("./questions.js").Question} */
export const serve = {
  fill(dialog, asked) {
    field(dialog, "find").value = "";
    choose(dialog, "place", "");
    show(dialog, asked);
    box(dialog, "[data-options]").scrollTop = 0;
    askPriority(box(dialog, "[data-priorities]"), asked.names);
  },
  changed: show,
  wish(dialog, asked) {
    const chosen = offered(asked).find(({ value }) => value === chosenOf(dialog, "place"));
    if (!chosen) return { error: asked.names.say("serve_needed"), among: "find" };
    return { body: { procedure: chosen.id, priority: priorityOf(dialog) } };
  },
};
