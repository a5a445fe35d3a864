import assert from "node:assert/strict";
import { test } from "node:test";
import { layoutOf, nextPlace } from "./layout";

const overlaps = (layout: ReturnType<typeof layoutOf>) =>
  layout.places.some((one, at) =>
    layout.places.slice(at + 1).some((other) => Math.abs(one.x - other.x) < one.side && Math.abs(one.y - other.y) < one.side),
  );

for (const widths of [[2, 3], [2, 8, 8, 3], [2, 50, 10], [64, 50, 10], [2, ...Array(12).fill(10), 2], [2, 200, 1, 3]]) {
  test(`no unit of ${widths} stands on another one, and all stand in the picture`, () => {
    const layout = layoutOf(widths);
    assert.equal(overlaps(layout), false);
    for (const { x, y, side } of layout.places) {
      assert.ok(x >= 0 && y >= 0 && x + side <= layout.width + 1 && y + side <= layout.height + 1);
    }
  });
}

test("layers of few units are joined by lines, large ones are not", () => {
  assert.deepEqual(layoutOf([2, 8, 8, 3]).hasLines, [true, true, true]);
  assert.deepEqual(layoutOf([2, 50, 8, 3]).hasLines, [false, false, true]);
});

test("of a layer of 200 units 60 are shown", () => {
  assert.deepEqual(layoutOf([2, 200, 3]).hidden, [140, 0]);
});

test("a network is as wide as there is room, and no closer than it can be seen", () => {
  const [wide, fitting, close] = [layoutOf([2, 8, 8, 3]), layoutOf([2, 8, 8, 3], 300), layoutOf([2, 8, 8, 3], 100)];
  assert.ok(fitting.width <= 300 && fitting.width > 280);
  assert.ok(close.width > 100 && close.width < fitting.width && fitting.width < wide.width);
});

test("arrow keys lead from unit to unit, and not to the inputs", () => {
  const { places } = layoutOf([2, 3, 2]);
  const at = (stage: number, unit: number) => places.find((place) => place.stage === stage && place.unit === unit)!;
  assert.equal(nextPlace(places, at(0, 0), "ArrowDown"), at(0, 1));
  assert.equal(nextPlace(places, at(0, 1), "ArrowUp"), at(0, 0));
  assert.equal(nextPlace(places, at(0, 0), "ArrowUp"), undefined);
  assert.equal(nextPlace(places, at(0, 0), "ArrowRight"), at(1, 0));
  assert.equal(nextPlace(places, at(1, 1), "ArrowLeft")!.stage, 0);
  assert.equal(nextPlace(places, at(0, 1), "ArrowLeft"), undefined);
  assert.equal(nextPlace(places, at(0, 1), "Enter"), undefined);
});
