/** Where a citizen can go, found by what an officer types. */

import { box } from "/static/web/dom.js";
import { find } from "../model/find.js";
import { chosenOf, paintOptions, written } from "../paint/options.js";

/** @typedef {import("./questions.js").Asked} Asked */
/** @typedef {import("../model/find.js").Place & {value: string}} Place */

/** Every other counter, every queue, every procedure. @param {Asked} asked @returns {Place[]} */
export function placesOf({ names, snapshot }) {
  const { facts } = names;
  const counters = facts.counters
    .filter(({ id }) => id !== snapshot.counter.id)
    .map(({ id, takes }) => place("counter", id, names.counter(id), names.takes(takes)));
  const queues = facts.queues.map(({ id }) => place("queue", id, names.queue(id), ""));
  return [...counters, ...queues, ...proceduresOf({ names })];
}

/** Those that can be had today. @param {Pick<Asked, "names">} asked @returns {Place[]} */
export function proceduresOf({ names }) {
  return names.facts.procedures
    .filter(({ available }) => available)
    .map(({ code, short, queue, frequent }) => ({
      ...place("procedure", code, names.short(short), names.queue(queue)),
      frequent,
    }));
}

/** @param {Place["kind"]} kind @param {string} id @param {string} name @param {string} more @returns {Place} */
function place(kind, id, name, more) {
  return { kind, id, name, more, value: `${kind}/${id}` };
}

/**
 * The places that have what is typed, of which one is chosen while something is typed.
 * @param {HTMLDialogElement} dialog @param {readonly Place[]} places @param {import("../model/names.js").Names} names
 */
export function showFound(dialog, places, names) {
  const typed = written(dialog, "find");
  const found = find(places, typed);
  const before = chosenOf(dialog, "place");
  const stays = found.some(({ value }) => value === before);
  const chosen = typed !== "" && !stays ? (found[0]?.value ?? null) : before;
  const options = found.map(({ kind, id, name, more, value }) => ({
    value,
    words: kind === "queue" ? `${id} · ${name}` : name,
    more: [names.say(`kind_${kind}`), more].filter(Boolean).join(" · "),
  }));
  paintOptions(box(dialog, "[data-options]"), "place", options, { chosen });
  box(dialog, "[data-none]").hidden = found.length > 0;
  box(dialog, "[data-options]").hidden = found.length === 0;
}
