/* How activations and gradients are distributed in each layer, over the epochs. */

import { Chart } from "../drawing/charts.js";
import { dress } from "../drawing/elements.js";
import { capital, count } from "../drawing/numbers.js";
import { FanChart, fanSeries, spreadSeries } from "../drawing/spreads.js";
import { REPORT } from "./data.js";
import { byId, show } from "./parts.js";

const KINDS = { activation: "activations", gradient: "gradients" };
const FEW_LAYERS = 8; // up to which all charts are shown at once
const DECADES = 4; // that the axis of the spread has at least, on which a healthy network looks level

export function showDistributions() {
  const records = REPORT.distributions.filter(({ layers }) => layers?.length > 0);
  show("distributions", records.length > 0);
  if (records.length === 0) return;
  const names = records[0].layers.map(({ name }) => name);
  byId("spread-charts").append(...Object.keys(KINDS).map((kind) => spreadChart(records, names, kind)));
  for (const folded of document.querySelectorAll(".folded")) folded.open = names.length <= FEW_LAYERS;
  const fans = Object.keys(KINDS).flatMap((kind) => showFans(records, names, kind));
  listenToEpoch(records, fans);
}

/** Return a chart of the standard deviation by layer. */
function spreadChart(records, names, kind) {
  const chart = new Chart({
    title: `Spread of the ${KINDS[kind]}, layer by layer`,
    xs: names.map((_, number) => number + 1),
    xNames: names,
    xName: "layer",
    series: spreadSeries(records, kind, (epoch) => `epoch ${count(epoch)}:`),
    logarithmic: true,
    decades: DECADES,
  });
  return chart.figure;
}

/** Show a small chart for each layer, and return the charts. */
function showFans(records, names, kind) {
  const xs = records.map(({ epoch }, number) => epoch ?? number + 1);
  const fans = names.map((name, place) => {
    const label = `${capital(KINDS[kind])} of ${name}`;
    const series = fanSeries(records, place, kind);
    return new FanChart({ title: name, label, xs, xName: "epoch", series, height: 130, quiet: true });
  });
  byId(`${kind}-fans`).append(...fans.map((fan) => fan.figure));
  return fans;
}

/** Let the slider choose the epoch of which all charts tell the values. */
function listenToEpoch(records, fans) {
  const slider = byId("epoch");
  dress(slider, { min: 0, max: records.length - 1, step: 1 });
  slider.value = records.length - 1;
  const tell = () => {
    const epoch = count(records[slider.value].epoch);
    byId("epoch-value").textContent = epoch;
    slider.setAttribute("aria-valuetext", `epoch ${epoch}`);
    for (const fan of fans) fan.choose(Number(slider.value));
  };
  slider.addEventListener("input", tell);
  tell();
}
