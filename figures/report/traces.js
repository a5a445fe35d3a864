/* What was set and measured at the steps of the training. */

import { Chart } from "../drawing/charts.js";
import { isNumber } from "../drawing/numbers.js";
import { runningMean } from "../drawing/smooth.js";
import { REPORT } from "./data.js";
import { byId, show } from "./parts.js";

const TRACES = [
  { key: "lr", title: "Learning rate", from: 0 },
  { key: "gradient_norm", title: "Norm of the gradient", logarithmic: true },
  { key: "loss", title: "Loss of the mini-batch", logarithmic: true },
];
const MANY = 200; // points, from which the mean of those around each is drawn too

export function showTraces() {
  const { step: xs = [] } = REPORT.traces;
  const there = TRACES.filter(({ key }) => xs.length > 0 && REPORT.traces[key]?.some(isNumber));
  show("traces", there.length > 0);
  byId("trace-charts").append(
    ...there.map(({ key, ...options }) => {
      const series = linesOf(REPORT.traces[key], options.logarithmic && xs.length > MANY);
      return new Chart({ xs, xName: "step", series, ...options }).figure;
    }),
  );
}

/** Return the values as a line; noisy ones as a pale line, and as another one the mean of those around each. */
function linesOf(values, noisy) {
  if (!noisy) return [{ name: "", values, look: "train" }];
  return [
    { name: "", values, look: "faint" },
    { name: "running mean", values: runningMean(values, Math.round(values.length / 60)), look: "train" },
  ];
}
