/* The marks of points: a shape and a colour for each class, and what they mean. */

import { TONES } from "./colours.js";
import { make, makeSvg } from "./elements.js";

/** @type {((r: number) => string)[]} */
const SHAPES = [
  (r) => `M${-r} 0a${r} ${r} 0 1 0 ${2 * r} 0a${r} ${r} 0 1 0 ${-2 * r} 0z`,
  (r) => `M${-0.9 * r} ${-0.9 * r}h${1.8 * r}v${1.8 * r}h${-1.8 * r}z`,
  (r) => `M0 ${-1.2 * r}L${1.15 * r} ${0.9 * r}H${-1.15 * r}z`,
  (r) => `M0 ${-1.3 * r}L${1.15 * r} 0L0 ${1.3 * r}L${-1.15 * r} 0z`,
];

/**
 * Return the mark of a class.
 * @param {number} label
 * @param {number} radius
 * @param {string} kind  "small", or "large" with an edge
 */
export function shapeOf(label, radius, kind) {
  const d = SHAPES[label % SHAPES.length](radius);
  return makeSvg("path", { class: `point ${kind} class${label % TONES}`, d });
}

/** Return the mark of a wrong answer, around that of the point. */
export function ring(attributes = {}) {
  return makeSvg("circle", { class: "ring", ...attributes, r: 8.5 });
}

/**
 * What a mark means, as an entry of a list.
 * @param {Node} mark
 * @param {string} words
 */
export function legendEntry(mark, words) {
  const svg = makeSvg("svg", { viewBox: "-10 -10 20 20", width: 20, height: 20, "aria-hidden": "true" }, mark);
  return make("li", {}, svg, words);
}
