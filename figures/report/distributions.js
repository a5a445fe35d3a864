"use strict";

/* How activations and gradients are distributed in each layer, over the epochs. */

const KINDS = { activation: "activations", gradient: "gradients" };
const FEW_LAYERS = 8; // up to which all charts are shown at once
const DECADES = 4; // that the axis of the spread has at least, on which a healthy network looks level

function showDistributions() {
  const records = REPORT.distributions.filter(({ layers }) => layers?.length > 0);
  show("distributions", records.length > 0);
  if (records.length === 0) return;
  const names = records[0].layers.map(({ name }) => name);
  byId("spread-charts").append(...Object.keys(KINDS).map((kind) => spreadChart(records, names, kind)));
  for (const folded of document.querySelectorAll(".folded")) folded.open = names.length <= FEW_LAYERS;
  const fans = Object.keys(KINDS).flatMap((kind) => showFans(records, names, kind));
  listenToEpoch(records, fans);
}

/** Return a chart of the standard deviation by layer, after the first, a middle and the last epoch. */
function spreadChart(records, names, kind) {
  const chosen = [...new Set([0, Math.floor((records.length - 1) / 2), records.length - 1])];
  const looks = ["early", "middle", "late"].slice(3 - chosen.length);
  const series = chosen.map((place, number) => ({
    name: `epoch ${count(records[place].epoch)}:`,
    values: records[place].layers.map((layer) => layer[`${kind}_std`] ?? null),
    look: looks[number],
  }));
  const xs = names.map((_, number) => number + 1);
  const options = {
    title: `Spread of the ${KINDS[kind]}, layer by layer`,
    xs,
    xNames: names,
    xName: "layer",
    series,
    logarithmic: true,
    decades: DECADES,
  };
  return new Chart(options).figure;
}

/** Show a small chart for each layer, and return the charts. */
function showFans(records, names, kind) {
  const xs = records.map(({ epoch }, number) => epoch ?? number + 1);
  const fans = names.map((name, place) => {
    const quantiles = records.map(({ layers }) => layers[place]?.[kind] ?? []);
    const between = (low, high) => quantiles.map((values) => [values[low] ?? null, values[high] ?? null]);
    const series = [
      { band: true, values: between(0, 4), look: "pale" },
      { band: true, values: between(1, 3), look: "dark" },
      { name: "median", values: quantiles.map((values) => values[2] ?? null), look: "late" },
    ];
    const label = `${capital(KINDS[kind])} of ${name}`;
    return new FanChart({ title: name, label, xs, xName: "epoch", series, height: 130, quiet: true });
  });
  byId(`${kind}-fans`).append(...fans.map((fan) => fan.figure));
  return fans;
}

class FanChart extends Chart {
  /** Between which values the middle half lies, and 90 %. */
  textAt(index) {
    const [wide, half] = this.options.series.map(({ values }) => values[index]);
    return [
      { words: `half: ${short(half[0])} … ${short(half[1])}` },
      { words: `90 %: ${short(wide[0])} … ${short(wide[1])}` },
    ];
  }
}

/** Let the slider choose the epoch of which all charts tell the values. */
function listenToEpoch(records, fans) {
  const slider = byId("epoch");
  dress(slider, { min: 0, max: records.length - 1, step: 1 }, []);
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
