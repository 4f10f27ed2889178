/** Finding, making and filling parts of the page. Filling again with the same changes nothing. */

/**
 * @template {Element} T
 * @param {ParentNode} root @param {string} selector @param {new () => T} kind
 * @returns {T}
 */
export function part(root, selector, kind) {
  const found = root.querySelector(selector);
  if (!(found instanceof kind)) throw new Error(`the page has no ${selector}`);
  return found;
}

/** @param {ParentNode} root @param {string} selector */
export function html(root, selector) {
  return part(root, selector, HTMLElement);
}

/** @param {string} name @returns {HTMLElement} */
export function stamp(name) {
  const template = part(document, `template[data-template="${name}"]`, HTMLTemplateElement);
  const copy = template.content.firstElementChild?.cloneNode(true);
  if (!(copy instanceof HTMLElement)) throw new Error(`template ${name} is empty`);
  return copy;
}

/** @param {Element} element @param {string} text */
export function setText(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

/** @param {HTMLElement} element @param {{text: string, lang: string}} said */
export function setSaid(element, { text, lang }) {
  setText(element, text);
  if (element.lang !== lang) element.lang = lang;
}

/** A sentence that may be missing. @param {HTMLElement} element @param {string|null} text */
export function setOptional(element, text) {
  element.hidden = !text;
  setText(element, text ?? "");
}

/** The letter of a queue on its hue. @param {HTMLElement} element @param {string} queue @param {string|undefined} hue */
export function setLetter(element, queue, hue) {
  setText(element, queue);
  element.dataset.queue = queue;
  if (hue) element.style.setProperty("--hue", hue);
}

/** @param {HTMLElement} element @param {string} name */
export function setIcon(element, name) {
  element.className = `icon icon-${name}`;
}

/**
 * As many children as there are items, made from a template and kept from one time to the next.
 * @template T
 * @param {HTMLElement} list @param {string} template @param {readonly T[]} items
 * @param {(child: HTMLElement, item: T) => void} paint
 */
export function each(list, template, items, paint) {
  while (list.children.length > items.length) list.lastElementChild?.remove();
  for (const [place, item] of items.entries()) {
    const known = list.children[place];
    const child = known instanceof HTMLElement ? known : stamp(template);
    if (child !== known) list.append(child);
    paint(child, item);
  }
}
