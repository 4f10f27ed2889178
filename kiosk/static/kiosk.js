/** The kiosk of a hall: one state, one render. */

import { connect, deviceToken } from "/static/live/live.js";
import { clockAt, nowOf, pause, ticks, timeOf } from "/static/web/clock.js";
import { box, part, setIcon, setOptional, setText } from "/static/web/dom.js";
import { keptHere } from "/static/web/keep.js";
import { call, newKey } from "/static/web/wish.js";
import { called, languageOf, say, sayAll } from "/static/web/words.js";
import { indexOf } from "./entries.js";
import { shown, takeTyping } from "./keys.js";
import { helpScrolling } from "./scroll.js";
import * as paint from "./steps.js";
import { createTaking } from "./taking.js";
import * as visits from "./visit.js";

/** @typedef {import("./facts.js").Facts} Facts */
/** @typedef {import("./facts.js").Snapshot} Snapshot */
/** @typedef {import("./visit.js").Step} Step */

const TICK_MS = 250;
const AGAIN_MS = 3_000;
const PRINT_ASKED_MS = 1_000;
/** A second tap of the same finger must not touch what the first has brought up. */
const SETTLING_MS = 400;
const NOT_OURS = new Set(["unauthenticated", "forbidden", "unknown_hall", "misdirected"]);
const PRINTER_TROUBLE = new Set(["cover_open", "offline", "silent"]);

const main = box(document, "[data-kiosk]");
const warning = box(document, "[data-warning]");
const hall = main.dataset.hall ?? "";
const patience = { idleMs: 1000 * Number(main.dataset.idle), warnMs: 1000 * Number(main.dataset.warn) };
const api = `/api/v1/halls/${encodeURIComponent(hall)}`;
const token = deviceToken(hall, "kiosk");
const meanings = JSON.parse(box(document, "script[data-meanings]").textContent ?? "{}");
const sections = new Map([...main.querySelectorAll("section")].map((each) => [each.dataset.at ?? "", each]));

const state = {
  /** @type {Facts|null} */ facts: null,
  /** @type {import("./entries.js").Index|null} */ index: null,
  /** @type {Snapshot|null} */ snapshot: null,
  /** @type {{online: boolean, lastAt: number|null, refused: string|null}} */
  connection: { online: true, lastAt: null, refused: token ? null : "unauthenticated" },
  /** @type {import("/static/web/clock.js").Clock|null} */ clock: null,
  /** @type {import("./visit.js").Visit} */ visit: visits.AT_REST,
  touchedAt: ticks(),
  settledAt: 0,
};

const taking = createTaking({
  ask: ({ wish, key }) => call("POST", `${api}/tickets`, { body: wish, key, token }),
  newKey,
  now: ticks,
  pause,
  keep: keptHere,
  onTicket: (issued) => {
    const seconds = state.facts?.rules.void_seconds ?? 0;
    const voidUntil = ticks() + seconds * 1000;
    showInstead({ at: "ticket", issued, voidUntil, voiding: "no", print: issued.print?.state ?? null });
    void followPrint(issued);
  },
  onRefused: (refusal) => showInstead({ at: "refused", refusal }),
  onDelayed: (refusal) => {
    const step = visits.step(state.visit);
    if (step.at === "taking") change(visits.stay(state.visit, { ...step, trouble: refusal }));
  },
});

/** @param {import("./visit.js").Visit} visit */
function change(visit) {
  const moved = visits.step(visit).at !== visits.step(state.visit).at;
  state.visit = visit;
  if (moved) {
    state.touchedAt = ticks();
    state.settledAt = ticks() + SETTLING_MS;
  }
  render();
}

/** What follows "taking" stands in its place. @param {Step} step */
function showInstead(step) {
  change(visits.stay(state.visit, step));
}

/** The next citizen. */
function beginAnew() {
  taking.giveUp();
  change(visits.AT_REST);
  for (const list of document.querySelectorAll("[data-scroll]")) list.scrollTop = 0;
}

/** @param {string} procedure @param {string} [priority] */
function take(procedure, priority) {
  const { language } = state.visit;
  change(visits.go(state.visit, { at: "taking", procedure, trouble: null }));
  taking.take({ procedure, ...(priority ? { priority } : {}), language });
}

/** @param {import("./taking.js").Issued} issued */
async function followPrint(issued) {
  for (let job = issued.print?.state ?? null; !visits.isSettled(job); ) {
    await pause(PRINT_ASKED_MS);
    const step = visits.step(state.visit);
    if (step.at !== "ticket" || step.issued !== issued) return;
    const reply = await call("GET", `${api}/tickets/${issued.ticket.id}/print`, { token });
    if (reply.ok) job = /** @type {{print: {state: string}|null}} */ (reply.data).print?.state ?? null;
    const now = visits.step(state.visit);
    if (now.at === "ticket" && now.issued === issued)
      change(visits.stay(state.visit, { ...now, print: job }));
  }
}

async function voidTicket() {
  const step = visits.step(state.visit);
  if (step.at !== "ticket" || step.voiding === "asked") return;
  const { ticket } = step.issued;
  change(visits.stay(state.visit, { ...step, voiding: "asked" }));
  const path = `${api}/tickets/${ticket.id}/cancel`;
  const reply = await call("POST", path, { body: {}, key: `void-${ticket.id}`, token });
  const now = visits.step(state.visit);
  if (now.at !== "ticket" || now.issued !== step.issued) return;
  if (reply.ok) showInstead({ at: "voided", number: ticket.number });
  else change(visits.stay(state.visit, { ...now, voiding: "failed" }));
}

/** The step to be seen: what the machine is, before where the citizen stands. */
function seen() {
  if (state.connection.refused && NOT_OURS.has(state.connection.refused)) return "stopped";
  const step = visits.step(state.visit);
  if (!state.facts) return "loading";
  const open = state.snapshot?.open ?? state.facts.open;
  return step.at === "start" && !open ? "closed" : step.at;
}

/** Where the present section was painted for: moving on puts the reader's focus on the new title. */
let painted = "";

function render() {
  const { visit } = state;
  const at = seen();
  renderWords();
  main.dataset.step = at;
  main.classList.toggle("settling", ticks() < state.settledAt);
  for (const [name, section] of sections) section.hidden = name !== at;
  renderStep(at);
  renderBanner(at);
  box(document, "[data-back]").hidden =
    visit.trail.length < 2 || ["taking", "ticket", "voided", "refused", "stopped"].includes(at);
  const step = JSON.stringify([at, visit.trail.length]);
  if (painted && painted !== step) box(sections.get(at) ?? main, "h1").focus({ preventScroll: true });
  if (painted !== step) for (const list of main.querySelectorAll("[data-scroll]")) list.scrollTop = 0;
  painted = step;
}

/** @param {string} at */
function renderStep(at) {
  const section = sections.get(at);
  if (at === "stopped") {
    const help = say(state.visit.language, `stopped_${state.connection.refused}`, {
      origin: location.origin,
    });
    setText(box(document, "[data-stopped-code]"), help);
  }
  if (!section || !state.facts) return;
  const step = visits.step(state.visit);
  const { facts, snapshot, visit, index } = state;
  const { online } = state.connection;
  const { result = "", guidance = "" } = main.dataset;
  const scene = { facts, snapshot, online, visit, index, result, guidance, now: ticks() };
  if (at === "closed") paint.paintClosed(section, scene);
  else if (at === "start") paint.paintStart(section, scene);
  else if (step.at === "field") paint.paintField(section, scene, step.field);
  else if (step.at === "search") paint.paintSearch(section, scene);
  else if (step.at === "procedure") paint.paintProcedure(section, scene, step.procedure);
  else if (step.at === "priority") paint.paintGroups(section, scene);
  else if (step.at === "taking") paint.paintTaking(section, scene, step);
  else if (step.at === "ticket") paint.paintTicket(section, scene, step);
  else if (step.at === "voided") paint.paintVoided(section, scene, step);
  else if (step.at === "refused") paint.paintRefused(section, scene, step);
}

/** Language, size of letters, contrast, reach: of the whole page. */
function renderWords() {
  const { language, modes } = state.visit;
  document.documentElement.lang = language;
  sayAll(document, language);
  for (const button of document.querySelectorAll("button[data-language]")) {
    button.ariaPressed = String(/** @type {HTMLElement} */ (button).dataset.language === language);
  }
  for (const button of document.querySelectorAll("button[data-mode]")) {
    const mode = /** @type {import("./visit.js").Mode} */ (/** @type {HTMLElement} */ (button).dataset.mode);
    button.ariaPressed = String(modes.has(mode));
    document.documentElement.classList.toggle(mode, modes.has(mode));
  }
  if (!state.facts) return;
  setText(box(document, "[data-hall-name]"), called(state.facts, "name", language).text);
  setText(box(document, "[data-authority]"), called(state.facts, "authority", language).text);
}

/** @param {string} at */
function renderBanner(at) {
  const { snapshot, visit, clock } = state;
  const { online, lastAt } = state.connection;
  const { language } = visit;
  const printer = snapshot?.printer.state ?? "ok";
  let text = null;
  let icon = "info";
  if (!online && at !== "stopped" && at !== "loading") {
    const since = lastAt !== null && clock ? timeOf(nowOf(clock, lastAt), clock.offset) : null;
    text = since ? say(language, "offline_since", { time: since }) : say(language, "offline");
    icon = "wifi-off";
  } else if (at === "start" && printer === "paper_out") text = say(language, "no_paper");
  else if (at === "start" && PRINTER_TROUBLE.has(printer)) text = say(language, "no_printer");
  const banner = box(document, "[data-banner]");
  banner.hidden = text === null;
  setOptional(box(banner, "[data-banner-text]"), text);
  banner.classList.toggle("banner-offline", icon === "wifi-off");
  banner.classList.toggle("banner-notice", icon !== "wifi-off");
  setIcon(box(banner, "[data-banner-icon]"), icon);
}

/** Time goes by: somebody left, a countdown, the last second in which a number can be voided. */
function tick() {
  const now = ticks();
  if (main.classList.contains("settling") && now >= state.settledAt) main.classList.remove("settling");
  if (taking.isLost(now)) return beginAnew();
  const printer = state.snapshot?.printer.state ?? "unknown";
  const { left, over } = visits.presence(state.visit, now - state.touchedAt, printer, patience);
  if (over) return beginAnew();
  if (left !== null)
    setText(box(warning, "[data-warning-text]"), say(state.visit.language, "leaving", { seconds: left }));
  if (warning.hidden !== (left === null)) {
    warning.hidden = left === null;
    if (left !== null) box(warning, "[data-more-time]").focus({ preventScroll: true });
  }
  if (visits.step(state.visit).at === "ticket") render();
}

/** @type {ReadonlyArray<[selector: string, act: (button: HTMLElement) => void]>} */
const TOUCHES = [
  ["[data-language]", (button) => setLanguage(languageOf(button.dataset.language))],
  ["[data-mode]", (button) => toggleMode(button.dataset.mode)],
  ["[data-procedure]", (button) => open({ at: "procedure", procedure: button.dataset.procedure ?? "" })],
  ["[data-field]", (button) => open({ at: "field", field: button.dataset.field ?? "" })],
  ["[data-open-search]", () => openSearch()],
  ["[data-open-fields]", () => openSearch()],
  ["[data-result-button]", () => open({ at: "procedure", procedure: main.dataset.result ?? "" })],
  ["[data-guidance-button]", () => open({ at: "procedure", procedure: main.dataset.guidance ?? "" })],
  ["[data-open-groups]", () => openGroups()],
  ["[data-priority]", (button) => takeHere(button.dataset.priority)],
  ["[data-ordinary]", () => takeHere()],
  ["[data-give-up]", () => giveUp()],
  ["[data-void]", () => void voidTicket()],
  ["[data-done], [data-leave]", () => beginAnew()],
  ["[data-home]", () => change(visits.toStart(state.visit))],
  ["[data-back]", () => change(visits.back(state.visit))],
];

/** @param {Step} step */
function open(step) {
  change(visits.go(state.visit, step));
}

function openSearch() {
  open({ at: "search" });
  part(main, "[data-input]", HTMLInputElement).focus({ preventScroll: true });
}

function openGroups() {
  const step = visits.step(state.visit);
  if (step.at === "procedure") open({ at: "priority", procedure: step.procedure });
}

/** @param {string} [priority] */
function takeHere(priority) {
  const step = visits.step(state.visit);
  if (step.at === "procedure" || step.at === "priority") take(step.procedure, priority);
}

function giveUp() {
  taking.giveUp();
  change(visits.toStart(state.visit));
}

/** @param {import("./facts.js").Language} language */
function setLanguage(language) {
  change({ ...state.visit, language });
}

/** @param {string|undefined} mode */
function toggleMode(mode) {
  if (mode === "large" || mode === "contrast" || mode === "low") change(visits.toggle(state.visit, mode));
}

document.addEventListener("click", (event) => {
  const target = event.target instanceof Element ? event.target : null;
  if (!target || (main.contains(target) && ticks() < state.settledAt)) return;
  for (const [selector, act] of TOUCHES) {
    const button = target.closest(selector);
    if (button instanceof HTMLElement && button.matches("button")) return act(button);
  }
});
for (const kind of ["pointerdown", "keydown", "wheel", "input"]) {
  document.addEventListener(kind, () => { state.touchedAt = ticks(); }, { capture: true, passive: true }); // biome-ignore format: one line says it
}
document.addEventListener("contextmenu", (event) => event.preventDefault());

takeTyping(box(document, "[data-keys]"), part(main, "[data-input]", HTMLInputElement), (edit) => {
  const { typed, language } = state.visit;
  const show = (/** @type {string} */ keys) => shown(keys, language);
  change({ ...state.visit, typed: edit(typed, show(typed), show) });
});
helpScrolling(document.querySelectorAll("[data-scroll]"));

async function learn() {
  const reply = await call("GET", api, {});
  if (!reply.ok) {
    setTimeout(() => void learn(), AGAIN_MS);
    return;
  }
  const facts = /** @type {Facts} */ (reply.data);
  state.facts = facts;
  state.index = indexOf(facts, meanings);
  if (taking.resume()) change(visits.go(state.visit, { at: "taking", procedure: "", trouble: null }));
  render();
}

render();
setInterval(tick, TICK_MS);
if (token) {
  connect({
    namespace: "/kiosk",
    hall,
    tokenFrom: () => token,
    onSnapshot: (/** @type {Snapshot} */ snapshot) => {
      state.snapshot = snapshot;
      state.clock = clockAt(snapshot.at, ticks());
      render();
    },
    onState: (connection) => {
      state.connection = connection;
      render();
    },
    heartbeat: () => ({ visible: !document.hidden }),
    mayReload: () => visits.isAtRest(state.visit),
  });
  void learn();
}
