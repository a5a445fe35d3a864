/* The most confident mistakes. */

import { make } from "../drawing/elements.js";
import { count, percent } from "../drawing/numbers.js";
import { REPORT, nameOf, sampleAt } from "./data.js";
import { byId, fillInParts, show } from "./parts.js";
import { thumbnail } from "./thumbnails.js";

const MISTAKES_AT_FIRST = 20;

export function showMistakes(chosen) {
  show("mistakes", REPORT.samples !== null);
  if (REPORT.samples === null) return;
  const places = REPORT.samples.mistakes;
  const cards = places.map((place) => {
    const { label, predicted, confidence } = sampleAt(place);
    const pair = make("span", { class: "pair" }, `${nameOf(label)} → ${nameOf(predicted)}`);
    return thumbnail(place, chosen, pair, make("span", {}, percent(confidence, 1)));
  });
  fillInParts(byId("mistake-cards"), cards, MISTAKES_AT_FIRST);
  if (places.length === 0)
    byId("mistakes-lead").textContent = `It made none: all ${count(REPORT.test.samples)} were right.`;
}
