import assert from "node:assert/strict";
import { test } from "node:test";
import { isBehind, isNewer } from "../../live/static/freshness.js";
import { retryDelay } from "../../live/static/retry.js";
import { call, newKey } from "../../web/static/wish.js";
import { told } from "../../web/static/words.js";
import { learnWords } from "./words.js";

const noon = { day: "2026-11-24", version: 12, at: "2026-11-24T12:00:00+07:00" };

test("a screen takes only what is newer than what it shows", () => {
  assert.equal(isNewer(null, noon), true);
  assert.equal(isNewer(noon, { ...noon, version: 13 }), true);
  assert.equal(isNewer(noon, { ...noon, version: 9, at: "2026-11-24T12:00:05+07:00" }), false);
  assert.equal(isNewer(noon, noon), false);
});

test("the trouble of a device shows though nothing happened in the hall", () => {
  assert.equal(isNewer(noon, { ...noon, at: "2026-11-24T12:00:01+07:00" }), true);
});

test("a new day begins with small numbers and is newer all the same", () => {
  const morning = { day: "2026-11-25", version: 1, at: "2026-11-25T07:00:00+07:00" };

  assert.equal(isNewer(noon, morning), true);
  assert.equal(isBehind(noon, morning), true);
  assert.equal(isBehind(morning, noon), false);
});

test("after the hub's clock was put back what comes on the same connection is newer, also of an earlier day and on another", () => {
  const held = { day: "2027-01-31", version: 3, at: "2027-01-31T08:00:00+07:00" };
  const back = { day: "2026-11-27", version: 1, at: "2026-11-27T08:00:01+07:00" };
  const drawnAnew = { ...held, at: "2026-11-27T08:00:01+07:00" };

  assert.equal(isNewer(held, back), true);
  assert.equal(isNewer(held, drawnAnew), true);
  assert.equal(isNewer(held, { ...drawnAnew, version: 2 }), false, "of one day the later event counts");
});

test("a beacon tells a screen whether it has missed something", () => {
  assert.equal(isBehind(null, { day: "2026-11-24", version: 0 }), true);
  assert.equal(isBehind(noon, { day: "2026-11-24", version: 12 }), false);
  assert.equal(isBehind(noon, { day: "2026-11-24", version: 13 }), true);
  assert.equal(isBehind(noon, { day: "2026-11-24", version: 11 }), false);
});

test("a lost screen tries again soon, never later than 1.2 s, and never all at the same moment", () => {
  const earliest = [1, 2, 3, 4, 50].map((failures) => retryDelay(failures, false, () => 0));
  const latest = [1, 2, 3, 4, 50].map((failures) => retryDelay(failures, false, () => 1));

  assert.deepEqual(earliest, [150, 300, 600, 600, 600]);
  assert.deepEqual(latest, [300, 600, 1200, 1200, 1200]);
});

test("a refused screen asks again slowly", () => {
  assert.equal(
    retryDelay(1, true, () => 0),
    30_000,
  );
});

test("a key is unlike every other and fits into a header", () => {
  const keys = new Set(Array.from({ length: 1000 }, newKey));

  assert.equal(keys.size, 1000);
  for (const key of keys) assert.match(key, /^[\w-]{22}$/);
});

test("a call without a network is an answer, not an accident", async () => {
  const answer = await call("POST", "http://127.0.0.1:1/api/v1/halls/thach-ha/tickets", {
    body: {},
    key: newKey(),
  });

  assert.ok(!answer.ok);
  assert.equal(answer.error.code, "offline");
  learnWords("line");
  assert.match(told(answer.error, "vi"), /ông bà/);
  assert.match(told(answer.error, "en"), /try again/);
});
