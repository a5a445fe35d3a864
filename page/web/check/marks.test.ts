import assert from "node:assert/strict";
import { test } from "node:test";
import { oneALine } from "./marks";

const note = (line: number, name: string, title: string) => ({ line, end: line, from: 0, to: 9, name, title, more: `${title}!` });

test("mistakes in one line are told together, those of one name once", () => {
  const notes = [note(3, "dx", "transposed"), note(5, "", "no Python"), note(3, "dW", "transposed"), note(3, "db", "swapped")];
  const found = oneALine(notes).map(({ line, title, more }) => [line, title, more]);
  assert.deepEqual(found, [[3, "dx, dW: transposed; db: swapped", "transposed!\nswapped!"], [5, "no Python", "no Python!"]]);
});
