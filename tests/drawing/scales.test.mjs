import assert from "node:assert/strict";
import test from "node:test";

import { extent, linearScale, logarithmicScale, roundValues, withMargin } from "../../figures/drawing/scales.js";

test("a place leads back to its value", () => {
  for (const scale of [linearScale(-3, 7, 50, 350), logarithmicScale(0.01, 100, 350, 50)]) {
    for (const value of [0.02, 1, 6.5]) assert.ok(Math.abs(scale.back(scale.at(value)) - value) < 1e-9);
  }
});

test("the ends of a scale are at its ends", () => {
  assert.deepEqual([2, 4].map(linearScale(2, 4, 10, 90).at), [10, 90]);
  assert.deepEqual([1, 100].map(logarithmicScale(1, 100, 90, 10).at), [90, 10]);
});

test("round values are 1, 2 or 5 times a power of ten apart, and within", () => {
  assert.deepEqual(roundValues(0, 10, 5), [0, 2, 4, 6, 8, 10]);
  assert.deepEqual(roundValues(-0.3, 0.3, 3), [-0.2, 0, 0.2]);
  assert.deepEqual(roundValues(3, 3, 5), [3]);
});

test("zero has no sign", () => {
  assert.ok(Object.is(roundValues(0, 5000, 9)[0], 0));
});

test("every axis has two values at least, and not too many", () => {
  for (const high of [1, 1.9, 2.4, 3.9, 4.9, 7.4, 99]) {
    for (const low of [0, -0.3 * high, -high]) {
      for (const scale of [linearScale(low, high, 0, 100, 3), logarithmicScale(high / 3, high, 0, 100, 3)]) {
        assert.ok(scale.ticks.length >= 2 && scale.ticks.length <= 6, `${low} ${high}: ${scale.ticks}`);
      }
    }
  }
});

test("an extent is that of the numbers", () => {
  assert.deepEqual(extent([3, null, -1, NaN, Infinity]), [-1, 3]);
  assert.deepEqual(extent(Float32Array.of(2)), [2, 2]);
  assert.equal(extent([null]), null);
});

test("a single value has a margin around it, too", () => {
  assert.deepEqual(withMargin([0, 10], 0.1), [-1, 11]);
  assert.deepEqual(withMargin([5, 5], 0.1), [0, 10]);
  assert.deepEqual(withMargin([0, 0], 0.1), [-1, 1]);
});
