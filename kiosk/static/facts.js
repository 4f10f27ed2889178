/** What a hall is, as GET /api/v1/halls/{hall} tells it, and what a kiosk asks of it. Pure. */

/** @typedef {"vi"|"en"} Language */
/** @typedef {{low_minutes: number, likely_minutes: number, high_minutes: number}} Wait */
/** @typedef {{code: string, queue: string, name: string, name_en: string}} Field */
/**
 * @typedef {object} Procedure
 * @property {string} code
 * @property {string} field
 * @property {string} queue
 * @property {string} name
 * @property {string} short
 * @property {string} name_en
 * @property {string[]} papers
 * @property {string[]} papers_en
 * @property {string} fee
 * @property {string} fee_en
 * @property {string} time
 * @property {string} time_en
 * @property {boolean} frequent
 * @property {boolean} available
 * @property {string} national_code
 */
/** @typedef {{id: string, name: string, name_en: string, hue: string}} Queue */
/** @typedef {{code: string, name: string, name_en: string, ground: string}} Priority */
/** @typedef {{id: string, name: string, name_en: string, place: string, place_en: string}} Counter */
/** @typedef {{days: string[], opens: string, closes: string}} Stretch */
/**
 * @typedef {object} Facts
 * @property {string} id
 * @property {string} name
 * @property {string} name_en
 * @property {string} authority
 * @property {string} authority_en
 * @property {boolean} open
 * @property {Field[]} fields
 * @property {Procedure[]} procedures
 * @property {Queue[]} queues
 * @property {Priority[]} priorities
 * @property {Counter[]} counters
 * @property {Stretch[]} hours
 * @property {{void_seconds: number}} rules
 */
/** @typedef {{id: string, waiting: number, wait: Wait|null, counters: string[], refusal: string|null}} QueueNow */
/**
 * The hall now, as the /kiosk snapshot tells it.
 * @typedef {object} Snapshot
 * @property {number} version
 * @property {string} day
 * @property {string} at
 * @property {string} build
 * @property {boolean} open
 * @property {string|null} opens_at
 * @property {"before_hours"|"lunch"|"after_hours"|"day_off"|null} closed_why
 * @property {QueueNow[]} queues
 * @property {{state: string, since: string|null}} printer
 * @property {string|null} message
 */

/** How many of the field that is listed first, the busiest, are tiles of the start screen; of the next; ... */
const FIRST_TILES = [2, 1, 1];

/**
 * The procedures which most people come for: one touch from the start screen.
 * @param {Facts} facts
 * @param {string} result the code that has a button of its own
 * @returns {Procedure[]}
 */
export function startProcedures(facts, result) {
  const busy = facts.fields.map((field) =>
    facts.procedures.filter((each) => each.field === field.code && each.frequent && each.code !== result),
  );
  return busy
    .filter((each) => each.length > 0)
    .flatMap((each, place) => each.slice(0, FIRST_TILES[place] ?? 0));
}

/**
 * The procedures of a field, those most people come for first.
 * @param {Facts} facts
 * @param {string} field
 */
export function proceduresOf(facts, field) {
  const here = facts.procedures.filter((each) => each.field === field);
  return [...here.filter((each) => each.frequent), ...here.filter((each) => !each.frequent)];
}

/**
 * What stands on a field's tile: the name of its queue where that is its own and shorter.
 * @param {Facts} facts
 * @param {Field} field
 * @param {Language} language
 */
export function tileName(facts, field, language) {
  const queue = facts.queues.find((each) => each.id === field.queue);
  const alone = facts.fields.filter((each) => each.queue === field.queue).length === 1;
  const [mine, its] =
    language === "en" ? [field.name_en, queue?.name_en ?? ""] : [field.name, queue?.name ?? ""];
  const name = alone && its && its.length < mine.length ? its : mine;
  return name.replaceAll(" - ", "\u00a0- "); // a line never begins with the hyphen
}

/**
 * Name, papers, fee and time in the reader's language; Vietnamese where there is no English, and `lang` says so.
 * @param {Procedure} procedure
 * @param {Language} language
 */
export function spelled(procedure, language) {
  const english = language === "en";
  return {
    name: english ? told(procedure.name_en, procedure.name) : { text: procedure.name, lang: "vi" },
    short: english ? told(procedure.name_en, procedure.short) : { text: procedure.short, lang: "vi" },
    papers:
      english && procedure.papers_en.length === procedure.papers.length
        ? { list: procedure.papers_en, lang: "en" }
        : { list: procedure.papers, lang: "vi" },
    fee: english ? told(procedure.fee_en, procedure.fee) : { text: procedure.fee, lang: "vi" },
    time: english ? told(procedure.time_en, procedure.time) : { text: procedure.time, lang: "vi" },
  };
}

/** @param {string} english @param {string} vietnamese */
function told(english, vietnamese) {
  return english ? { text: english, lang: "en" } : { text: vietnamese, lang: "vi" };
}
