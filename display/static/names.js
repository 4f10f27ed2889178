/** The names of counters where there is little room, as people tell them apart. Pure. */

const SHORT = 9; // signs that stand beside a number whole

/** @typedef {{main: string, short: string, rest: string}} Parts */

/**
 * A counter's name in parts: "Quầy 12 - Đất đai" -> main "Quầy 12", short "12" for the table, rest "Đất đai".
 * A name of another kind stays whole, and one that its main part does not tell from the others.
 * @param {string} name @param {readonly string[]} [names] of all counters
 * @returns {Parts}
 */
export function nameParts(name, names = []) {
  const parts = parted(name);
  const alike =
    parts.rest !== "" && names.some((other) => other !== name && parted(other).main === parts.main);
  return alike ? { main: name, short: name, rest: "" } : parts;
}

/** @param {string} name @returns {Parts} */
function parted(name) {
  const found = /^([Qq]uầy(?:\s+số)?\s+(\d+\p{L}?|\p{Lu}\d*))(?:(?:\s*[-–—:,.(]\s*|\s+)(.+?)\)?)?$/u.exec(
    name,
  );
  return found
    ? { main: found[1] ?? name, short: found[2] ?? name, rest: found[3] ?? "" }
    : { main: name, short: name, rest: "" };
}

/**
 * A name that may lack room: `head` is shortened first, `tail` tells it from its neighbours and stays.
 * "Bàn tiếp nhận số 3" -> "Bàn tiếp nhận", "số 3"; beside "Phòng họp 202 (nhà B)", "Phòng họp 201 (nhà B)" ->
 * "Phòng họp", "201".
 * @param {string} name @param {readonly string[]} [names] of all counters
 */
export function nameEnds(name, names = []) {
  if (name.length <= SHORT) return { head: name, tail: "" };
  const words = name.split(/\s+/);
  const alike = Math.max(
    0,
    ...names.map((other) => (other === name ? 0 : alikeFor(words, other.split(/\s+/)))),
  );
  const last = words.length - 1;
  // Begun as no other, or as one that only goes on: its figure, if it ends with one.
  const at = alike > 0 && alike <= last ? alike : /\d/.test(words[last] ?? "") ? last : 0;
  const from = at > 1 && words[at - 1] === "số" ? at - 1 : at;
  if (from === 0) return { head: name, tail: "" };
  let to = at + 1;
  while (to <= last && words.slice(from, to + 1).join(" ").length <= SHORT) to += 1;
  const tail = words
    .slice(from, to)
    .join(" ")
    .replace(/[\s,;:(–—-]+$/u, "");
  return { head: words.slice(0, from).join(" "), tail };
}

/** How many words two names begin with alike. @param {string[]} words @param {string[]} other */
function alikeFor(words, other) {
  const at = words.findIndex((word, place) => word !== other[place]);
  return at < 0 ? words.length : at;
}
