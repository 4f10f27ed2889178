// One wish of an officer, one key a step.
import assert from "node:assert/strict";
import { test } from "node:test";
import { createWishes } from "../../web/static/wish.js";

/** @typedef {import("../../web/static/wish.js").Reply} Reply */

/** @param {(step: number, key: string) => Reply} answer */
function aWish(answer) {
  const told = { keys: /** @type {string[]} */ ([]), now: 0, made: 0 };
  const wishes = createWishes({
    papers: () => ({}),
    renew: async () => {},
    ask: async (_method, _path, { key = "" } = {}) => {
      told.keys.push(key);
      return answer(told.keys.length, key);
    },
    make: () => `key ${++told.made}`,
    now: () => told.now,
    rest: async (milliseconds) => {
      told.now += milliseconds;
    },
    onChange: () => {},
  });
  return { wishes, told };
}
const NEXT = { path: "/next", body: {} };
const LOST = {
  ok: /** @type {const} */ (false),
  status: 0,
  error: { code: "offline", message: "", message_vi: "" },
};
const DONE = { ok: /** @type {const} */ (true), status: 200, data: 1 };

test("a lost answer is asked for again with the same key", async () => {
  const { wishes, told } = aWish((tries) => (tries < 3 ? LOST : DONE));

  const result = await wishes.run("next", [NEXT]);

  assert.deepEqual(told.keys, ["key 1", "key 1", "key 1"]);
  assert.deepEqual(result, { done: 1, data: 1, refusal: null });
});

test("after giving up, the same press is the same wish", async () => {
  let there = false;
  const { wishes, told } = aWish(() => (there ? DONE : LOST));

  const lost = await wishes.run("next", [NEXT]);
  there = true;
  await wishes.run("next", [NEXT]);
  await wishes.run("next", [NEXT]);

  assert.equal(lost?.refusal?.code, "offline");
  assert.equal(told.keys.at(-2), "key 1");
  assert.equal(told.keys.at(-1), "key 2");
});

test("once the counter has changed, the same press is a new wish", async () => {
  let there = false;
  const { wishes, told } = aWish(() => (there ? DONE : LOST));
  await wishes.run("next", [NEXT]);

  wishes.forget();
  there = true;
  await wishes.run("next", [NEXT]);

  assert.equal(told.keys.at(-1), "key 2");
});

test("a press while the first is being carried out does nothing", async () => {
  const { wishes, told } = aWish(() => DONE);

  const [first, second] = await Promise.all([wishes.run("next", [NEXT]), wishes.run("next", [NEXT])]);

  assert.equal(first?.done, 1);
  assert.equal(second, null);
  assert.equal(told.keys.length, 1);
});

test("who cannot be finished is not followed by the next", async () => {
  const no = {
    ok: /** @type {const} */ (false),
    status: 409,
    error: { code: "wrong_state", message: "", message_vi: "" },
  };
  const { wishes, told } = aWish(() => no);

  const result = await wishes.run("finish_next", [{ path: "/finish", body: {} }, NEXT]);

  assert.deepEqual([result?.done, result?.refusal?.code, told.keys.length], [0, "wrong_state", 1]);
});

test("when another window has logged in anew, the wish goes on with the papers of now and the same key", async () => {
  let csrf = "of before";
  /** @type {string[]} */
  const sent = [];
  const wishes = createWishes({
    papers: () => ({ csrf }),
    renew: async () => {
      csrf = "of now";
    },
    ask: async (_method, _path, { key = "", csrf: shown = "" } = {}) => {
      sent.push(`${key}, ${shown}`);
      return shown === "of now" ? DONE : { ok: false, status: 403, error: { code: "csrf" } };
    },
    make: () => "key 1",
    onChange: () => {},
  });

  const result = await wishes.run("next", [NEXT]);

  assert.deepEqual(sent, ["key 1, of before", "key 1, of now"]);
  assert.equal(result?.done, 1);
});
