/* The plane in the colours of the network's answers, with the points on it; and what it answers at one place. */

import { askEverywhere } from "../drawing/asking.js";
import { answerBar, shownClasses } from "../drawing/bars.js";
import { legendEntry, ring, shapeOf } from "../drawing/marks.js";
import { count, percent, short } from "../drawing/numbers.js";
import { Plane } from "../drawing/plane.js";
import { extent, withMargin } from "../drawing/scales.js";
import { CLASSES, REPORT, nameOf } from "./data.js";
import { byId, show } from "./parts.js";
import { UNKNOWN, predict } from "./trained.js";

const PLACES_ASKED = 120; // in each direction
const AROUND = 0.08; // of the points' extent, around them

/** Show the plane, and return it, where the data are points of classes in the plane. */
export function showPlane() {
  const there = REPORT.points !== null && CLASSES > 0 && UNKNOWN.length === 0;
  show("plane", there);
  if (!there) return null;
  const { train, test, features } = REPORT.points;
  const all = [...train.x, ...test.x];
  const extents = [0, 1].map((axis) => withMargin(extent(all.map((point) => point[axis])), AROUND));
  const bars = Array.from({ length: CLASSES }, (_, label) => answerBar(nameOf(label)));
  const plane = new Plane(byId("plane-frame"), {
    extents,
    features,
    chosen: (at) => answer(at, bars),
    moved: () => (byId("plane-spoken").textContent = `${byId("plane-where").textContent}: ${byId("plane-best").textContent}`),
  });
  byId("plane-legend").append(...legend());
  plane.showPoints(points());
  plane.choose(test.x[0]);
  const ask = (at) => predict(at).probabilities;
  askEverywhere({ extents, side: PLACES_ASKED, classes: CLASSES, ask, show: (shares) => plane.showShares(shares) });
  return plane;
}

/** Show what the network answers at a place. */
function answer(at, bars) {
  const { probabilities } = predict(at);
  const best = probabilities.indexOf(Math.max(...probabilities));
  bars.forEach((bar, label) => bar.show(probabilities[label], label === best, false));
  byId("plane-bars").replaceChildren(...shownClasses(CLASSES, probabilities).map((label) => bars[label].item));
  byId("plane-best").textContent = best < 0 ? "?" : nameOf(best);
  byId("plane-sure").textContent = percent(probabilities[best], 1);
  const { features } = REPORT.points;
  byId("plane-where").textContent = at.map((value, axis) => `${features[axis]} = ${short(value)}`).join(", ");
}

/** The points: those of the training small, those of the test larger and edged, with a ring where it is wrong. */
function points() {
  const { train, test } = REPORT.points;
  const small = train.x.map((at, i) => ({ at, label: train.t[i], kind: "small" }));
  const large = test.x.map((at, i) => ({ at, label: test.t[i], kind: "large", ringed: test.predicted[i] !== test.t[i] }));
  return [...small, ...large];
}

/** What shapes and rings mean. */
function legend() {
  const { train, test } = REPORT.points;
  const wrong = test.x.filter((_, i) => test.predicted[i] !== test.t[i]).length;
  const classes = Array.from({ length: CLASSES }, (_, label) => label);
  return [
    ...classes.map((label) => legendEntry(shapeOf(label, 5, "large"), `true class ${nameOf(label)}`)),
    legendEntry(shapeOf(0, 2.6, "small"), `small: training, ${ofAll(train)}`),
    legendEntry(shapeOf(0, 4.4, "large"), `edged: test, ${ofAll(test)}`),
    legendEntry(ring(), `ring: ${count(wrong)} wrong`),
  ];
}

/** 400, or 800 of 60,000 */
export function ofAll({ x, of }) {
  return x.length < of ? `${count(x.length)} of ${count(of)}` : count(of);
}
