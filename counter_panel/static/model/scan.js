/** What a scanner has read: a dossier code, a ticket, an identity card, or nothing that is known here. */

import { codeIn, stateOf, tidied } from "./dossier.js";

/**
 * `text` of what is unknown, no longer than a code. Of an identity card nothing is kept: it is the citizen's.
 * @typedef {{kind: "dossier", code: string}|{kind: "ticket", number: string}|{kind: "slip", token: string}
 *   |{kind: "identity"}|{kind: "unknown", text: string}} Scan
 */

/** @typedef {import("./situation.js").Snapshot} Snapshot */

const NUMBER = /^(?:\d{4}-\d{2}-\d{2}-)?(\p{Lu}\d{3,5})$/u;
/** The QR of a slip: where the number can be followed. */
const SLIP = /^https?:\/\/\S+\/t\/([\w-]+)\/?$/i;
/**
 * The QR of the card: id12|old id|name|ddMMyyyy|sex|address|ddMMyyyy. The bars may be lost on the way, and the bar code
 * of an older card is the number alone. Or the first line of what machines read on its back.
 */
const IDENTITY = /^(?:\d{12}(?:$|\||.*\d{8})|IDVNM)/s;
/** What some scanners send first: which kind of code it was (AIM). */
const KIND = /^\][A-Za-z]\d/;
const SHOWN = 24;

/**
 * The QR of a receipt holds more than its code, whose citizen it is as well: all else is dropped.
 * @param {string} scanned
 * @param {boolean} [dossiers] whether this hall has dossiers
 * @returns {Scan}
 */
export function readScan(scanned, dossiers = true) {
  const text = scanned.replace(KIND, "");
  const written = dossiers ? codeIn(text) : null;
  if (written) return { kind: "dossier", code: written };
  if (IDENTITY.test(text)) return { kind: "identity" };
  const slip = SLIP.exec(text)?.[1];
  if (slip) return { kind: "slip", token: slip };
  const code = tidied(text);
  if (dossiers && stateOf(code) === "good") return { kind: "dossier", code };
  const number = NUMBER.exec(code)?.[1];
  if (number) return { kind: "ticket", number };
  return { kind: "unknown", text: text.length > SHOWN ? `${text.slice(0, SHOWN)}…` : text };
}

/**
 * What is read of the lines that came as one: codes, where one is a receipt or two scans followed each other; else what
 * is known; of what is not, the first line.
 * @param {readonly string[]} lines
 * @param {boolean} [dossiers] whether this hall has dossiers
 */
export function linesOf(lines, dossiers = true) {
  const kinds = lines.map((line) => readScan(line, dossiers).kind);
  const codes = lines.filter((_, place) => kinds[place] === "dossier");
  if (codes.length > 0) return codes;
  const known = lines.filter((_, place) => kinds[place] !== "unknown");
  return known.length > 0 ? known : lines.slice(0, 1);
}

/**
 * The lines without the press that came just before them, where that was a person's: it spoils a code.
 * @param {readonly string[]} lines
 * @param {string} sign of the press
 * @param {boolean} [dossiers] whether this hall has dossiers
 * @returns {readonly string[]|null} null: it was the scan's first sign
 */
export function apart([first = "", ...rest], sign, dossiers = true) {
  if (!first.startsWith(sign) || readScan(first, dossiers).kind !== "unknown") return null;
  const alone = first.slice(sign.length);
  return isOurs(readScan(alone, dossiers)) ? [alone, ...rest] : null;
}

/** Whether it can be meant for nothing that is being written. @param {Scan} scan */
export function isOurs({ kind }) {
  return kind === "dossier" || kind === "slip" || kind === "identity";
}

/**
 * What the officer is told of it.
 * @param {Scan} scan
 * @param {Snapshot} snapshot
 * @param {string|null} number of a slip; empty: nobody knows it
 * @returns {{tone: "done"|"why", word: string, facts: Record<string, string|number>}}
 */
export function toldOfScan(scan, snapshot, number) {
  if (scan.kind === "identity") return { tone: "done", word: "scan_identity", facts: {} };
  if (scan.kind === "unknown") return { tone: "why", word: "scan_unknown", facts: { text: scan.text } };
  if (scan.kind === "ticket") return toldOfNumber(scan.number, snapshot);
  if (scan.kind === "slip" && number) return toldOfNumber(number, snapshot);
  if (scan.kind === "slip") return { tone: "why", word: "scan_slip", facts: {} };
  const { ticket } = snapshot;
  const facts = { code: scan.code, number: ticket?.number ?? "" };
  return ticket ? { tone: "done", word: "scan_dossier", facts } : { tone: "why", word: "scan_nobody", facts };
}

/** @param {string} number @param {Snapshot} snapshot @returns {ReturnType<typeof toldOfScan>} */
function toldOfNumber(number, { ticket, line, held, no_shows }) {
  const is = (/** @type {{number: string}} */ each) => each.number === number;
  const waiting = line.find(is);
  const minutes = waiting?.waited_minutes ?? 0;
  const where = [
    { word: "scan_here", found: ticket !== null && is(ticket) },
    { word: "scan_waiting", found: waiting !== undefined },
    { word: "scan_held", found: held.some(is) },
    { word: "scan_missed", found: no_shows.some(is) },
  ].find(({ found }) => found);
  return { tone: "done", word: where?.word ?? "scan_elsewhere", facts: { number, minutes } };
}
