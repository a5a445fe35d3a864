import assert from "node:assert/strict";
import test from "node:test";

import { allLayers, bind, sendThroughLayers, unknownLayers } from "../../figures/drawing/network.js";

const WEIGHTS = Float32Array.of(1, 2, 3, 4, 5, 6, 10, 20, 30);
const AFFINE = { name: "A", class: "Affine", arrays: { W: { start: 0, shape: [2, 3] }, b: { start: 6, shape: [3] } } };

test("a network is put together from its description, and passes a sample through", () => {
  const layers = [AFFINE, { name: "R", class: "ReLU" }].map((layer) => bind(layer, WEIGHTS));
  const { steps, probabilities } = sendThroughLayers(layers, [2], [1, -10]);
  assert.deepEqual(steps.map(({ output }) => [...output.values]), [[-29, -28, -27], [0, 0, 0]]);
  assert.deepEqual([...probabilities].map((share) => share.toFixed(6)), Array(3).fill("0.333333"));
});

test("a layer that is not known is named, in a container, too", () => {
  const layers = [bind({ name: "S", class: "Sequence", layers: [AFFINE, { name: "Mine", class: null }] }, WEIGHTS)];
  assert.deepEqual(unknownLayers(layers), ["Mine"]);
  assert.deepEqual(allLayers(layers).map(({ name }) => name), ["A", "Mine"]);
});
