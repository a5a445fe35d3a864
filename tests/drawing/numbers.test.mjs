import assert from "node:assert/strict";
import test from "node:test";

import { count, duration, percent, percentTick, short, tickText, withArticle } from "../../figures/drawing/numbers.js";

test("some digits that count are written, and very large and very small numbers by their powers", () => {
  assert.deepEqual([1234, 0.012345, -5, 0].map((value) => short(value)), ["1,230", "0.0123", "−5", "0"]);
  assert.deepEqual([0.0000012, 12345678].map((value) => short(value)), ["1.2e−6", "1.23e7"]);
});

test("what is not a number is a dash", () => {
  for (const write of [count, percent, short, duration]) {
    assert.deepEqual([NaN, Infinity, null, undefined, "7"].map((value) => write(value)), Array(5).fill("–"));
  }
});

test("two values at an axis are told apart however close they are", () => {
  for (const apart of [1, 0.1, 1e-3, 1e-5]) {
    assert.notEqual(tickText(2, apart), tickText(2 + apart, apart));
    assert.notEqual(percentTick(0.5, apart / 10), percentTick(0.5 + apart / 10, apart / 10));
  }
});

test("an article is what is spoken", () => {
  assert.deepEqual([7, 8, 11, 18, 81, 110].map(withArticle), ["a 7", "an 8", "an 11", "an 18", "an 81", "a 110"]);
});

test("minutes are told from a minute on", () => {
  assert.deepEqual([8.31, 83.1].map(duration), ["8.3 s", "1 min 23 s"]);
});
