/** A QR code as a drawing, made in the browser: the address in it is told to nobody else. */

import { encode } from "/vendor/uqr.mjs";

const QUIET_ZONE = 4;
const SVG = "http://www.w3.org/2000/svg";

/** @param {HTMLElement} element @param {string} text */
export function showQr(element, text) {
  if (element.dataset.shown === text) return;
  element.dataset.shown = text;
  const { size, data } = encode(text, { ecc: "M", border: QUIET_ZONE });
  const dark = data.flatMap((row, y) => row.map((on, x) => (on ? `M${x} ${y}h1v1h-1z` : "")));
  const drawing = document.createElementNS(SVG, "svg");
  drawing.setAttribute("viewBox", `0 0 ${size} ${size}`);
  drawing.setAttribute("shape-rendering", "crispEdges");
  drawing.setAttribute("aria-hidden", "true");
  const path = document.createElementNS(SVG, "path");
  path.setAttribute("d", dark.join(""));
  drawing.append(path);
  element.replaceChildren(drawing);
}
