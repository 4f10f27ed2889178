/** The number of a ticket: the same figure on every screen. See `.number` in tokens.css. */

/**
 * Shows a number such as "A025" as one word, in a box as wide as the widest number of so many signs: the figures
 * stand as close as the typeface has them, and the numbers of a list still share their edges. Null empties it.
 * @param {HTMLElement} element
 * @param {string|null} number
 */
export function numberInto(element, number) {
  const said = number ?? "";
  element.classList.add("number");
  if (element.textContent === said) return;
  element.style.setProperty("--figures", String(Math.max([...said].length - 1, 0)));
  element.textContent = said;
}
