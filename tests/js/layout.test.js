// The layout of the pages' scripts, held by their own source.
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";

const ROOT = new URL("../../", import.meta.url);
const LONGEST = 350;
const SCREENS = ["kiosk", "display", "counter_panel", "phone"];
/** What a room of the panel may use of the others. */
const ROOMS = { model: [], paint: ["model"], input: ["model", "paint"] };
/** Each stands once, for all pages; whoever needs it imports it. */
const ONCE = {
  "web/static/keep.js": /\b(local|session)Storage\b/,
  "web/static/wish.js": /Idempotency-Key|getRandomValues/,
  "web/static/plain.js": /\\p\{M\}/,
  "web/static/dom.js": /cloneNode|function (setText|setSaid|setIcon|stamp|each|part)\b/,
  "web/static/clock.js": /\[\+-\]\)?\(?\\d\\d|getTimezoneOffset/,
};

/** @param {string} folder @returns {string[]} */
function scriptsIn(folder) {
  return readdirSync(new URL(`${folder}/static/`, ROOT), { recursive: true })
    .map(String)
    .filter((name) => name.endsWith(".js"))
    .map((name) => `${folder}/static/${name}`);
}

/** @param {string} path */
function source(path) {
  return readFileSync(new URL(path, ROOT), "utf8");
}

const scripts = [...SCREENS, "live", "web"].flatMap(scriptsIn);

test("no script of a page is longer than can be read in one go", () => {
  const long = scripts.filter(
    (path) => !path.endsWith("words.js") && source(path).split("\n").length > LONGEST,
  );

  assert.deepEqual(long, []);
});

test("what every page needs stands once", () => {
  for (const [home, sign] of Object.entries(ONCE)) {
    assert.match(source(home), sign);
    assert.deepEqual(
      scripts.filter((path) => path !== home && sign.test(source(path))),
      [],
      home,
    );
  }
});

test("one file reads the clock of a screen, which may be put at any moment; nothing is measured by it", () => {
  const home = "web/static/clock.js";
  const read = /new Date\b|Date\.now|performance\.(now|timeOrigin)|\.getTime\(/;

  assert.match(source(home), read);
  assert.deepEqual(
    scripts.filter((path) => path !== home && read.test(source(path))),
    [],
  );
  assert.doesNotMatch(
    source(home).replace(/export function (ownMoment|ticks|atHall)\([\s\S]*?\n}\n/g, ""),
    read,
    "and there it is what a clock shows, never a difference of two",
  );
});

test("a page uses the shared rooms and its own, never another page's", () => {
  for (const screen of SCREENS)
    for (const path of scriptsIn(screen))
      for (const [, used = ""] of source(path).matchAll(/\/static\/(\w+)\//g))
        assert.ok(["web", "live", screen].includes(used), `${path} uses ${used}`);
});

test("what the panel knows does not know how it is shown, and what shows it not how it is driven", () => {
  for (const [room, others] of Object.entries(ROOMS))
    for (const path of scriptsIn("counter_panel").filter((each) => each.includes(`/static/${room}/`)))
      for (const [, used = ""] of source(path).matchAll(/ from "\.\.\/(\w+)\//g))
        assert.ok(
          others.some((each) => each === used),
          `${path} uses ${used}`,
        );
});
