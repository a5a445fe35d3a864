import assert from "node:assert/strict";
import test from "node:test";

import { boundingBox, seen } from "../../figures/drawing/ink.js";

const MNIST = { width: 28, height: 28, white: 255, making: "mass" };
const DIGITS = { width: 8, height: 8, white: 16, making: "blocks" };

/** Return a sheet with ink in a box. */
function sheetWith({ left, top, width, height }) {
  const values = new Float64Array(280 * 280);
  for (let y = top; y < top + height; y++) values.fill(1, y * 280 + left, y * 280 + left + width);
  return { width: 280, height: 280, values };
}

test("an empty sheet is nothing that a network could see", () => {
  for (const image of [MNIST, DIGITS]) assert.equal(seen(sheetWith({ left: 0, top: 0, width: 0, height: 0 }), image), null);
});

test("the box around the ink is where the ink is", () => {
  const box = { left: 30, top: 50, width: 7, height: 90 };
  assert.deepEqual(boundingBox(sheetWith(box), 0.5), box);
});

test("MNIST's way puts ink into the middle, 20 pixels high, wherever and however large it was drawn", () => {
  const drawn = [{ left: 10, top: 20, width: 20, height: 100 }, { left: 200, top: 70, width: 40, height: 200 }];
  for (const box of drawn) {
    const values = seen(sheetWith(box), MNIST);
    const inked = boundingBox({ ...MNIST, values }, 0.5);
    assert.deepEqual(inked, { left: 12, top: 4, width: 4, height: 20 });
  }
});

test("the digits of 8 x 8 fill their height, and count their ink in steps of 1/16", () => {
  const values = seen(sheetWith({ left: 100, top: 100, width: 50, height: 80 }), DIGITS);
  assert.equal(values.length, 64);
  assert.equal(boundingBox({ ...DIGITS, values }, 0.5).height, 8);
  assert.ok(values.every((value) => Number.isInteger(16 * value)));
});
