/* The forward pass of every layer, for one sample, as in prediction.

   An array is { shape, values }: its numbers row by row, without the batch axis. Weights are float32 as they were
   trained; sums are made in float64. */

import { gelu, sigmoid, softplus } from "./functions.js";

/** @typedef {{ shape: number[], values: Float32Array | Float64Array }} Numbers  an array */
/** @typedef {Record<string, Numbers>} Arrays  what a layer has learned */

/** @type {Record<string, (x: Numbers, arrays: Arrays, options: any) => Numbers>} */
export const FORWARD = {
  Affine: (x, { W, b }) => affine(x, W, b),
  Convolution: (x, { W, b }, options) => convolution(x, W, b, options),
  MaxPooling: (x, _, options) => pooling(x, options, -Infinity, Math.max, (largest) => largest),
  AveragePooling: (x, _, options) =>
    pooling(
      x,
      options,
      0,
      (a, b) => a + b,
      (sum) => sum / (options.pool_h * options.pool_w),
    ),
  BatchNormalization: (x, arrays, options) => batchNormalization(x, arrays, options),
  LayerNormalization: (x, arrays, options) => layerNormalization(x, arrays, options),
  Dropout: (x) => x,
  Flatten: (x) => ({ shape: [x.values.length], values: x.values }),
  ReLU: (x) => each(x, (value) => Math.max(value, 0)),
  LeakyReLU: (x, _, { negative_slope: slope }) => each(x, (value) => (value > 0 ? value : slope * value)),
  Sigmoid: (x) => each(x, sigmoid),
  Tanh: (x) => each(x, Math.tanh),
  GELU: (x) => each(x, gelu),
  Softplus: (x) => each(x, softplus),
};

/**
 * @param {Numbers} x
 * @param {(value: number) => number} f
 */
function each(x, f) {
  return { shape: x.shape, values: x.values.map(f) };
}

/**
 * y = x W + b, with x flattened.
 * @param {Numbers} x
 * @param {Numbers} W
 * @param {Numbers} b
 */
function affine(x, W, b) {
  const M = b.values.length;
  const y = Float64Array.from(b.values);
  x.values.forEach((value, d) => {
    for (let m = 0; m < M; m++) y[m] += value * W.values[d * M + m];
  });
  return { shape: [M], values: y };
}

/**
 * y[f, i, j] = b[f] + sum over c, p, q of W[f, c, p, q] x[c, i stride + p, j stride + q]
 * @param {Numbers} x
 * @param {Numbers} W
 * @param {Numbers} b
 * @param {{ stride: number, pad: number }} options
 */
function convolution(x, W, b, { stride, pad }) {
  const [F, C, FH, FW] = W.shape;
  const image = padded(x, pad, 0);
  const [, PH, PW] = image.shape;
  const [H, w] = [Math.floor((PH - FH) / stride) + 1, Math.floor((PW - FW) / stride) + 1];
  const y = new Float64Array(F * H * w);
  for (let f = 0; f < F; f++) {
    y.fill(b.values[f], f * H * w, (f + 1) * H * w);
    for (let c = 0; c < C; c++) {
      for (let p = 0; p < FH; p++) {
        for (let q = 0; q < FW; q++) {
          const weight = W.values[((f * C + c) * FH + p) * FW + q];
          for (let i = 0; i < H; i++) {
            const [to, from] = [(f * H + i) * w, (c * PH + i * stride + p) * PW + q];
            for (let j = 0; j < w; j++) y[to + j] += weight * image.values[from + j * stride];
          }
        }
      }
    }
  }
  return { shape: [F, H, w], values: y };
}

/**
 * Combine what a window sees, in each place and each channel.
 * @param {Numbers} x
 * @param {{ pool_h: number, pool_w: number, stride: number | null, pad: number }} options
 * @param {number} padding  what stands around the images
 * @param {(seen: number, value: number) => number} combine
 * @param {(seen: number) => number} finish
 */
function pooling(x, { pool_h: PH, pool_w: PW, stride, pad }, padding, combine, finish) {
  const image = padded(x, pad, padding);
  const [C, H, W] = image.shape;
  const [down, across] = stride === null ? [PH, PW] : [stride, stride];
  const shape = [C, Math.floor((H - PH) / down) + 1, Math.floor((W - PW) / across) + 1];
  const values = new Float64Array(shape[0] * shape[1] * shape[2]);
  let place = 0;
  for (let c = 0; c < C; c++) {
    for (let i = 0; i < shape[1]; i++) {
      for (let j = 0; j < shape[2]; j++) {
        let seen = padding;
        for (let p = 0; p < PH; p++) {
          for (let q = 0; q < PW; q++) seen = combine(seen, image.values[(c * H + i * down + p) * W + j * across + q]);
        }
        values[place++] = finish(seen);
      }
    }
  }
  return { shape, values };
}

/**
 * Return images (C, H, W) with pad pixels of a value added on each side.
 * @param {Numbers} x
 * @param {number} pad
 * @param {number} value
 */
function padded(x, pad, value) {
  const [C, H, W] = x.shape;
  if (pad === 0) return x;
  const shape = [C, H + 2 * pad, W + 2 * pad];
  const values = new Float64Array(shape[0] * shape[1] * shape[2]).fill(value);
  for (let row = 0; row < C * H; row++) {
    const [c, i] = [Math.floor(row / H), row % H];
    values.set(x.values.subarray(row * W, (row + 1) * W), (c * shape[1] + i + pad) * shape[2] + pad);
  }
  return { shape, values };
}

/**
 * gamma (x - mean) / std + beta with the running mean and variance of each feature or channel.
 * @param {Numbers} x
 * @param {Arrays} arrays
 * @param {{ eps: number }} options
 */
function batchNormalization(x, { gamma, beta, running_mean: mean, running_var: variance }, { eps }) {
  const size = x.values.length / gamma.values.length;
  const values = x.values.map((value, place) => {
    const f = Math.floor(place / size);
    const std = Math.sqrt(variance.values[f] + eps);
    return (gamma.values[f] * (value - mean.values[f])) / std + beta.values[f];
  });
  return { shape: x.shape, values };
}

/**
 * gamma (x - mean) / std + beta with the mean and variance of the sample's own features, those of gamma's axes.
 * @param {Numbers} x
 * @param {Arrays} arrays
 * @param {{ eps: number }} options
 */
function layerNormalization(x, { gamma, beta }, { eps }) {
  const size = gamma.values.length;
  const values = new Float64Array(x.values.length);
  for (let start = 0; start < values.length; start += size) {
    const features = Array.from(x.values.subarray(start, start + size));
    const mean = features.reduce((a, b) => a + b) / size;
    const std = Math.sqrt(features.reduce((sum, value) => sum + (value - mean) ** 2, 0) / size + eps);
    features.forEach((value, f) => {
      values[start + f] = (gamma.values[f] * (value - mean)) / std + beta.values[f];
    });
  }
  return { shape: x.shape, values };
}
