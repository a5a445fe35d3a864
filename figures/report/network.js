"use strict";

/* The network of the run, put together from its description. */

const WEIGHTS = new Float32Array(bytes(REPORT.network.weights).buffer);
const NETWORK = REPORT.network.layers.map(bind);
const UNKNOWN = unknownLayers(NETWORK);

/** Return a layer with its weights in place of where they stand. */
function bind(layer) {
  const arrays = Object.entries(layer.arrays ?? {}).map(([name, { start, shape }]) => {
    const size = shape.reduce((a, b) => a * b, 1);
    return [name, { shape, values: WEIGHTS.subarray(start, start + size) }];
  });
  return {
    ...layer,
    arrays: Object.fromEntries(arrays),
    layers: layer.layers?.map(bind),
    projection: layer.projection ? bind(layer.projection) : undefined,
  };
}

/** Return the names of layers whose forward pass this page does not know. */
function unknownLayers(layers) {
  return layers.flatMap((layer) => {
    if (layer.layers) return unknownLayers([...layer.layers, ...(layer.projection ? [layer.projection] : [])]);
    return layer.class in FORWARD ? [] : [layer.name];
  });
}

/** Return every layer that is no container, in order. */
function allLayers(layers) {
  return layers.flatMap((layer) => (layer.layers ? allLayers(layer.layers) : [layer]));
}

/** Return a layer's output for x; what comes out of it, and of the layers in it, goes into steps. */
function forward(layer, x, steps, path = []) {
  if (!layer.layers) {
    const output = FORWARD[layer.class](x, layer.arrays, layer.options);
    steps.push({ layer, path, output });
    return output;
  }
  const inside = layer.layers.reduce((value, inner) => forward(inner, value, steps, [...path, layer.name]), x);
  const output = layer.class === "Residual" ? addShortcut(layer, x, inside, steps, path) : inside;
  steps.push({ layer, path, output });
  return output;
}

/** y = x + f(x), or p(x) + f(x) where the branch f changes the shape. */
function addShortcut(layer, x, branch, steps, path) {
  const shortcut = layer.projection ? forward(layer.projection, x, steps, [...path, layer.name]) : x;
  return { shape: branch.shape, values: branch.values.map((value, place) => value + shortcut.values[place]) };
}

/** Send one sample, its pixels in 0..1, through the network: the output of every layer, and the probabilities. */
function predict(pixels) {
  const steps = [];
  const x = { shape: REPORT.network.input_shape, values: Float64Array.from(pixels) };
  const scores = NETWORK.reduce((value, layer) => forward(layer, value, steps), x);
  return { steps, probabilities: softmax(scores.values) };
}
