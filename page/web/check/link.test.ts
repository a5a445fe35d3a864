import assert from "node:assert/strict";
import { test } from "node:test";
import { packedText, unpackedText } from "./link";

test("a text comes out of a link as it went in", async () => {
  for (const text of ["", "x = 1\n", "# 한국어 👩‍🔬 <script>\t\0\n".repeat(50)]) {
    const letters = await packedText({ exercise: "relu", text });
    assert.match(letters, /^[\w-]+$/);
    assert.deepEqual(await unpackedText(letters), { exercise: "relu", text });
  }
});

test("what is no link, or cut off, is told from one", async () => {
  const letters = await packedText({ exercise: "", text: "class A:\n    pass\n" });
  for (const bad of ["", "abc", "%%%", letters.slice(0, -3), `x${letters}`]) assert.equal(await unpackedText(bad), null);
});

test("a link that unfolds without an end is not followed", async () => {
  const letters = await packedText({ exercise: "", text: "x".repeat(5_000_000) });
  assert.ok(letters.length < 10_000);
  assert.equal(await unpackedText(letters), null);
});
