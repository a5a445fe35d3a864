"use strict";

/* The most confident mistakes. */

const MISTAKES_AT_FIRST = 20;

function showMistakes(chosen) {
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
