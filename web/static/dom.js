/** Small hands for a page. Filling again with the same changes nothing. */

/**
 * @template {Element} T
 * @param {ParentNode} root
 * @param {string} selector
 * @param {new () => T} kind
 * @returns {T}
 */
export function part(root, selector, kind) {
  const found = root.querySelector(selector);
  if (!(found instanceof kind)) throw new Error(`the page has no ${selector}`);
  return found;
}

/** @param {ParentNode} root @param {string} selector */
export function box(root, selector) {
  return part(root, selector, HTMLElement);
}

/** @param {Element} element @param {string} text */
export function setText(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

/** @param {Element} element @param {string} name @param {string|null} value null takes it away */
export function setAttribute(element, name, value) {
  if (value === null) element.removeAttribute(name);
  else if (element.getAttribute(name) !== value) element.setAttribute(name, value);
}

/** Words and the language they are in. @param {HTMLElement} element @param {{text: string, lang: string}} said */
export function setSaid(element, { text, lang }) {
  setText(element, text);
  if (element.lang !== lang) element.lang = lang;
}

/** A sentence that may be missing. @param {HTMLElement} element @param {string|null} text */
export function setOptional(element, text) {
  element.hidden = !text;
  setText(element, text ?? "");
}

/** @param {HTMLElement} element @param {string} name */
export function setIcon(element, name) {
  element.className = `icon icon-${name}`;
}

/** @param {string} name a template of the page, `<template data-NAME>` @returns {HTMLElement} */
export function stamp(name) {
  const first = part(document, `template[data-${name}]`, HTMLTemplateElement).content.firstElementChild;
  const copy = first?.cloneNode(true);
  if (!(copy instanceof HTMLElement)) throw new Error(`template ${name} is empty`);
  return copy;
}

/**
 * As many children as there are items, made from a template and kept from one time to the next: each with its
 * place, or, where items have a key, with its item, so that what has the focus keeps it.
 * @template T
 * @param {HTMLElement} list
 * @param {string} template
 * @param {readonly T[]} items
 * @param {(child: HTMLElement, item: T, place: number) => void} paint
 * @param {(item: T, place: number) => string} [keyOf]
 */
export function each(list, template, items, paint, keyOf = (_, place) => String(place)) {
  const known = new Map([...list.children].map((child) => [child.getAttribute("data-key"), child]));
  items.forEach((item, place) => {
    const key = keyOf(item, place);
    const old = known.get(key);
    known.delete(key);
    const child = old instanceof HTMLElement ? old : stamp(template);
    child.dataset.key = key;
    if (list.children[place] !== child) list.insertBefore(child, list.children[place] ?? null);
    paint(child, item, place);
  });
  for (const gone of known.values()) gone.remove();
}
