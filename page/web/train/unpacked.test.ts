import assert from "node:assert/strict";
import { test } from "node:test";
import { rowsOf, signed, unpacked } from "./unpacked";

const packed = (kind: "float32" | "uint8" | "int32", array: Float32Array | Uint8Array | Int32Array, ...shape: number[]) => ({
  kind,
  shape,
  data: Buffer.from(array.buffer).toString("base64"),
});

test("numbers of all kinds come back", () => {
  assert.deepEqual([...unpacked(packed("float32", Float32Array.of(0.5, -2), 2))], [0.5, -2]);
  assert.deepEqual([...unpacked(packed("uint8", Uint8Array.of(0, 255), 2))], [0, 255]);
  assert.deepEqual([...unpacked(packed("int32", Int32Array.of(-7, 1 << 30), 2))], [-7, 1 << 30]);
});

test("a matrix has rows, a stack has pictures", () => {
  const numbers = Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8);
  assert.deepEqual(rowsOf(packed("uint8", numbers, 4, 2)).map((row) => [...row]), [[1, 2], [3, 4], [5, 6], [7, 8]]);
  assert.deepEqual(rowsOf(packed("uint8", numbers, 2, 2, 2)).map((row) => [...row]), [[1, 2, 3, 4], [5, 6, 7, 8]]);
  assert.deepEqual(rowsOf(packed("uint8", Uint8Array.of(), 0, 2)), []);
});

test("bytes hold values from -1 to 1", () => {
  assert.deepEqual([...signed(Uint8Array.of(1, 128, 255))], [-1, 0, 1]);
});
