/** Before the desk: logging in, and choosing a counter. */

import { box, each, part, setText } from "/static/web/dom.js";

/** @typedef {import("../model/names.js").Names} Names */
/** @typedef {import("snapshots").Counter} Counter */

/**
 * @param {HTMLElement} root
 * @param {{names: Names, counters: readonly Counter[], last: string|null}} hall
 */
export function paintChoice(root, { names, counters, last }) {
  each(
    box(root, "[data-choose-list]"),
    "choose-row",
    counters,
    (item, counter) => {
      const button = part(item, "button", HTMLButtonElement);
      button.dataset.counter = counter.id;
      button.dataset.state = counter.state;
      button.classList.toggle("is-last", counter.id === last);
      setText(box(item, "[data-name]"), names.counter(counter.id, counter.name));
      const takes = names.facts.counters.find(({ id }) => id === counter.id)?.takes ?? [];
      setText(box(item, "[data-takes]"), names.takes(takes));
      const word = counter.number ? "choose_serving" : `choose_${counter.state}`;
      const state = names.say(word, { number: counter.number ?? "" });
      setText(
        box(item, "[data-state-words]"),
        counter.id === last ? `${state} · ${names.say("choose_last")}` : state,
      );
    },
    (counter) => counter.id,
  );
}

/**
 * @param {HTMLElement} root
 * @param {(name: string, password: string) => Promise<string|null>} logIn the sentence of a refusal; null: in
 * @param {() => Names} names
 */
export function listenToLogin(root, logIn, names) {
  const form = part(root, "[data-login]", HTMLFormElement);
  const error = box(form, "[data-login-error]");
  const name = part(form, 'input[name="name"]', HTMLInputElement);
  const password = part(form, 'input[name="password"]', HTMLInputElement);
  let asking = false;
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (asking) return;
    setText(error, "");
    if (name.value.trim() === "" || password.value === "") {
      setText(error, names().say("name_needed"));
      (name.value.trim() === "" ? name : password).focus();
      return;
    }
    asking = true;
    const refused = await logIn(name.value.trim(), password.value);
    asking = false;
    password.value = "";
    setText(error, refused ?? "");
    if (refused !== null) password.focus();
  });
}
