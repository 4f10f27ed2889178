/** The number of a ticket: the same figure on every screen. See `.number` in tokens.css. */

/**
 * Shows a number such as "A025" in cells: the letter in 0.8 em, each digit in 0.66 em, because the font's own
 * digits differ in width. The text of the element stays "A025". Null empties it.
 * @param {Element} element
 * @param {string|null} number
 */
export function numberInto(element, number) {
  element.classList.add("number");
  if (element.textContent === (number ?? "")) return;
  const cells = [...(number ?? "")].map((sign) => {
    const cell = document.createElement("span");
    cell.className = isDigit(sign) ? "number-digit" : "number-letter";
    cell.textContent = sign;
    return cell;
  });
  element.replaceChildren(...cells);
}

/** @param {string} sign */
function isDigit(sign) {
  return sign >= "0" && sign <= "9";
}
