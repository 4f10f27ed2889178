/** How things of the hall are called in the reader's language. */

import { say } from "./words.js";

/** @typedef {import("./words.js").Language} Language */
/**
 * Of what does not change during a day.
 * @typedef {Pick<import("snapshots").HallFacts, "name"|"name_en"|"procedures"|"queues"|"priorities"|"counters">} Facts
 */

/** @type {Facts} */
const NOTHING = { name: "", name_en: "", procedures: [], queues: [], priorities: [], counters: [] };

/**
 * @param {Language} language
 * @param {Facts|null} known null until the hub has told them: then what snapshots say stands
 */
export function createNames(language, known) {
  const facts = known ?? NOTHING;
  /** @template {{name: string, name_en: string}} N @param {N|undefined} named @param {string} otherwise */
  const nameOf = (named, otherwise) =>
    (named && language === "en" && named.name_en) || named?.name || otherwise;
  const names = {
    language,
    facts,
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
    /** The short Vietnamese name of the snapshots, or the English one. @param {string} short */
    short: (short) =>
      (language === "en" && facts.procedures.find((each) => each.short === short)?.name_en) || short,
    /** @param {import("./situation.js").Card} card */
    card(card) {
      const procedure = facts.procedures.find((each) => each.code === card.procedure);
      const english = language === "en" ? procedure : undefined;
      return {
        procedure: english?.name_en || card.procedure_name,
        papers: english && english.papers_en.length === card.papers.length ? english.papers_en : card.papers,
        fee: english?.fee_en || card.fee,
        time: english?.time_en || card.time,
        because: language === "en" ? card.because_en : card.because_vi,
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
    /** @param {{message: string, message_vi: string}} refusal */
    refusal: ({ message, message_vi }) => (language === "en" ? message : message_vi),
  };
  return names;
}

/** @typedef {ReturnType<typeof createNames>} Names */
