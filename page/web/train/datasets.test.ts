import assert from "node:assert/strict";
import { test } from "node:test";
import { pointsOf } from "./datasets";

for (const [name, classes] of Object.entries({ spiral: 3, moons: 2, circles: 2, xor: 2 })) {
  test(`the small picture of ${name} shows all ${classes} classes, within its frame`, () => {
    const points = pointsOf(name);
    assert.deepEqual([...new Set(points.map(({ label }) => label))].sort(), Array.from({ length: classes }, (_, k) => k));
    assert.ok(points.every(({ x, y }) => Math.abs(x) <= 1.01 && Math.abs(y) <= 1.01));
  });
}
