import assert from "node:assert/strict";
import { test } from "node:test";
import { backToBack, createAnnouncer, createSpeaker, withoutRepeat } from "../../display/static/stage.js";

/** @typedef {import("../../display/static/stage.js").Clip} Clip */

/** A sound card which plays in no time and writes down what it was given. */
class Card extends EventTarget {
  state = "running";
  currentTime = 10;
  destination = {};
  /** @type {[string, number][]} */
  played = [];
  decoded = 0;

  async resume() {
    this.state = "running";
    this.dispatchEvent(new Event("statechange"));
  }

  /** @param {ArrayBuffer} bytes */
  async decodeAudioData(bytes) {
    this.decoded += 1;
    const name = new TextDecoder().decode(bytes);
    return { name, duration: name.length };
  }

  createBufferSource() {
    const card = this;
    const source = Object.assign(new EventTarget(), {
      buffer: { name: "" },
      connect() {},
      /** @param {number} at */
      start(at) {
        card.played.push([source.buffer.name, at]);
        queueMicrotask(() => source.dispatchEvent(new Event("ended")));
      },
    });
    return source;
  }
}

/** @param {Card} card */
const opened = (card) => () => /** @type {AudioContext} */ (/** @type {unknown} */ (card));
/** @param {string} url */
const load = async (url) => /** @type {ArrayBuffer} */ (new TextEncoder().encode(url).buffer);
/** @param {...string} urls @returns {Clip[]} */
const clips = (...urls) => urls.map((url) => ({ url, seconds: url.length }));
const always = () => true;

test("clips follow each other without a gap, each decoded once", async () => {
  const card = new Card();
  const speaker = createSpeaker(opened(card), load, () => {});

  const heard = await speaker.say(clips("bell", "sentence", "sentence"), always);

  assert.equal(heard, true);
  assert.deepEqual(card.played, [
    ["bell", 10.05],
    ["sentence", 14.05],
    ["sentence", 22.05],
  ]);
  assert.equal(card.decoded, 2);
  assert.deepEqual(backToBack([1, 2, 3], 5), [5, 6, 8]);
});

test("a sound card asleep says nothing and tells that somebody must touch the screen", async () => {
  const card = new Card();
  card.state = "suspended";
  /** @type {string[]} */
  const told = [];
  const speaker = createSpeaker(opened(card), load, (sound) => told.push(sound));

  assert.equal(speaker.sound(), "off");
  assert.equal(await speaker.say(clips("bell"), always), false);
  assert.equal(speaker.sound(), "blocked");
  await speaker.enable();

  assert.equal(speaker.sound(), "on");
  assert.equal(told.at(-1), "on");
  assert.deepEqual(card.played, []);
});

test("a screen without a sound device goes on without a voice", async () => {
  const none = () => {
    throw new Error("no device");
  };
  const speaker = createSpeaker(none, load, () => {});

  await speaker.enable();

  assert.equal(speaker.sound(), "off");
  assert.equal(await speaker.say(clips("bell"), always), false);
});

test("a clip that could not be fetched is asked for again the next time", async () => {
  const card = new Card();
  let tries = 0;
  const speaker = createSpeaker(
    opened(card),
    async (url) => {
      tries += 1;
      if (tries === 1) throw new Error("cut");
      return load(url);
    },
    () => {},
  );

  await assert.rejects(speaker.say(clips("bell"), always));
  assert.equal(await speaker.say(clips("bell"), always), true);
});

test("said once in a crowd: the first sentence loses its repetition, of one clip or of many", () => {
  const urls = (/** @type {Clip[]} */ said) => said.map((clip) => clip.url).join(" ");

  assert.equal(urls(withoutRepeat(clips("bell", "vi", "vi", "en"))), "bell vi en");
  const words = ["moi", "A", "0", "0", "2", "den", "1", "pause"];
  assert.equal(urls(withoutRepeat(clips("bell", ...words, ...words))), `bell ${words.join(" ")}`);
  assert.equal(urls(withoutRepeat(clips("bell"))), "bell");
  assert.deepEqual(withoutRepeat([]), []);
});

/** @type {import("../../display/static/stage.js").Call} */
const FIRST = {
  call: "261124-1",
  number: "A001",
  counter: "1",
  at: "2026-11-24T08:00:00+07:00",
  times: 1,
  madeAt: 0,
};
const SECOND = { ...FIRST, call: "261124-2", number: "A002" };

/**
 * @param {Card} card @param {(call: import("../../display/static/stage.js").Call) => boolean} wanted
 * @param {(url: string) => number} [status]
 */
function announcing(card, wanted, status = () => 200) {
  /** @type {string[]} */
  const asked = [];
  /** @type {string[]} */
  const spoken = [];
  const announcer = createAnnouncer({
    hall: "thach-ha",
    speaker: createSpeaker(opened(card), load, () => {}),
    wanted,
    spoken: (call) => spoken.push(call.number),
    get: async (url) => {
      asked.push(String(url));
      const number = String(url).endsWith("-1") ? "A001" : "A002";
      return Response.json(
        { clips: clips("bell", number, number), sentence_vi: "" },
        { status: status(String(url)) },
      );
    },
    pause: async () => {},
  });
  return { announcer, asked, spoken };
}

test("two calls are spoken one after the other, and the panel knows when they are over", async () => {
  const card = new Card();
  const { announcer, asked, spoken } = announcing(card, always);

  const over = announcer.announce([FIRST, SECOND], false);
  assert.equal(announcer.busy(), true);
  await over;

  assert.equal(announcer.busy(), false);
  assert.deepEqual(
    card.played.map(([name]) => name),
    ["bell", "A001", "A001", "bell", "A002", "A002"],
  );
  assert.deepEqual(spoken, ["A001", "A002"]);
  assert.equal(asked[0], "/display/thach-ha/announcement/261124-1");
});

test("a call that went stale while its clips were on their way stays silent", async () => {
  const card = new Card();
  let asked = 0;
  const { announcer, spoken } = announcing(card, () => {
    asked += 1;
    return asked === 1;
  });

  await announcer.announce([FIRST], false);

  assert.deepEqual(card.played, []);
  assert.deepEqual(spoken, []);
});

test("a call without words does not keep the next one from being spoken", async (t) => {
  t.mock.method(console, "warn", () => {});
  const card = new Card();
  const { announcer, spoken } = announcing(card, always, (url) => {
    if (url.endsWith("-1")) throw new Error("cut");
    return 200;
  });

  await announcer.announce([FIRST, SECOND], false);

  assert.equal(announcer.busy(), false);
  assert.deepEqual(spoken, ["A002"]);
});

test("a call made as the hub went away is spoken when it is back", async () => {
  const card = new Card();
  let away = 2;
  /** @type {number[]} */
  const pauses = [];
  /** @type {string[]} */
  const spoken = [];
  const announcer = createAnnouncer({
    hall: "thach-ha",
    speaker: createSpeaker(opened(card), load, () => {}),
    wanted: always,
    spoken: (call) => spoken.push(call.number),
    get: async () => {
      if (away > 0) {
        away -= 1;
        throw new TypeError("Failed to fetch");
      }
      return Response.json({ clips: clips("bell", "A001", "A001"), sentence_vi: "" });
    },
    pause: async (milliseconds) => void pauses.push(milliseconds),
  });

  await announcer.announce([FIRST], false);

  assert.deepEqual(spoken, ["A001"]);
  assert.deepEqual(pauses, [1000, 1000]);
});

test("a call the wall no longer has is not spoken", async () => {
  const { announcer, spoken } = announcing(new Card(), always, () => 404);

  await announcer.announce([FIRST], false);

  assert.equal(announcer.busy(), false);
  assert.deepEqual(spoken, []);
});
