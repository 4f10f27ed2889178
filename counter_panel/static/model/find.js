/** Finding a place to transfer to by what an officer types: "3", "b", "khai sinh". */

import { plain } from "/static/web/plain.js";

/** @typedef {{kind: "counter"|"queue"|"procedure", id: string, name: string, more: string, frequent?: boolean}} Place */

/**
 * The places that have all the words typed; the one whose id was typed first, then what people often come for.
 * @template {Place} P
 * @param {readonly P[]} places
 * @param {string} typed
 * @returns {P[]}
 */
export function find(places, typed) {
  const wanted = plain(typed);
  if (wanted === "") return [...places];
  const words = wanted.split(/\s+/);
  const found = places.filter(({ id, name, more }) => {
    const text = plain(`${id} ${name} ${more}`);
    return words.every((word) => text.includes(word));
  });
  const rank = (/** @type {P} */ place) =>
    plain(place.id) === wanted ? 0 : place.frequent ? 1 : plain(place.name).startsWith(wanted) ? 2 : 3;
  return found
    .map((place) => ({ place, rank: rank(place) }))
    .sort((a, b) => a.rank - b.rank)
    .map(({ place }) => place);
}
