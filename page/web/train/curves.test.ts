import assert from "node:assert/strict";
import { test } from "node:test";
import { thinned } from "./curves";

test("of many epochs the first, the last and some between are shown; few are all shown", () => {
  assert.deepEqual(thinned(4, 300), [0, 1, 2, 3]);
  assert.deepEqual(thinned(0, 300), []);
  const many = thinned(10_000, 300);
  assert.equal(many.length, 300);
  assert.deepEqual([many[0], many.at(-1)], [0, 9999]);
  assert.ok(many.every((place, at) => at === 0 || place > many[at - 1]!));
});
