/** The message at the foot: whole when it fits, else in pages of whole words. Never a text that runs away. */

/** How long one page stands: time enough to read it slowly twice. */
export const PAGE_MS = 9_000;

/**
 * Whole sentences to a page while they fit; a sentence too long for the line goes on the next page, with "…".
 * @param {string} text @param {(part: string) => boolean} fits does this part fit on the line?
 * @returns {string[]} every word of the text, in order; a word too long for the line has a page of its own
 */
export function pagesOfText(text, fits) {
  const whole = text.trim().replace(/\s+/g, " ");
  const sentences = whole.split(/(?<=[.!?…;]) /).filter(Boolean);
  const pages = packed(sentences, fits, "");
  return pages.flatMap((page) => (fits(page) ? [page] : packed(page.split(" "), fits, " …")));
}

/**
 * @param {readonly string[]} pieces @param {(part: string) => boolean} fits
 * @param {string} more put at the end of a page which goes on
 */
function packed(pieces, fits, more) {
  /** @type {string[]} */
  const pages = [];
  let page = "";
  for (const piece of pieces) {
    const longer = page === "" ? piece : `${page} ${piece}`;
    if (page === "" || fits(longer + more)) {
      page = longer;
    } else {
      pages.push(page + more);
      page = piece;
    }
  }
  return page === "" ? pages : [...pages, page];
}
