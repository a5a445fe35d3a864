import assert from "node:assert/strict";
import { test } from "node:test";
import { BrowserStore } from "../store";
import { Work } from "./work";

test("texts that were put aside come back, the last one first", () => {
  const work = new Work(new BrowserStore());
  for (const text of ["a", "b"]) work.putAside("relu", text, "reset");
  assert.deepEqual([work.takeBack("relu")?.text, work.takeBack("relu")?.text, work.takeBack("relu")], ["b", "a", undefined]);
});

test("of many texts that were put aside the last ones are kept, each exercise for itself", () => {
  const work = new Work(new BrowserStore());
  for (let number = 0; number < 9; number++) work.putAside("relu", String(number), "link");
  work.putAside("affine", "x", "file");
  assert.deepEqual(work.before("relu").map(({ text }) => text), ["4", "5", "6", "7", "8"]);
  assert.equal(work.before("affine").length, 1);
});

test("an exercise that is done stays so, and is counted once", () => {
  const store = new BrowserStore();
  const work = new Work(store);
  work.noteDone("relu");
  work.noteDone("relu");
  assert.deepEqual([work.isDone("relu"), work.isDone("affine"), store.get("check.done")], [true, false, ["relu"]]);
});

test("what somebody else has stored under our names does no harm", () => {
  const store = new BrowserStore();
  const work = new Work(store);
  store.set("check.done", 3);
  store.set("check.text.relu", { x: 1 });
  store.set("check.before.relu", [null, 1, { text: 2 }]);
  assert.deepEqual([work.isDone("relu"), work.text("relu"), work.before("relu")], [false, undefined, []]);
});
