/** The message at the foot: whole when it fits, else in pages of whole words. Never a text that runs away. */

/** How long one page stands: time enough to read it slowly twice. */
export const PAGE_MS = 9_000;

/**
 * @param {string} text @param {(part: string) => boolean} fits does this part fit on the line?
 * @returns {string[]} every word of the text, in order; a word too long for the line has a page of its own
 */
export function pagesOfText(text, fits) {
  const whole = text.trim().replace(/\s+/g, " ");
  if (whole === "") return [];
  if (fits(whole)) return [whole];
  /** @type {string[]} */
  const pages = [];
  let page = "";
  for (const word of whole.split(" ")) {
    const longer = page === "" ? word : `${page} ${word}`;
    if (page === "" || fits(`${longer} …`)) {
      page = longer;
    } else {
      pages.push(`${page} …`);
      page = word;
    }
  }
  pages.push(page);
  return pages;
}
