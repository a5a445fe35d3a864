/* The network of the run. */

import { bind, sendThroughLayers, unknownLayers } from "../drawing/network.js";
import { REPORT, bytes } from "./data.js";

const WEIGHTS = new Float32Array(bytes(REPORT.network.weights).buffer);
export const NETWORK = REPORT.network.layers.map((layer) => bind(layer, WEIGHTS));
export const UNKNOWN = unknownLayers(NETWORK);

/** Send one sample, its pixels in 0..1, through the network: the output of every layer, and the probabilities. */
export function predict(pixels) {
  return sendThroughLayers(NETWORK, REPORT.network.input_shape, pixels);
}
