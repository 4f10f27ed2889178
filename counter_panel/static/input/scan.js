/** Tells a barcode scanner from fingers: a scanner types a whole code in the time of one press. */

/** Between two signs of a scanner; fingers are slower. */
export const BURST_MS = 45;
const SHORTEST_CODE = 6;

/**
 * @template P
 * @param {{onPress: (press: P) => void, onCode: (text: string) => void}} hands
 */
export function createScanner({ onPress, onCode }) {
  /** @type {{sign: string, press: P}[]} */
  let burst = [];
  /** @type {ReturnType<typeof setTimeout>|undefined} */
  let end;

  function flush() {
    clearTimeout(end);
    const all = burst;
    burst = [];
    if (all.length >= SHORTEST_CODE) onCode(all.map(({ sign }) => sign).join(""));
    else for (const { press } of all) onPress(press);
    return all.length >= SHORTEST_CODE;
  }

  return {
    /** A single sign was typed. @param {string} sign @param {P} press */
    typed(sign, press) {
      clearTimeout(end);
      burst.push({ sign, press });
      end = setTimeout(flush, BURST_MS);
    },
    /** Another key: what was typed before it comes first. @returns {boolean} whether that was a code */
    ended: flush,
  };
}
