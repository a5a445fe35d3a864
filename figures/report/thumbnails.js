/* Test samples as small pictures, which go through the network when they are clicked. */

import { make } from "../drawing/elements.js";
import { count, percent, withArticle } from "../drawing/numbers.js";
import { paintInk } from "../drawing/tiles.js";
import { HEIGHT, THING, WIDTH, nameOf, sampleAt } from "./data.js";

/** Return a button with a picture of a test sample and what is to stand below it. */
export function thumbnail(place, chosen, ...below) {
  const sample = sampleAt(place);
  const canvas = make("canvas", { class: "pixels", "aria-hidden": "true" });
  paintInk(canvas, sample.values, WIDTH, HEIGHT);
  const label = `Test ${THING} ${count(sample.number)}: ${inWords(sample)}. Send it through the network.`;
  const button = make("button", { type: "button", class: "thumbnail", "aria-label": label, title: inWords(sample) });
  button.append(canvas, ...below);
  button.addEventListener("click", () => chosen(place));
  return button;
}

function inWords({ label, predicted, confidence }) {
  const right = label === predicted ? "rightly taken for" : "taken for";
  return `${withArticle(nameOf(label))}, ${right} ${withArticle(nameOf(predicted))} with ${percent(confidence, 1)}`;
}
