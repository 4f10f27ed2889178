/** Puts the line, who is held and who did not come into the page, and the foot with the health of the hall. */

import { timeOf } from "/static/web/clock.js";
import { box, each, setAttribute, setIcon, setText } from "/static/web/dom.js";
import { numberInto } from "/static/web/number.js";
import { whyNot } from "../model/acts.js";

/** @typedef {import("./desk.js").Desk} Desk */
/** @typedef {import("snapshots").InLine} InLine */
/** @typedef {import("snapshots").Trouble} Trouble */

/** @param {HTMLElement} root @param {Desk} desk */
export function paintSide(root, desk) {
  paintLine(root, desk);
  paintHeld(root, desk);
  paintMissed(root, desk);
}

/** @param {HTMLElement} root @param {Desk} desk */
function paintLine(root, { snapshot, names }) {
  const { line, next } = snapshot;
  const total = Math.max(snapshot.line_total, line.length);
  setText(box(root, "[data-line-total]"), String(total));
  box(root, "[data-line-none]").hidden = line.length > 0;
  const more = total - line.length;
  setText(box(root, "[data-line-more]"), more > 0 ? names.say("waiting_more", { count: more }) : "");
  each(
    box(root, "[data-line]"),
    "line-row",
    line,
    (item, row, place) => {
      const button = box(item, ".line-row");
      button.dataset.ticket = row.id;
      button.dataset.priority = String(row.class === "priority");
      const hue = names.hue(row.number.replace(/\d+$/, ""));
      if (hue) button.style.setProperty("--hue", hue);
      numberInto(box(item, "[data-number]"), row.number);
      const because = names.ofHub(next ?? {}, "because");
      const isNext = place === 0 && next?.id === row.id;
      button.classList.toggle("is-next", isNext);
      setText(
        box(item, "[data-title]"),
        isNext
          ? `${names.say("free_next")} · ${names.short(row.procedure_short)}`
          : names.short(row.procedure_short),
      );
      setText(box(item, "[data-sub]"), isNext ? (because ?? "") : subOf(row, names));
      setText(box(item, "[data-minutes]"), `${row.waited_minutes}′`);
      const facts = {
        number: row.number,
        procedure: names.short(row.procedure_short),
        minutes: row.waited_minutes,
      };
      setAttribute(button, "title", names.short(row.procedure_short));
      setAttribute(
        button,
        "aria-label",
        names.say("row", facts) + (isNext ? ` ${names.say("free_next")}: ${because}` : ""),
      );
    },
    (row) => row.id,
  );
}

/** @param {InLine} row @param {import("../model/names.js").Names} names */
function subOf(row, names) {
  const group = row.priority ? names.priority(row.priority) : "";
  return [group, row.note ? names.say(`note_${row.note}`) : ""].filter(Boolean).join(" · ");
}

/** @param {HTMLElement} root @param {Desk} desk */
function paintHeld(root, desk) {
  const { snapshot, names, offset, now } = desk;
  count(box(root, "[data-held-total]"), snapshot.held.length, names);
  each(
    box(root, "[data-held]"),
    "aside-row",
    snapshot.held,
    (item, row) => {
      const overdue = row.until !== null && Date.parse(row.until) < now;
      item.dataset.overdue = String(overdue);
      const when = row.until
        ? names.say(overdue ? "held_overdue" : "held_until", { time: timeOf(row.until, offset) })
        : names.say("held_since", { time: timeOf(row.since, offset) });
      const sub = [when, names.ofHub(row, "reason")].filter(Boolean).join(" · ");
      paintBrief(item, row, sub, "resume", desk);
    },
    (row) => row.id,
  );
}

/** @param {HTMLElement} root @param {Desk} desk */
function paintMissed(root, desk) {
  const { snapshot, names, offset } = desk;
  count(box(root, "[data-missed-total]"), snapshot.no_shows.length, names);
  each(
    box(root, "[data-missed]"),
    "aside-row",
    snapshot.no_shows,
    (item, row) => {
      paintBrief(item, row, names.say("held_since", { time: timeOf(row.since, offset) }), "come_back", desk);
    },
    (row) => row.id,
  );
}

/** @param {HTMLElement} element @param {number} rows @param {import("../model/names.js").Names} names */
function count(element, rows, names) {
  element.dataset.count = String(rows);
  setText(element, rows === 0 ? names.say("nobody_short") : String(rows));
}

/**
 * @param {HTMLElement} item
 * @param {import("snapshots").Brief} row
 * @param {string} sub
 * @param {string} word of the button
 * @param {Desk} desk
 */
function paintBrief(item, row, sub, word, desk) {
  numberInto(box(item, "[data-number]"), row.number);
  setText(box(item, "[data-title]"), desk.names.short(row.procedure_short));
  setAttribute(box(item, ".line-what"), "title", `${desk.names.short(row.procedure_short)} · ${sub}`);
  setText(box(item, "[data-sub]"), sub);
  const button = box(item, "[data-resume]");
  button.dataset.resume = row.id;
  button.dataset.number = row.number;
  setText(button, desk.names.say(word));
  setAttribute(button, "aria-label", `${desk.names.say(word)}: ${row.number}`);
  setAttribute(button, "aria-disabled", whyNot("resume", desk) === null ? null : "true");
}

/** @param {HTMLElement} foot @param {Desk} desk */
export function paintFoot(foot, { snapshot, names, online }) {
  const { sound, troubles, counters, my_day: mine } = snapshot;
  const paper = troubles.filter((each) => each.what === "printer" || each.what === "slip");
  health(foot, "connection", online, names.say(online ? "connected" : "disconnected"), [
    "circle-check",
    "wifi-off",
  ]);
  const heard = online ? sound === "on" : null;
  health(foot, "sound", heard, names.say(`sound_${sound}`), ["volume-2", "volume-x"]);
  health(foot, "paper", online ? paper.length === 0 : null, paper.length === 0 ? names.say("paper_ok") : "", [
    "printer",
    "printer",
  ]);
  const told = troubles.map((each) => textOf(each, names));
  const rest = told.length - 1;
  const first = box(foot, "[data-troubles]");
  setText(first, `${told[0] ?? ""}${rest > 0 ? ` ${names.say("more_troubles", { count: rest })}` : ""}`);
  setAttribute(first, "title", told.join("\n") || null);
  const open = counters.filter((each) => each.state === "open").length;
  setText(box(foot, "[data-counters-sum]"), names.say("counters_sum", { open, all: counters.length }));
  const day = [names.say("my_day", { served: mine.served })];
  if (mine.median_wait_minutes !== null)
    day.push(names.say("my_wait", { minutes: mine.median_wait_minutes }));
  if (mine.no_shows > 0) day.push(names.say("my_missed", { count: mine.no_shows }));
  setText(box(foot, "[data-my-day]"), day.join(" · "));
}

/**
 * @param {HTMLElement} foot
 * @param {string} what
 * @param {boolean|null} well null: nobody knows
 * @param {string} words
 * @param {readonly [string, string]} icons well and not
 */
function health(foot, what, well, words, icons) {
  const element = box(foot, `[data-health="${what}"]`);
  element.dataset.well = well === null ? "unknown" : String(well);
  setIcon(box(element, ".icon"), icons[well === false ? 1 : 0]);
  setText(box(element, "[data-words]"), words);
}

/** @param {Trouble} trouble @param {import("../model/names.js").Names} names */
function textOf(trouble, names) {
  return names.ofHub(trouble, "text");
}

/** The whole hall, in the dialog. @param {HTMLElement} dialog @param {Desk} desk */
export function paintHall(dialog, { snapshot, names }) {
  box(dialog, "[data-hall-troubles]").hidden = snapshot.troubles.length === 0;
  each(
    box(dialog, "[data-trouble-list]"),
    "fact-row",
    snapshot.troubles,
    (item, row) => {
      item.dataset.trouble = "";
      setText(box(item, "[data-name]"), textOf(row, names));
    },
    (row) => `${row.what} ${row.who}`,
  );
  each(
    box(dialog, "[data-counter-list]"),
    "fact-row",
    snapshot.counters,
    (item, row) => {
      setText(box(item, "[data-name]"), names.counter(row.id, row.name));
      setText(box(item, "[data-value]"), row.number ?? names.say(`counter_${row.state}`));
    },
    (row) => row.id,
  );
  each(
    box(dialog, "[data-queue-list]"),
    "fact-row",
    snapshot.queues,
    (item, row) => {
      setText(box(item, "[data-name]"), `${row.id} · ${names.queue(row.id, row.name)}`);
      const longest =
        row.waiting > 0 ? ` · ${names.say("hall_longest", { minutes: row.longest_minutes })}` : "";
      setText(box(item, "[data-value]"), `${row.waiting}${longest}`);
    },
    (row) => row.id,
  );
}
