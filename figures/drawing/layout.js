/* Where everything in a plot stands: its box, its scales, and the values that have a place there. */

import { isNumber } from "./numbers.js";
import { extent, linearScale, logarithmicScale } from "./scales.js";

export const MARGIN = { left: 50, right: 20, top: 8, bottom: 24 };
export const ROW = 17; // the height of the words of an event

/** @typedef {number | null | undefined} Value  what is no number is a gap */
/** @typedef {{ name?: string, values: ArrayLike<Value>, look: string, band?: false }} Line */
/** @typedef {{ name?: string, values: ArrayLike<ArrayLike<Value>>, look: string, band: true }} Band  [low, high] */
/** @typedef {{ x: number, y: number, look: string }} Dot  look has a word for the colour, and "large" or "small" */
/** @typedef {{ x: number, name: string, words: string }} Event */

/**
 * @typedef {object} PlotOptions
 * @property {ArrayLike<number>} xs      places on the x axis
 * @property {string} xName              what they are
 * @property {boolean} [whole]           whether they are whole numbers
 * @property {[number, number]} [ends]   of the x axis; by default the first and the last place
 * @property {(Line | Band)[]} series
 * @property {boolean} [logarithmic]     the y axis
 * @property {number} [from]             where it begins
 * @property {number} [to]               where it ends
 * @property {number} [decades]          how many powers of ten it spans at least
 * @property {(value: number, apart: number) => string} tick  how a y value is written at the axis, where the nearest
 *     two are so far apart
 * @property {Dot[]} [points]            beside the lines
 * @property {Event[]} [events]          places on the x axis, each with its words in a row of their own above the chart,
 *     or with its name alone where there is little room
 * @property {number} height             in pixels, without that of the events
 */

/**
 * Return where things stand in a plot of that width, in pixels.
 * @param {number} width
 * @param {PlotOptions} options
 */
export function layoutOf(width, options) {
  const { xs, events = [] } = options;
  const height = options.height + events.length * ROW;
  const [top, bottom] = [MARGIN.top + events.length * ROW, height - MARGIN.bottom];
  const [left, right] = [MARGIN.left, width - MARGIN.right];
  const [first, last] = options.ends ?? (xs.length > 0 ? [xs[0], xs[xs.length - 1]] : [0, 1]);
  const x = linearScale(first, last, left, right);
  if (first === last) x.at = () => (left + right) / 2;
  return { width, height, left, right, top, bottom, first, last, x, y: yScale(options, top, bottom) };
}

/**
 * @param {PlotOptions} options
 * @param {number} top
 * @param {number} bottom
 */
function yScale(options, top, bottom) {
  const { series, points = [], logarithmic, height, from, to, decades = 0 } = options;
  const all = [...series.flatMap(valuesOf), ...points.map(({ y }) => y)];
  const [lowest, highest] = extent(all.filter((value) => hasPlace(value, logarithmic))) ?? [1, 2];
  let [low, high] = [from ?? lowest, to ?? highest];
  if (low === high && logarithmic) [low, high] = [low / 2, high * 2];
  else if (low === high) [low, high] = [low - (Math.abs(low) || 1) / 2, high + (Math.abs(high) || 1) / 2];
  const missing = logarithmic ? Math.max(0, decades - Math.log10(high / low)) : 0;
  [low, high] = [low / 10 ** (missing / 2), high * 10 ** (missing / 2)];
  const scale = logarithmic ? logarithmicScale : linearScale;
  return scale(low, high, bottom, top + 4, Math.round(height / 44));
}

/**
 * Return all values of a line or a band.
 * @param {Line | Band} one
 * @returns {Value[]}
 */
function valuesOf(one) {
  return one.band ? Array.from(one.values, (pair) => Array.from(pair)).flat() : Array.from(one.values);
}

/**
 * Whether a value has a place on the y axis.
 * @param {Value} value
 * @param {boolean} [logarithmic]
 * @returns {value is number}
 */
export function hasPlace(value, logarithmic = false) {
  return isNumber(value) && (!logarithmic || value > 0);
}
