/** What does not fit on one line comes in pages, one after the other, and all of it is seen. */

/**
 * Neighbours to a page while they fit; what is too wide alone has a page of its own.
 * @template T
 * @param {readonly T[]} items @param {(item: T) => number} widthOf @param {number} room @param {number} gap
 * @returns {T[][]}
 */
export function pagesThatFit(items, widthOf, room, gap) {
  /** @type {T[][]} */
  const pages = [];
  let left = -1;
  for (const item of items) {
    const width = widthOf(item);
    if (left >= width + gap) {
      pages.at(-1)?.push(item);
      left -= width + gap;
    } else {
      pages.push([item]);
      left = room - width;
    }
  }
  return pages;
}

/** @template T @param {readonly T[]} pages @param {number} beat counted for ever onwards */
export function pageAt(pages, beat) {
  return pages[beat % Math.max(pages.length, 1)];
}

/** @type {CanvasRenderingContext2D|null|undefined} */
let pen;

/** How wide a text is in the letters of this element. @param {Element} element @returns {(text: string) => number} */
export function penOf(element) {
  pen ??= document.createElement("canvas").getContext("2d");
  const { fontWeight, fontSize, fontFamily } = getComputedStyle(element);
  const font = `${fontWeight} ${fontSize} ${fontFamily}`;
  return (text) => {
    if (!pen) return 0;
    pen.font = font;
    return pen.measureText(text).width;
  };
}
