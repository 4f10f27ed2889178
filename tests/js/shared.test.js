import assert from "node:assert/strict";
import { test } from "node:test";
import { atHall, clockAt, nowOf, timeOf } from "../../web/static/clock.js";
import { createKeep } from "../../web/static/keep.js";
import { plain } from "../../web/static/plain.js";
import { createKeys, untilAnswered } from "../../web/static/wish.js";

/** @typedef {import("../../web/static/wish.js").Reply} Reply */

/** @type {Reply} */
const LOST = { ok: false, status: 0, error: { code: "offline", message: "", message_vi: "" } };
/** @type {Reply} */
const FULL_DISK = { ok: false, status: 503, error: { code: "cannot_store", message: "", message_vi: "" } };
/** @type {Reply} */
const NO = { ok: false, status: 409, error: { code: "wrong_state", message: "", message_vi: "" } };
/** @type {Reply} */
const YES = { ok: true, status: 200, data: {} };

/** A browser's storage; `there` false: every touch of it throws. */
function aBrowser() {
  /** @type {Map<string, string>} */
  const kept = new Map();
  const browser = { there: true, full: false };
  const store = {
    getItem: (/** @type {string} */ name) => kept.get(name) ?? null,
    setItem: (/** @type {string} */ name, /** @type {string} */ text) => {
      if (browser.full) throw new Error("full");
      kept.set(name, text);
    },
    removeItem: (/** @type {string} */ name) => void kept.delete(name),
  };
  const open = () => {
    if (!browser.there) throw new Error("forbidden");
    return store;
  };
  return { browser, kept, keep: createKeep(open), again: () => createKeep(open) };
}

test("what is kept outlives the page", () => {
  const { keep, again } = aBrowser();

  keep.note("a", { seen: 1 });

  assert.deepEqual(again().recall("a"), { seen: 1 });
  keep.forget("a");
  assert.equal(again().read("a"), null);
});

test("a browser that keeps nothing keeps it as long as the page lives", () => {
  const { browser, keep, again } = aBrowser();
  browser.there = false;

  keep.write("language", "en");

  assert.equal(keep.read("language"), "en");
  assert.equal(again().read("language"), null);
  keep.forget("language");
  assert.equal(keep.read("language"), null);
});

test("a full browser does not answer with what it took before", () => {
  const { browser, keep } = aBrowser();
  keep.write("signs", "on");
  browser.full = true;
  keep.write("signs", "off");
  assert.equal(keep.read("signs"), "off");

  browser.full = false;
  keep.write("signs", "on");
  assert.equal(keep.read("signs"), "on");
});

test("spoilt memory is no memory", () => {
  const { keep, kept } = aBrowser();
  kept.set("a", "{half");

  assert.equal(keep.recall("a"), null);
});

test("a wish has one key until the hub has said yes or no", () => {
  let made = 0;
  const keys = createKeys(() => `key ${++made}`);

  for (const early of [LOST, FULL_DISK]) {
    assert.equal(keys.of("cancel"), "key 1");
    keys.answered("cancel", early);
  }
  assert.equal(keys.of("next"), "key 2");
  keys.answered("cancel", NO);
  assert.equal(keys.of("cancel"), "key 3");
  keys.answered("cancel", YES);
  assert.equal(keys.of("cancel"), "key 4");
  keys.forget();
  assert.equal(keys.of("next"), "key 5");
});

test("it is asked until an answer stands, or until nobody wants to know", async () => {
  const answers = [LOST, FULL_DISK, YES];
  /** @type {number[]} */
  const waited = [];
  const rest = async (/** @type {number} */ milliseconds) => void waited.push(milliseconds);
  const again = (/** @type {Reply} */ reply, /** @type {number} */ tries) => (reply.ok ? null : 10 * tries);

  assert.equal(await untilAnswered(async () => answers.shift() ?? NO, again, rest), YES);
  assert.deepEqual(waited, [10, 20]);
  assert.equal(await untilAnswered(() => (waited.length < 3 ? LOST : null), again, rest), null);
});

test("the hall's time is the hall's, whatever the machine's clock and zone", () => {
  const clock = clockAt("2026-11-24T06:59:00+07:00", 5_000);

  assert.equal(timeOf(nowOf(clock, 65_000), clock.offset), "07:00");
  assert.equal(atHall(nowOf(clock, 65_000), clock.offset).getUTCDate(), 24);
  assert.equal(timeOf("2026-11-24T06:59:00-03:30", "-03:30"), "06:59");
  assert.equal(clockAt("2026-11-24T06:59:00Z", 0).offset, "+00:00");
});

test("accents, case and đ make no difference", () => {
  assert.equal(plain(" Đăng ký HỘ TỊCH "), "dang ky ho tich");
  assert.equal(plain("Hộ tịch".normalize("NFD")), plain("Hộ tịch"));
});
