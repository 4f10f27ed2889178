/** Lists that do not fit get a button "show more": not everybody knows that a list can be pushed. */

import { stamp } from "/static/web/dom.js";

const STEP = 0.75; // of what is seen: something known stays in sight
const ROUNDING = 8;

/** @param {Iterable<HTMLElement>} lists */
export function helpScrolling(lists) {
  const watch = new ResizeObserver((seen) => {
    for (const { target } of seen) tell(target.matches("[data-scroll]") ? target : target.parentElement);
  });
  for (const list of lists) {
    const more = stamp("more");
    list.after(more);
    more.addEventListener("click", () => {
      const gentle = !matchMedia("(prefers-reduced-motion: reduce)").matches;
      list.scrollBy({ top: list.clientHeight * STEP, behavior: gentle ? "smooth" : "instant" });
    });
    list.addEventListener("scroll", () => tell(list), { passive: true });
    watch.observe(list);
    for (const child of list.children) watch.observe(child);
  }
}

/**
 * Measured without the button, whose own height would otherwise be the reason for it.
 * @param {Element|null} list
 */
function tell(list) {
  const more = list?.nextElementSibling;
  if (!list || !(more instanceof HTMLElement)) return;
  more.hidden = true;
  more.hidden = list.scrollHeight - list.clientHeight - list.scrollTop <= ROUNDING;
}
