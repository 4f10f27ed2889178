/** How things of the hall are called in the reader's language. */

import { called, FIRST, ownOf, say, told } from "/static/web/words.js";
import { outcomesOf } from "./outcomes.js";

/** @typedef {import("/static/web/words.js").Language} Language */
/**
 * Of what does not change during a day.
 * @typedef {Pick<import("snapshots").HallFacts, "name"|"name_en"|"procedures"|"queues"|"priorities"|"counters"|"outcomes"|"dossiers">} Facts
 */

/** @type {Facts} */
const NOTHING = {
  name: "",
  name_en: "",
  procedures: [],
  queues: [],
  priorities: [],
  counters: [],
  outcomes: [],
  dossiers: false,
};

/**
 * @param {Language} language
 * @param {Facts|null} known null until the hub has told them: then what snapshots say stands
 */
export function createNames(language, known) {
  const facts = known ?? NOTHING;
  /** @param {object|undefined} named @param {string} otherwise */
  const nameOf = (named, otherwise) => called(named ?? {}, "name", language).text || otherwise;
  const names = {
    language,
    facts,
    outcomes: outcomesOf(facts.outcomes),
    /** @param {string} word @param {Record<string, string|number>} [filled] */
    say: (word, filled) => say(language, word, filled),
    hall: () => nameOf(facts, ""),
    /** @param {string} id @param {string} [otherwise] */
    counter: (id, otherwise) =>
      nameOf(
        facts.counters.find((each) => each.id === id),
        otherwise ?? `${say(language, "kind_counter")} ${id}`,
      ),
    /** @param {string} id @param {string} [otherwise] */
    queue: (id, otherwise) =>
      nameOf(
        facts.queues.find((each) => each.id === id),
        otherwise ?? id,
      ),
    /** @param {string} id */
    hue: (id) => facts.queues.find((each) => each.id === id)?.hue ?? null,
    /** @param {string|null} code @param {string|null} [otherwise] */
    priority: (code, otherwise) =>
      code === null
        ? say(language, "priority_none")
        : nameOf(
            facts.priorities.find((each) => each.code === code),
            otherwise ?? code,
          ),
    /** The short Vietnamese name of the snapshots, or the whole one in another language. @param {string} short */
    short(short) {
      const name = called(facts.procedures.find((each) => each.short === short) ?? {}, "name", language);
      return name.lang === FIRST ? short : name.text;
    },
    /** @param {import("./situation.js").Card} card */
    card(card) {
      const procedure = facts.procedures.find((each) => each.code === card.procedure) ?? {};
      /** @param {string} key @param {string} otherwise */
      const own = (key, otherwise) => String(ownOf(procedure, key, language) || otherwise);
      const papers = ownOf(procedure, "papers", language);
      const translated = Array.isArray(papers) && papers.length === card.papers.length;
      return {
        procedure: own("name", card.procedure_name),
        papers: translated ? /** @type {string[]} */ (papers) : card.papers,
        fee: own("fee", card.fee),
        time: own("time", card.time),
        because: names.ofHub(card, "because"),
      };
    },
    /** @param {readonly import("snapshots").Take[]} takes */
    takes: (takes) =>
      takes
        .map(({ queue, over_minutes }) =>
          over_minutes === null
            ? names.queue(queue)
            : say(language, "takes_over", { queue: names.queue(queue), minutes: over_minutes }),
        )
        .join(" · "),
    /** What the hub says in `because_vi`, `because_en`. @param {object} thing @param {string} key */
    ofHub: (thing, key) => String(ownOf(thing, key, language) ?? ownOf(thing, key, FIRST) ?? ""),
    /** @param {import("/static/web/wish.js").Refusal} refusal */
    refusal: (refusal) => told(refusal, language),
  };
  return names;
}

/** @typedef {ReturnType<typeof createNames>} Names */
