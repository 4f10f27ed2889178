/** Taking a counter, taking it over, and leaving it. */

import { box, part, setText } from "/static/web/dom.js";
import { stepOf, whyNot } from "../model/acts.js";
import { complain, dialogOf } from "./dialogs.js";

/** @typedef {import("/static/web/wish.js").Refusal} Refusal */
/**
 * @typedef {object} Hands
 * @property {string} hall
 * @property {HTMLElement} root
 * @property {import("./work.js").Work} work
 * @property {() => import("../paint/desk.js").Desk|null} desk
 * @property {() => import("../model/names.js").Names} names
 * @property {() => void} taken
 * @property {() => Promise<void>} logOut
 */

/** @param {Hands} hands */
export function createSeats({ hall, root, work, desk, names, taken, logOut }) {
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
   * @param {string} counter
   * @param {boolean} held by somebody else; or it is only that another one must be left
   * @param {string|null} number of the citizen there
   */
  function askTakeOver(counter, held, number) {
    const said = names();
    const serving = number ? said.say("take_over_serving", { number }) : "";
    const facts = { counter: said.counter(counter), serving };
    setText(box(over, "[data-title]"), said.say(held ? "take_over_title" : "move_title", facts));
    setText(box(over, "[data-text]"), said.say(held ? "take_over_text" : "move_text", facts));
    setText(box(over, "[data-agree]"), said.say(held ? "take_over_do" : "move_do"));
    over.dataset.counter = counter;
    complain(over, "");
    over.showModal();
    part(over, "[data-dismiss]", HTMLButtonElement).focus(); // a key pressed once too often takes nothing over
  }

  return {
    askTakeOver,
    /** @param {string} counter @param {string|null} number of the citizen there */
    async take(counter, number) {
      const error = box(root, "[data-choose-error]");
      setText(error, "");
      const refusal = await open(counter, false);
      if (!refusal) return;
      const asks = refusal.code === "counter_taken" || refusal.code === "at_other_counter";
      if (asks) askTakeOver(counter, refusal.code === "counter_taken", number);
      else setText(error, names().refusal(refusal));
    },
    askLogOut() {
      complain(leaving, "");
      leaving.showModal();
    },
  };
}
