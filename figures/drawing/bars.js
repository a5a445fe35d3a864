/* The answer of a classifier: a bar for each class. */

import { make } from "./elements.js";
import { isNumber, percent } from "./numbers.js";

export const MOST_BARS = 20; // classes, up to which each has its bar
export const FEW_BARS = 10; // of more classes

/**
 * Return the bar of a class, and a function that shows its probability.
 * @param {string} name
 */
export function answerBar(name) {
  const [fill, value] = [make("i"), make("span", { class: "value" })];
  const bar = make("span", { class: "bar", "aria-hidden": "true" }, fill);
  const item = make("li", {}, make("b", {}, name), bar, value);
  /** @type {(probability: number | undefined, isBest: boolean, isTrue: boolean) => void} */
  const show = (probability, isBest, isTrue) => {
    item.className = [isBest ? "best" : "", isTrue ? "true" : ""].join(" ").trim();
    fill.style.transform = `scaleX(${isNumber(probability) ? probability : 0})`;
    value.textContent = probability === undefined ? "" : percent(probability, 1);
  };
  return { item, show };
}

/**
 * Return the classes whose bars are shown: all, or of many the most probable ones, and the true one.
 * @param {number} classes
 * @param {ArrayLike<number> | null} probabilities
 * @param {number} [label]
 */
export function shownClasses(classes, probabilities, label) {
  const all = Array.from({ length: classes }, (_, number) => number);
  if (classes <= MOST_BARS) return all;
  const surest = all.sort((a, b) => (probabilities?.[b] || 0) - (probabilities?.[a] || 0)).slice(0, FEW_BARS);
  return label === undefined || surest.includes(label) ? surest : [...surest, label];
}
