import assert from "node:assert/strict";
import { test } from "node:test";
import { decadesOf, lengthOf, spreadOf } from "./scale";

test("the scale reaches over all values, and over four powers of ten at least", () => {
  assert.deepEqual(decadesOf([1, 0.5]), [-4, 0]);
  assert.deepEqual(decadesOf([1e-9, 20]), [-9, 2]);
  assert.deepEqual(decadesOf([0, null]), [-4, 0]);
});

test("a value ten times as large is a step longer, wherever it stands", () => {
  const scale: [number, number] = [-4, 0];
  assert.ok(Math.abs(lengthOf(1, scale) - 1) < 1e-9);
  assert.ok(Math.abs(lengthOf(0.01, scale) - 0.5) < 1e-9);
});

test("zero and what is no number have no bar, what is small still has one that is seen", () => {
  assert.equal(lengthOf(0, [-4, 0]), 0);
  assert.equal(lengthOf(null, [-4, 0]), 0);
  assert.equal(lengthOf(1e-4, [-4, 0]), 0.02);
});

test("quantiles are drawn within their own range", () => {
  assert.deepEqual(spreadOf([-2, -1, 0, 0.5, 1]), [-1, -0.5, 0, 0.25, 0.5]);
  assert.deepEqual(spreadOf([0, 0, 0, null, 0]), [0, 0, 0, 0, 0]);
});
