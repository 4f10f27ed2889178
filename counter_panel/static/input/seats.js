/** Taking a counter, taking it over, and leaving it. */

import { clockAt, timeOf } from "/static/web/clock.js";
import { box, part, setText } from "/static/web/dom.js";
import { stepOf, whyNot } from "../model/acts.js";
import { complain, dialogOf, openDialog } from "./dialogs.js";

/** @typedef {import("/static/web/wish.js").Refusal} Refusal */
/**
 * @typedef {object} Hands
 * @property {string} hall
 * @property {HTMLElement} root
 * @property {import("./work.js").Work} work
 * @property {() => import("../paint/desk.js").Desk|null} desk
 * @property {() => import("../model/names.js").Names} names
 * @property {(counter: string) => Promise<import("../model/session.js").Seat|null>} seat who works there
 * @property {() => void} taken
 * @property {() => Promise<void>} logOut
 */

/** @param {Hands} hands */
export function createSeats({ hall, root, work, desk, names, seat, taken, logOut }) {
  const over = dialogOf("take_over");
  const leaving = dialogOf("logout");

  /**
   * @param {string} counter
   * @param {boolean} takeOver
   * @returns {Promise<Refusal|null>} null: taken, or nothing was sent
   */
  async function open(counter, takeOver) {
    const body = takeOver ? { take_over: true } : {};
    const result = await work.send("reopen", [stepOf("reopen", { hall, counter }, body)]);
    if (result && !result.refusal) taken();
    return result?.refusal ?? null;
  }

  part(over, "form", HTMLFormElement).addEventListener("submit", async (event) => {
    event.preventDefault();
    const refusal = await open(over.dataset.counter ?? "", true);
    if (refusal) complain(over, names().refusal(refusal));
    else over.close();
  });
  part(leaving, "form", HTMLFormElement).addEventListener("submit", async (event) => {
    event.preventDefault();
    const here = desk();
    const mine = here !== null && here.phase !== "taken" && here.phase !== "closed";
    const why = mine ? whyNot("close", here) : null;
    if (why !== null) return complain(leaving, names().say(`why_${why}`));
    leaving.close();
    if (!mine || (await work.close())) await logOut();
  });
  part(leaving, "[data-logout-keep]", HTMLButtonElement).addEventListener("click", () => {
    leaving.close();
    void logOut();
  });

  /**
   * Who is there, since when and with whom is said first: a counter in the middle of a service is somebody's work.
   * @param {string} counter
   * @param {boolean} held by somebody else; or it is only that another one must be left
   */
  async function askTakeOver(counter, held) {
    const there = held ? await seat(counter) : null;
    if (openDialog()) return;
    const said = names();
    const facts = { counter: said.counter(counter) };
    setText(box(over, "[data-title]"), said.say(held ? "take_over_title" : "move_title", facts));
    setText(box(over, "[data-text]"), held ? whoIsThere(there, said) : said.say("move_text"));
    setText(box(over, "[data-agree]"), said.say(held ? "take_over_do" : "move_do"));
    over.dataset.counter = counter;
    complain(over, "");
    over.showModal();
    part(over, "[data-dismiss]", HTMLButtonElement).focus(); // a key pressed once too often takes nothing over
  }

  return {
    askTakeOver,
    /** @param {string} counter */
    async take(counter) {
      const error = box(root, "[data-choose-error]");
      setText(error, "");
      const refusal = await open(counter, false);
      if (!refusal) return;
      const asks = refusal.code === "counter_taken" || refusal.code === "at_other_counter";
      if (asks) await askTakeOver(counter, refusal.code === "counter_taken");
      else setText(error, names().refusal(refusal));
    },
    /** Of a counter that was lost while the line was cut: who has it now. @param {string} counter @param {string} me */
    async tellTaker(counter, me) {
      const error = box(root, "[data-choose-error]");
      setText(error, "");
      const holder = (await seat(counter))?.holder;
      if (!holder || holder.id === me) return;
      const said = names();
      const name = holder.name || said.say("somebody");
      const facts = { name, counter: said.counter(counter), time: hourOf(holder.since) };
      setText(error, said.say("taken_told", facts));
    },
    askLogOut() {
      complain(leaving, "");
      leaving.showModal();
      part(leaving, "[data-dismiss]", HTMLButtonElement).focus();
    },
  };
}

/**
 * "canbo2 phụ trách từ 08:05, đang phục vụ A012 từ 08:31. …"
 * @param {import("../model/session.js").Seat|null} there null: the hub does not say
 * @param {import("../model/names.js").Names} said
 */
function whoIsThere(there, said) {
  const { holder = null, number = null, number_state, number_since } = there ?? {};
  if (!holder) return said.say("take_over_text");
  const name = holder.name || said.say("somebody");
  const parts = [said.say("take_over_holder", { name, time: hourOf(holder.since) })];
  if (number) parts.push(said.say(`take_over_${number_state}`, { number, time: hourOf(number_since) }));
  else parts.push(said.say("take_over_nobody"));
  parts.push(said.say("take_over_then", { name }));
  if (number) parts.push(said.say("take_over_stays", { number }));
  return parts.join(" ");
}

/** "08:05", as the hall's clock showed it. @param {string|null|undefined} moment ISO with the hall's offset */
function hourOf(moment) {
  return moment ? timeOf(moment, clockAt(moment, 0).offset) : "";
}
