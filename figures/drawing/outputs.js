/* What comes out of every layer, as pictures: a list of numbers as cells, channels as small images. */

import { picture, signedColour } from "./colours.js";
import { make } from "./elements.js";
import { short } from "./numbers.js";
import { largestOf, paintTiles } from "./tiles.js";

/** @import { Step } from "./network.js" */
/** @import { Arrangement } from "./tiles.js" */

const PICTURE_WIDTH = 680; // pixels, about, where there is room
const CELLS_IN_A_ROW = 50;
const UNCHANGED = ["Dropout", "Flatten"]; // nothing new to see

/** @typedef {Arrangement & { shown: number }} Shown  and how many pixels wide it is shown */

/**
 * @typedef {object} Words
 * @property {(layer: Step["layer"], isScores: boolean) => string} does  what a layer does
 * @property {(shape: number[]) => string} size                          "200 numbers"
 * @property {(name: string) => string} output                           "Output of Affine1"
 */

/** @typedef {{ item: HTMLElement, show?: (values: Float32Array | Float64Array) => void }} Row */

/**
 * Return the rows of a list for the steps of a forward pass, and a function that shows other steps in them.
 * @param {Step[]} steps
 * @param {Words} words
 */
export function layerRows(steps, words) {
  const scores = steps.findLast(({ layer }) => !UNCHANGED.includes(String(layer.class)));
  const rows = steps.map((step) => layerRow(step, step === scores, words));
  /** @param {Step[]} taken */
  const update = (taken) => rows.forEach((row, number) => row.show?.(taken[number].output.values));
  return { items: rows.map((row) => row.item), update };
}

/**
 * Return the row of a step: what the layer is, and room for its output.
 * @param {Step} step
 * @param {boolean} isScores
 * @param {Words} words
 * @returns {Row}
 */
function layerRow({ layer, path, output }, isScores, words) {
  const name = make("b", {}, make("small", {}, path.map((outer) => `${outer} › `).join("")), layer.name);
  const lines = [words.size(output.shape), words.does(layer, isScores)].map((text) => make("span", {}, text));
  const about = make("div", { class: "about" }, name, ...lines);
  const item = make("li", { class: path.length ? "inner" : "" }, about);
  if (UNCHANGED.includes(String(layer.class))) return { item };
  const arrangement = arrange(output.shape);
  const canvas = make("canvas", { class: "pixels", role: "img", "aria-label": words.output(layer.name) });
  canvas.style.width = `${arrangement.shown}px`;
  const range = make("span", { class: "range" });
  item.append(canvas, range);
  /** @param {Float32Array | Float64Array} values */
  const show = (values) => {
    paintOutput(canvas, values, arrangement);
    range.textContent = rangeOf(values);
  };
  return { item, show };
}

/**
 * Paint the numbers that came out of a layer, each in its share of the largest.
 * @param {HTMLCanvasElement} canvas
 * @param {Float32Array | Float64Array} values
 * @param {Shown} arrangement
 */
export function paintOutput(canvas, values, arrangement) {
  const largest = largestOf(values);
  const tile = arrangement.width * arrangement.height;
  const tiles = Array.from({ length: values.length / tile }, (_, t) =>
    values.subarray(t * tile, (t + 1) * tile).map((value) => value / largest),
  );
  picture(canvas, () => paintTiles(canvas, tiles, { ...arrangement, colour: signedColour }));
}

/**
 * "−1.2 … 3.4"
 * @param {Float32Array | Float64Array} values
 */
function rangeOf(values) {
  let [low, high] = [Infinity, -Infinity];
  for (const value of values) [low, high] = [Math.min(low, value), Math.max(high, value)];
  return low === high ? short(low) : `${short(low)} … ${short(high)}`;
}

/**
 * Choose how many pictures of a layer's output stand in a row, and how large they are shown.
 * @param {number[]} shape
 * @returns {Shown}
 */
export function arrange(shape) {
  const [number, height = 1, width = 1] = shape.length === 3 ? shape : [shape.reduce((a, b) => a * b, 1)];
  if (height * width === 1) {
    const zoom = number <= 20 ? 26 : 11;
    const columns = evenColumns(number, CELLS_IN_A_ROW);
    return { width: 1, height: 1, zoom, gap: 2, columns, shown: columns * (zoom + 2) - 2 };
  }
  const side = number <= 16 ? 52 : number <= 32 ? 42 : 32;
  const enlarged = Math.max(1, Math.round(side / width));
  const fitting = Math.max(1, Math.floor(PICTURE_WIDTH / (width * enlarged + 4)));
  const [zoom, stretched] = enlarged <= 3 ? [1, enlarged] : [Math.round(enlarged / 2), 2];
  const [columns, gap] = [evenColumns(number, fitting), stretched > 2 ? 1 : 2];
  return { width, height, zoom, gap, columns, shown: (columns * (width * zoom + gap) - gap) * stretched };
}

/**
 * Return into how many columns, at most, some things go, so that the last row is about as full as the others.
 * @param {number} number
 * @param {number} most
 */
function evenColumns(number, most) {
  return Math.ceil(number / Math.ceil(number / most));
}
