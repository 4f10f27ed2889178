/** What stands over the page whatever it shows: who is here, whether the hub is, and what was said last. */

import { nowOf, ticks, timeOf } from "/static/web/clock.js";
import { box, setAttribute, setIcon, setText } from "/static/web/dom.js";
import { languageAfter, say, sayAll } from "/static/web/words.js";

/** @typedef {import("../model/names.js").Names} Names */
/** @typedef {"quiet"|"done"|"refused"|"why"|"delayed"} Tone */
/** @typedef {{tone: Tone, text: (names: Names) => string, at: number}} Notice `at` in `ticks` */

const NOTICE_MS = { quiet: 0, done: 20_000, refused: 30_000, why: 7_000, delayed: 60_000 };
const ICONS = { quiet: "info", done: "circle-check", refused: "circle-alert", why: "info", delayed: "clock" };

/** The words which stand still. @param {HTMLElement} root @param {Names} names */
export function paintWords(root, names) {
  document.documentElement.lang = names.language;
  document.title = names.say("title");
  sayAll(document, names.language);
  const other = box(root, "[data-language]");
  other.lang = languageAfter(names.language);
  setText(other, say(other.lang, "language_name"));
}

/**
 * @param {HTMLElement} root
 * @param {{names: Names, view: string, me: import("../model/situation.js").Me|null}} page
 */
export function paintHead(root, { names, view, me }) {
  if (view !== "desk") {
    setText(box(root, "[data-head-name]"), names.hall() || (root.dataset.hallName ?? ""));
    setText(box(root, "[data-takes]"), "");
    box(root, "[data-pill]").hidden = true;
  }
  const inside = me !== null && view !== "login";
  setText(box(root, "[data-officer]"), inside ? (me.name ?? "") : "");
  box(root, "[data-logout]").hidden = !inside || me.kind === "counter";
}

/**
 * Since when what is shown is old.
 * @param {HTMLElement} root
 * @param {Names} names
 * @param {{online: boolean, lastAt: number|null, clock: import("/static/web/clock.js").Clock|null}} state
 */
export function paintOffline(root, names, { online, lastAt, clock }) {
  const banner = box(root, "[data-offline]");
  banner.hidden = online;
  if (online) return;
  const words = box(banner, "[data-offline-words]");
  if (lastAt === null || clock === null) return setText(words, names.say("offline_first"));
  const minutes = Math.floor((ticks() - lastAt) / 60_000);
  const said = minutes < 1 ? names.say("age_now") : names.say("age_minutes", { minutes });
  setText(words, names.say("offline", { time: timeOf(nowOf(clock, lastAt), clock.offset), age: said }));
}

/** @param {HTMLElement} root @param {Names} names @param {Notice} notice @param {boolean} delayed */
export function paintNotice(root, names, { tone, text, at }, delayed) {
  const shown = delayed ? "delayed" : ticks() - at < NOTICE_MS[tone] ? tone : "quiet";
  const notice = box(root, "[data-notice]");
  notice.dataset.tone = shown;
  const said = shown === "quiet" ? "" : delayed ? names.say("delayed") : text(names);
  setText(box(notice, "[data-notice-words]"), said);
  setIcon(box(notice, "[data-notice-icon]"), ICONS[shown]);
  setAttribute(notice, "title", said || null);
}
