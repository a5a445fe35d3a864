/* A trained network, put together from its description. */

import { FORWARD } from "./forward.js";
import { softmax } from "./functions.js";

/** @import { Numbers } from "./forward.js" */

/**
 * @typedef {object} Described  a layer, as figures/report/model.py describes it
 * @property {string} name
 * @property {string | null} class
 * @property {object} [options]
 * @property {Record<string, { start: number, shape: number[] }>} [arrays]  where they stand among the weights
 * @property {Described[]} [layers]
 * @property {Described | null} [projection]
 */

/**
 * @typedef {object} Layer
 * @property {string} name
 * @property {string | null} class
 * @property {any} options
 * @property {Record<string, Numbers>} arrays
 * @property {Layer[]} [layers]      of a container
 * @property {Layer} [projection]    of a residual block
 */

/** @typedef {{ layer: Layer, path: string[], output: Numbers }} Step  path has the names of the containers around */

/**
 * Return a layer with its weights in place of where they stand.
 * @param {Described} layer
 * @param {Float32Array} weights
 * @returns {Layer}
 */
export function bind(layer, weights) {
  const arrays = Object.entries(layer.arrays ?? {}).map(([name, { start, shape }]) => {
    const size = shape.reduce((a, b) => a * b, 1);
    return [name, { shape, values: weights.subarray(start, start + size) }];
  });
  return {
    ...layer,
    options: layer.options,
    arrays: Object.fromEntries(arrays),
    layers: layer.layers?.map((inner) => bind(inner, weights)),
    projection: layer.projection ? bind(layer.projection, weights) : undefined,
  };
}

/**
 * Return the names of layers whose forward pass is not known here.
 * @param {Layer[]} layers
 * @returns {string[]}
 */
export function unknownLayers(layers) {
  return layers.flatMap((layer) => {
    if (layer.layers) return unknownLayers([...layer.layers, ...(layer.projection ? [layer.projection] : [])]);
    return layer.class !== null && layer.class in FORWARD ? [] : [layer.name];
  });
}

/**
 * Return every layer that is no container, in order.
 * @param {Layer[]} layers
 * @returns {Layer[]}
 */
export function allLayers(layers) {
  return layers.flatMap((layer) => (layer.layers ? allLayers(layer.layers) : [layer]));
}

/**
 * Return a layer's output for x; what comes out of it, and of the layers in it, goes into steps.
 * @param {Layer} layer
 * @param {Numbers} x
 * @param {Step[]} steps
 * @param {string[]} [path]
 * @returns {Numbers}
 */
function forward(layer, x, steps, path = []) {
  if (!layer.layers) {
    const output = FORWARD[String(layer.class)](x, layer.arrays, layer.options);
    steps.push({ layer, path, output });
    return output;
  }
  const inside = layer.layers.reduce((value, inner) => forward(inner, value, steps, [...path, layer.name]), x);
  const output = layer.class === "Residual" ? addShortcut(layer, x, inside, steps, path) : inside;
  steps.push({ layer, path, output });
  return output;
}

/**
 * y = x + f(x), or p(x) + f(x) where the branch f changes the shape.
 * @param {Layer} layer
 * @param {Numbers} x
 * @param {Numbers} branch
 * @param {Step[]} steps
 * @param {string[]} path
 */
function addShortcut(layer, x, branch, steps, path) {
  const shortcut = layer.projection ? forward(layer.projection, x, steps, [...path, layer.name]) : x;
  return { shape: branch.shape, values: branch.values.map((value, place) => value + shortcut.values[place]) };
}

/**
 * Send one sample through a network: the output of every layer, and the probabilities.
 * @param {Layer[]} layers
 * @param {number[]} shape        of the sample
 * @param {ArrayLike<number>} values
 */
export function sendThroughLayers(layers, shape, values) {
  /** @type {Step[]} */
  const steps = [];
  const x = { shape, values: Float64Array.from(values) };
  const scores = layers.reduce((value, layer) => forward(layer, value, steps), /** @type {Numbers} */ (x));
  return { steps, probabilities: softmax(Float64Array.from(scores.values)) };
}
