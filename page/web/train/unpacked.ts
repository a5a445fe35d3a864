/* Arrays as Python packs them (page/inside/packing.py). */

export interface Packed {
  kind: "float32" | "uint8" | "int32";
  shape: number[];
  data: string;
}

/** Return the bytes that a base64 text stands for. */
export function bytesOf(base64: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
}

/** Return an array's numbers, row by row. */
export function unpacked({ kind, data }: Packed): Float32Array | Uint8Array | Int32Array {
  const bytes = bytesOf(data);
  if (kind === "uint8") return bytes;
  return kind === "float32" ? new Float32Array(bytes.buffer) : new Int32Array(bytes.buffer);
}

/** Return the rows of a matrix, or the pictures of a stack of them. */
export function rowsOf(array: Packed): (Float32Array | Uint8Array | Int32Array)[] {
  const values = unpacked(array);
  const size = array.shape.slice(1).reduce((a, b) => a * b, 1);
  return Array.from({ length: array.shape[0] ?? 0 }, (_, row) => values.subarray(row * size, (row + 1) * size));
}

const MIDDLE = 128; // of a byte that holds a value from -1 to 1

/** Return the values from -1 to 1 that bytes hold. */
export function signed(bytes: ArrayLike<number>): Float32Array {
  return Float32Array.from(bytes, (byte) => (byte - MIDDLE) / (MIDDLE - 1));
}
