/* The curve that the network fitted, over the points. */

import { Chart } from "../drawing/charts.js";
import { makeSvg } from "../drawing/elements.js";
import { legendEntry } from "../drawing/marks.js";
import { short } from "../drawing/numbers.js";
import { extent } from "../drawing/scales.js";
import { CLASSES, REPORT } from "./data.js";
import { byId, show } from "./parts.js";
import { ofAll } from "./plane.js";
import { UNKNOWN, predict } from "./trained.js";

const PLACES = 201; // of the curve

export function showFit() {
  const there = REPORT.points !== null && CLASSES === 0 && UNKNOWN.length === 0;
  show("fit", there);
  if (!there) return;
  const { train, test, features } = REPORT.points;
  const [low, high] = extent([...train.x, ...test.x].map(([x]) => x));
  const xs = Array.from({ length: PLACES }, (_, place) => low + (place / (PLACES - 1)) * (high - low));
  const curve = xs.map((x) => predict([x]).steps.at(-1).output.values[0]);
  const points = [
    ...train.x.map(([x], i) => ({ x, y: train.t[i], look: "train small" })),
    ...test.x.map(([x], i) => ({ x, y: test.t[i], look: "test large" })),
  ];
  const series = [{ name: "network", values: curve, look: "fitted" }];
  const chart = new Chart({
    title: `The network's answer over ${features[0]}`,
    xs,
    xName: features[0],
    series,
    points,
    whole: false,
    height: 340,
    writeX: (x) => short(x),
  });
  byId("fit-chart").append(chart.figure);
  const dot = (look, radius) => makeSvg("circle", { class: `point ${look}`, r: radius });
  byId("fit-legend").append(
    legendEntry(dot("train small", 3), `training, ${ofAll(train)}`),
    legendEntry(dot("test large", 4), `test, ${ofAll(test)}`),
  );
}
