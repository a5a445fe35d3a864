/* What is said about layers. */

import { several } from "../drawing/numbers.js";

const WHAT_IT_DOES = {
  Affine: () => "weighted sums of all above",
  Convolution: ({ arrays }) => `filters of ${size(arrays.W.shape.slice(2))}`,
  MaxPooling: ({ options }) => `the largest of each ${size([options.pool_h, options.pool_w])}`,
  AveragePooling: ({ options }) => `the mean of each ${size([options.pool_h, options.pool_w])}`,
  BatchNormalization: () => "shifted and scaled, as learned",
  LayerNormalization: () => "mean 0, variance 1, then shifted and scaled",
  Dropout: () => "drops some, in training only",
  Flatten: () => "all in one row",
  ReLU: () => "what is below 0 becomes 0",
  LeakyReLU: () => "what is below 0 shrinks",
  Sigmoid: () => "squeezed between 0 and 1",
  Tanh: () => "squeezed between −1 and 1",
  GELU: () => "what is far below 0 becomes 0, smoothly",
  Softplus: () => "what is below 0 is lifted above 0, smoothly",
  Residual: () => "the input added to the branch",
};

/** The words of drawing/outputs.js. */
export const ABOUT_LAYERS = {
  does: (layer, isScores) => (isScores ? "the scores, one for each class" : (WHAT_IT_DOES[layer.class]?.(layer) ?? "")),
  size: (shape) =>
    shape.length === 3 && shape[1] * shape[2] > 1
      ? `${several(shape[0], "image")} of ${size(shape.slice(1))}`
      : several(shape.reduce((a, b) => a * b, 1), "number"),
  output: (name) => `Output of ${name}`,
};

function size([height, width]) {
  return `${height} × ${width}`;
}
