/* How the numbers in every layer are spread, and how that changes from epoch to epoch. */

import { Chart } from "./charts.js";
import { short } from "./numbers.js";

/** @import { Line, PlotOptions, Value } from "./layout.js" */

const LOOKS = ["early", "middle", "late"];

/** @typedef {"activation" | "gradient"} Kind */

/**
 * @typedef {object} Spread  of one layer
 * @property {string} name
 * @property {Value[] | null} [activation]  quantiles of what comes out of it: 5, 25, 50, 75 and 95 %
 * @property {Value[] | null} [gradient]    of the gradients with respect to that
 * @property {Value} [activation_std]       the standard deviations
 * @property {Value} [gradient_std]
 */

/** @typedef {{ epoch: number, layers: Spread[] }} Spreads */

/**
 * Return lines of the standard deviation by layer, after the first, a middle and the last epoch.
 * @param {Spreads[]} records
 * @param {Kind} kind
 * @param {(epoch: number) => string} nameOf  what a line is called
 * @returns {Line[]}
 */
export function spreadSeries(records, kind, nameOf) {
  const chosen = [...new Set([0, Math.floor((records.length - 1) / 2), records.length - 1])];
  const looks = LOOKS.slice(3 - chosen.length);
  return chosen.map((place, number) => ({
    name: nameOf(records[place].epoch),
    values: records[place].layers.map((layer) => layer[`${kind}_std`] ?? null),
    look: looks[number],
  }));
}

/**
 * Return the bands of 90 % and of the middle half of a layer's numbers over the epochs, and the line of the median.
 * @param {Spreads[]} records
 * @param {number} place  of the layer
 * @param {Kind} kind
 * @returns {PlotOptions["series"]}
 */
export function fanSeries(records, place, kind) {
  const quantiles = records.map(({ layers }) => layers[place]?.[kind] ?? []);
  /** @type {(low: number, high: number) => Value[][]} */
  const between = (low, high) => quantiles.map((values) => [values[low] ?? null, values[high] ?? null]);
  return [
    { band: true, values: between(0, 4), look: "pale" },
    { band: true, values: between(1, 3), look: "dark" },
    { name: "median", values: quantiles.map((values) => values[2] ?? null), look: "late" },
  ];
}

/** A chart of such series, which says between which values the middle half lies, and 90 %. */
export class FanChart extends Chart {
  /**
   * @override
   * @param {number} index
   */
  textAt(index) {
    const [wide, half] = this.options.series.map(({ values }) => /** @type {Value[]} */ (values[index]));
    const { half: halfWord = "half", most = "90 %" } = this.options.words ?? {};
    return [
      { words: `${halfWord}: ${short(half[0])} … ${short(half[1])}` },
      { words: `${most}: ${short(wide[0])} … ${short(wide[1])}` },
    ];
  }
}
