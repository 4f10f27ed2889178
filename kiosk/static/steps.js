/** Paints each step of a visit. Every function may be called again with the same and changes nothing then. */

import { reopensWords, unattendedWords } from "/static/web/attending.js";
import { box, each, part, setIcon, setOptional, setSaid, setText } from "/static/web/dom.js";
import { numberInto } from "/static/web/number.js";
import { called, saying, told } from "/static/web/words.js";
import { examplesOf, proceduresOf, spelled, startProcedures, tileName } from "./facts.js";
import { shown } from "./keys.js";
import { showQr } from "./qr.js";
import { search } from "./search.js";
import { slipOf } from "./visit.js";
import { ageWords, closedTitle, countersWords, placeWords, queueWords, range, slipWords } from "./words.js";

/** @typedef {import("./facts.js").Facts} Facts */
/** @typedef {import("./facts.js").Procedure} Procedure */
/** @typedef {import("./facts.js").Snapshot} Snapshot */
/** @typedef {import("./visit.js").Visit} Visit */
/** @typedef {import("./visit.js").Step} Step */
/** @typedef {import("snapshots").QueueNow} Line */
/**
 * Everything a step may show.
 * @typedef {object} Scene
 * @property {Facts} facts
 * @property {Snapshot|null} snapshot
 * @property {boolean} online
 * @property {Visit} visit
 * @property {import("./entries.js").Index|null} index
 * @property {string} result
 * @property {string} guidance
 * @property {number} now
 */

const LONG_NUMBER = 4; // signs that fit the usual size
const GROUPS_AT_ONCE = 6; // more have a step of their own

/** The letter of a queue on its hue. @param {HTMLElement} element @param {string} queue @param {string|undefined} hue */
function setLetter(element, queue, hue) {
  setText(element, queue);
  element.dataset.queue = queue;
  if (hue) element.style.setProperty("--hue", hue);
}

/** @param {HTMLElement} root @param {Scene} scene */
export function paintStart(root, scene) {
  const { facts, visit } = scene;
  const tiles = startProcedures(facts, scene.result);
  box(root, "[data-frequent-part]").hidden = tiles.length === 0;
  each(box(root, "[data-frequent]"), "tile", tiles, (child, procedure) => {
    box(child, "button").dataset.procedure = procedure.code;
    setSaid(box(child, "[data-name]"), spelled(procedure, visit.language).short);
    paintLine(child, scene, procedure.queue, procedure.available);
  });
  each(box(root, "[data-fields]"), "tile", facts.fields, (child, field) => {
    box(child, "button").dataset.field = field.code;
    setText(box(child, "[data-name]"), tileName(facts, field, visit.language));
    setOptional(box(child, "[data-examples]"), examplesOf(field, visit.language));
    paintLine(child, scene, field.queue, true);
  });
  paintResult(box(root, "[data-result-button]"), scene);
}

/** @param {HTMLElement} button @param {Scene} scene */
function paintResult(button, { facts, snapshot, visit, result }) {
  button.hidden = !result;
  const procedure = facts.procedures.find((each) => each.code === result);
  const line = snapshot?.queues.find((each) => each.id === procedure?.queue);
  const out = outOf(procedure?.available ?? true, line, saying(visit.language));
  button.classList.toggle("is-out", out !== null);
  box(button, "[data-result-hint]").hidden = out !== null;
  setOptional(box(button, "[data-result-out]"), out);
}

/** @param {HTMLElement} child @param {Scene} scene @param {string} queue @param {boolean} available */
function paintLine(child, scene, queue, available) {
  const { facts, snapshot, visit } = scene;
  setLetter(box(child, "[data-letter]"), queue, facts.queues.find((each) => each.id === queue)?.hue);
  const line = snapshot?.queues.find((each) => each.id === queue);
  const say = saying(visit.language);
  const out = outOf(available, line, say);
  box(child, "button").classList.toggle("is-out", out !== null);
  const text = line && scene.online && snapshot?.open ? queueWords(line, say) : "";
  setOptional(box(child, "[data-line]"), out ?? text);
}

/** Why nothing is to be had there now; null: it is. @param {boolean} available @param {Line|undefined} line @param {import("/static/web/words.js").Say} say */
function outOf(available, line, say) {
  if (!available) return say("unavailable");
  return line?.refusal ? say("quota") : null;
}

/** @param {HTMLElement} root @param {Scene} scene */
export function paintClosed(root, { facts, snapshot, visit }) {
  const say = saying(visit.language);
  setText(box(root, "[data-closed-title]"), closedTitle(snapshot?.closed_why, say));
  const opens = snapshot?.opens_at;
  setOptional(box(root, "[data-closed-text]"), opens ? reopensWords(opens, snapshot.day, say) : null);
  const hours = [...new Set(facts.hours.map((each) => `${each.opens} – ${each.closes}`))];
  each(box(root, "[data-hours]"), "paper", hours, (child, stretch) => {
    setText(box(child, "[data-name]"), stretch);
    setIcon(box(child, ".icon"), "clock");
  });
}

/** @param {HTMLElement} root @param {Scene} scene @param {string} code */
export function paintField(root, scene, code) {
  const { facts, visit } = scene;
  const field = facts.fields.find((each) => each.code === code);
  if (!field) return;
  const hue = facts.queues.find((each) => each.id === field.queue)?.hue;
  setLetter(box(root, "[data-field-letter]"), field.queue, hue);
  setText(box(root, "[data-field-name]"), called(field, "name", visit.language).text);
  setText(box(root, "[data-field-lead]"), saying(visit.language)("procedures"));
  paintRows(box(root, "[data-procedures]"), scene, proceduresOf(facts, code));
}

/** @param {HTMLElement} list @param {Scene} scene @param {Procedure[]} procedures */
function paintRows(list, { facts, snapshot, visit }, procedures) {
  const say = saying(visit.language);
  each(list, "row", procedures, (child, procedure) => {
    box(child, "button").dataset.procedure = procedure.code;
    const hue = facts.queues.find((each) => each.id === procedure.queue)?.hue;
    setLetter(box(child, "[data-letter]"), procedure.queue, hue);
    setSaid(box(child, "[data-name]"), spelled(procedure, visit.language).short);
    const line = snapshot?.queues.find((each) => each.id === procedure.queue);
    const out = outOf(procedure.available, line, say);
    box(child, "button").classList.toggle("is-out", out !== null);
    setOptional(box(child, "[data-note]"), out);
  });
}

/** @param {HTMLElement} root @param {Scene} scene */
export function paintSearch(root, scene) {
  const { facts, visit } = scene;
  const say = saying(visit.language);
  const input = part(root, "[data-input]", HTMLInputElement);
  const text = shown(visit.typed, visit.language);
  if (input.value !== text && !input.hasAttribute("data-composing")) {
    input.value = text;
    input.scrollLeft = input.scrollWidth; // the last letter is the one that is looked for
  }
  input.placeholder = say("search_hint");
  input.ariaLabel = say("search_title");
  const asked = text.trim() !== "";
  const found = asked ? search(scene.index, text, visit.typed) : startProcedures(facts, scene.result);
  const nothing = found.length === 0;
  const lead = !asked
    ? say("search_empty")
    : nothing
      ? `${say("search_nothing")} ${say("search_nothing_help")}`
      : "";
  setOptional(box(root, "[data-search-lead]"), lead);
  const guidance = box(root, "[data-guidance-button]");
  guidance.hidden = !scene.guidance;
  guidance.classList.toggle("guide-alone", nothing);
  paintRows(box(root, "[data-found]"), scene, found);
}

/** @param {HTMLElement} root @param {Scene} scene @param {string} code */
export function paintProcedure(root, scene, code) {
  const { facts, snapshot, visit } = scene;
  const procedure = facts.procedures.find((each) => each.code === code);
  if (!procedure) return;
  const text = spelled(procedure, visit.language);
  const hue = facts.queues.find((each) => each.id === procedure.queue)?.hue;
  setLetter(box(root, "[data-letter]"), procedure.queue, hue);
  setSaid(box(root, "[data-name]"), text.short);
  setSaid(box(root, "[data-full-name]"), text.name);
  box(root, "[data-full-name]").hidden = text.name.text === text.short.text;
  box(root, "[data-about]").ariaLabel = text.short.text;
  const line = snapshot?.queues.find((each) => each.id === procedure.queue);
  const say = saying(visit.language);
  const waits = line && scene.online && snapshot?.open;
  setText(box(root, "[data-waiting]"), waits ? queueWords(line, say) : "–");
  setSaid(box(root, "[data-time]"), text.time);
  setSaid(box(root, "[data-fee]"), text.fee);
  box(root, "[data-papers]").lang = text.papers.lang;
  each(box(root, "[data-papers]"), "paper", text.papers.list, (child, paper) => {
    setText(box(child, "[data-name]"), paper);
  });
  box(root, "[data-no-papers]").hidden = text.papers.list.length > 0;
  const why = whyNot(scene, procedure);
  box(root, "[data-take]").hidden = why !== null;
  box(root, "[data-take-not]").hidden = why === null;
  setText(box(root, "[data-take-not-title]"), why?.title ?? "");
  setText(box(root, "[data-take-not-text]"), why?.text ?? "");
  paintGroups(root, scene);
  const groups = facts.priorities.length;
  box(root, "[data-take]").classList.toggle("take-many", groups > GROUPS_AT_ONCE);
  box(root, "[data-take]").classList.toggle("take-plain", groups === 0);
}

/** The groups of priority, each a way to the number. @param {HTMLElement} root @param {Scene} scene */
export function paintGroups(root, { facts, visit }) {
  each(box(root, "[data-groups]"), "group", facts.priorities, (child, group) => {
    box(child, "button").dataset.priority = group.code;
    setText(box(child, "[data-name]"), called(group, "name", visit.language).text);
    const age = group.age && ageWords(group.age, saying(visit.language));
    setOptional(box(child, "[data-age]"), age);
  });
}

/**
 * Why no number can be taken for this procedure now; null: it can.
 * @param {Scene} scene @param {Procedure} procedure
 */
function whyNot({ snapshot, visit }, procedure) {
  const say = saying(visit.language);
  if (snapshot && !snapshot.open) {
    const opens = snapshot.opens_at;
    const text = opens ? reopensWords(opens, snapshot.day, say) : say("ask_staff");
    return { title: closedTitle(snapshot.closed_why, say), text };
  }
  if (!procedure.available) return { title: say("unavailable"), text: say("unavailable_help") };
  const full = snapshot?.queues.find((each) => each.id === procedure.queue)?.refusal;
  return full ? { title: say("quota"), text: say("quota_help") } : null;
}

/** @param {HTMLElement} root @param {Scene} scene @param {Step & {at: "taking"}} step */
export function paintTaking(root, { visit }, step) {
  const say = saying(visit.language);
  setText(box(root, "[data-taking-title]"), step.trouble ? say("delayed") : say("taking"));
  setText(box(root, "[data-taking-text]"), step.trouble ? say("delayed_help") : say("taking_wait"));
  box(root, "[data-give-up]").hidden = step.trouble === null;
}

/** @param {HTMLElement} root @param {Scene} scene @param {Step & {at: "ticket"}} step */
export function paintTicket(root, scene, step) {
  const { facts, visit } = scene;
  const { ticket, track_url } = step.issued;
  const { language } = visit;
  const say = saying(language);
  const number = box(root, "[data-ticket-number]");
  numberInto(number, ticket.number);
  number.classList.toggle("slip-number-long", ticket.number.length > LONG_NUMBER);
  const hue = facts.queues.find((each) => each.id === ticket.queue)?.hue;
  setLetter(box(root, "[data-ticket-letter]"), ticket.queue, hue);
  const procedure = facts.procedures.find((each) => each.code === ticket.procedure);
  const short = procedure ? spelled(procedure, language).short : { text: "", lang: "vi" };
  setSaid(box(root, "[data-ticket-procedure]"), short);
  const group = facts.priorities.find((each) => each.code === ticket.priority);
  const groupName = group && say("priority_group", { group: called(group, "name", language).text });
  setOptional(box(root, "[data-ticket-priority]"), groupName ?? null);
  const counters = facts.counters.filter((each) => ticket.counters.includes(each.id));
  const names = counters.map((each) => called(each, "name", language).text);
  setText(box(root, "[data-ticket-counters]"), countersWords(names, say) || say("any_counter"));
  setOptional(box(root, "[data-ticket-place]"), placeWords(counters, language));
  const line = scene.online ? scene.snapshot?.queues.find((each) => each.id === ticket.queue) : undefined;
  const unattended = line ? line.unattended : ticket.unattended; // a counter may open while the number is read
  paintWait(root, step, unattended !== null, say);
  const nobody = unattended && unattendedWords(unattended, ticket.issued_at.slice(0, 10), say);
  box(root, "[data-ticket-unattended]").hidden = !nobody;
  setText(box(root, "[data-ticket-unattended-title]"), nobody?.title ?? "");
  setText(box(root, "[data-ticket-unattended-text]"), nobody?.text ?? "");
  paintSlip(root, scene, step);
  showQr(box(root, "[data-qr]"), track_url);
  box(root, "[data-qr]").ariaLabel = say("phone_hint");
  paintVoid(root, scene, step);
}

/** @param {HTMLElement} root @param {Step & {at: "ticket"}} step @param {boolean} nobodyCalls @param {import("/static/web/words.js").Say} say */
function paintWait(root, { issued: { ticket } }, nobodyCalls, say) {
  const next = ticket.ahead === 0;
  const alone = next && nobodyCalls; // nobody is the next one where nobody calls
  box(root, "[data-ticket-ahead-part]").hidden = ticket.ahead === null || alone;
  setText(box(root, "[data-ticket-ahead]"), next ? "" : String(ticket.ahead));
  setText(box(root, "[data-ticket-ahead-words]"), next ? say("nobody_ahead") : say("ahead"));
  const minutes = box(root, "[data-ticket-minutes-part]");
  minutes.hidden = ticket.wait === null || ticket.wait.high_minutes === 0 || next;
  setText(box(root, "[data-ticket-minutes]"), ticket.wait ? range(ticket.wait) : "");
}

/** @param {HTMLElement} root @param {Scene} scene @param {Step & {at: "ticket"}} step */
function paintSlip(root, { snapshot, visit }, step) {
  const say = saying(visit.language);
  const printer = snapshot?.printer.state ?? "unknown";
  const slip = slipOf(step.print, printer);
  const banner = box(root, "[data-print]");
  const well = slip === "printing" || slip === "printed";
  banner.dataset.slip = slip;
  banner.classList.toggle("banner-notice", !well);
  setIcon(box(banner, "[data-print-icon]"), well ? "printer" : "info");
  const words = slipWords(slip, step.issued.ticket.number, printer, say);
  setText(box(banner, "[data-print-text]"), words);
}

/** @param {HTMLElement} root @param {Scene} scene @param {Step & {at: "ticket"}} step */
function paintVoid(root, { visit, now }, step) {
  const say = saying(visit.language);
  const left = Math.ceil((step.voidUntil - now) / 1000);
  const button = part(root, "[data-void]", HTMLButtonElement);
  button.hidden = left <= 0 && step.voiding !== "asked";
  button.disabled = step.voiding === "asked";
  setText(button, step.voiding === "asked" ? say("voiding") : `${say("void")} (${Math.max(left, 0)})`);
  box(root, "[data-void-failed]").hidden = step.voiding !== "failed";
}

/** @param {HTMLElement} root @param {Scene} scene @param {Step & {at: "voided"}} step */
export function paintVoided(root, { visit }, step) {
  setText(box(root, "[data-voided]"), saying(visit.language)("voided", { number: step.number }));
}

/** @param {HTMLElement} root @param {Scene} scene @param {Step & {at: "refused"}} step */
export function paintRefused(root, { visit }, { refusal }) {
  setText(box(root, "[data-refused-text]"), told(refusal, visit.language));
}
