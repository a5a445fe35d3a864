/* Loss and accuracy, epoch by epoch. */

import { Chart } from "../drawing/charts.js";
import { make } from "../drawing/elements.js";
import { DASH, count, isNumber, percent, percentTick } from "../drawing/numbers.js";
import { REPORT } from "./data.js";
import { findingsAmong } from "./findings.js";
import { byId, show } from "./parts.js";

const SETS = [
  ["training", "train", "train"],
  ["validation", "validation", "held-out"],
  ["test", "test", "test"],
];
const COLUMNS = [
  ["train_loss", "training loss", (value) => value.toFixed(4), true],
  ["validation_loss", "validation loss", (value) => value.toFixed(4)],
  ["test_loss", "test loss", (value) => value.toFixed(4)],
  ["train_accuracy", "training accuracy", (value) => percent(value)],
  ["validation_accuracy", "validation accuracy", (value) => percent(value)],
  ["test_accuracy", "test accuracy", (value) => percent(value)],
  ["seconds", "seconds", (value) => value.toFixed(2), true],
];

export function showCurves() {
  const { history } = REPORT;
  show("curves", history.length > 0);
  if (history.length === 0) return;
  const xs = history.map((record, number) => record.epoch ?? number + 1);
  const column = (name) => history.map((record) => record[name] ?? null);
  const lines = (what) =>
    SETS.map(([name, key, look]) => ({ name, values: column(`${key}_${what}`), look })).filter(({ values }) =>
      values.some(isNumber),
    );
  const losses = lines("loss");
  const alone = losses.length < 2;
  const loss = { title: alone ? "Training loss" : "Loss", series: alone ? losses.map(nameless) : losses, from: 0 };
  const accuracy = {
    title: "Accuracy",
    series: lines("accuracy"),
    write: (share) => percent(share, 2),
    tick: percentTick,
  };
  const events = findingsAmong(xs);
  const charts = [loss, accuracy].filter(({ series }) => series.some(({ values }) => values.some(isNumber)));
  byId("curve-charts").append(...charts.map((options) => new Chart({ xs, xName: "epoch", events, ...options }).figure));
  showHistory(history, xs);
}

function nameless(line) {
  return { ...line, name: "" };
}

/** Write the history as a table. */
function showHistory(history, xs) {
  const columns = COLUMNS.filter(([key, , , always]) => always || history.some((record) => isNumber(record[key])));
  const head = ["epoch", ...columns.map(([, words]) => words)];
  const rows = history.map((record, number) => [
    count(xs[number]),
    ...columns.map(([key, , write]) => (isNumber(record[key]) ? write(record[key]) : DASH)),
  ]);
  const line = (cells, tag) =>
    make("tr", {}, ...cells.map((text) => make(tag, tag === "th" ? { scope: "col" } : {}, text)));
  byId("history").append(make("thead", {}, line(head, "th")), make("tbody", {}, ...rows.map((row) => line(row, "td"))));
}
