const FIRST_MS = 300;
const LONGEST_MS = 1200; // a screen is back within 3 s of its cable
const REFUSED_MS = 60_000;

/**
 * How long to wait before the next try. Half of it is chance: 300 screens of a hub that restarts do not all
 * come in the same moment. Who was refused asks again slowly, so that a mended permission needs no visit.
 * @param {number} failures in a row, the last one included
 * @param {boolean} refused
 * @param {() => number} chance in [0, 1)
 */
export function retryDelay(failures, refused, chance = Math.random) {
  const longest = refused ? REFUSED_MS : Math.min(LONGEST_MS, FIRST_MS * 2 ** Math.max(0, failures - 1));
  return longest * (0.5 + chance() / 2);
}
