"use strict";

/* Loss and accuracy, epoch by epoch. */

function showCurves() {
  const { history } = REPORT;
  show("curves", history.length > 0);
  if (history.length === 0) return;
  const xs = history.map((record, number) => record.epoch ?? number + 1);
  const column = (name) => history.map((record) => record[name] ?? null);
  const loss = { title: "Training loss", series: [{ name: "", values: column("train_loss"), look: "train" }], from: 0 };
  const accuracy = {
    title: "Accuracy",
    series: [
      { name: "training", values: column("train_accuracy"), look: "train" },
      { name: "test", values: column("test_accuracy"), look: "test" },
    ],
    write: (share) => percent(share, 2),
    tick: percentTick,
  };
  const charts = [loss, accuracy].filter(({ series }) => series.some(({ values }) => values.some(isNumber)));
  byId("curve-charts").append(...charts.map((options) => new Chart({ xs, xName: "epoch", ...options }).figure));
  showHistory(history, xs);
}

/** Write the history as a table. */
function showHistory(history, xs) {
  const head = ["epoch", "training loss", "training accuracy", "test accuracy", "seconds"];
  const rows = history.map((record, number) => [
    count(xs[number]),
    isNumber(record.train_loss) ? record.train_loss.toFixed(4) : DASH,
    percent(record.train_accuracy),
    percent(record.test_accuracy),
    isNumber(record.seconds) ? record.seconds.toFixed(2) : DASH,
  ]);
  const line = (cells, tag) =>
    make("tr", {}, ...cells.map((text) => make(tag, tag === "th" ? { scope: "col" } : {}, text)));
  byId("history").append(make("thead", {}, line(head, "th")), make("tbody", {}, ...rows.map((row) => line(row, "td"))));
}
