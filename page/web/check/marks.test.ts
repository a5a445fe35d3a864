import assert from "node:assert/strict";
import { test } from "node:test";
import { oneALine } from "./marks";

const note = (line: number, title: string) => ({ line, end: line, from: 0, to: 9, title, more: `${title}!` });

test("mistakes in one line are told together, each once", () => {
  const found = oneALine([note(3, "dx"), note(5, "db"), note(3, "dW"), note(3, "dx")]);
  assert.deepEqual(found.map(({ line, title }) => [line, title]), [[3, "dx; dW"], [5, "db"]]);
});
