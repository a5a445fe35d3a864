/* The small pictures of units. */

import { classColours, signedColour } from "../../../figures/drawing/colours.js";
import { paintTiles } from "../../../figures/drawing/tiles.js";

const SIDE = 18; // places of the picture of an input, in each direction

/** Return the picture of an input: x1 grows to the right, x2 upwards. */
export function ramp(input: number): Float32Array {
  return Float32Array.from({ length: SIDE * SIDE }, (_, place) => {
    const [column, row] = [place % SIDE, Math.floor(place / SIDE)];
    return input === 0 ? (2 * column) / (SIDE - 1) - 1 : 1 - (2 * row) / (SIDE - 1);
  });
}

/** Paint how sure the network is of one class, everywhere. */
export function paintShare(canvas: HTMLCanvasElement, { values, side }: { values: Float32Array; side: number }, label: number, classes: number): void {
  const { paper, tones } = classColours();
  const tone = tones[label % tones.length]!;
  const shades = Uint32Array.from({ length: 256 }, (_, step) => {
    const [red, green, blue] = paper!.map((value, c) => Math.round(value + ((tone[c]! - value) * step) / 255));
    return ((255 << 24) | (blue! << 16) | (green! << 8) | red!) >>> 0;
  });
  const own = Float32Array.from({ length: side * side }, (_, place) => values[place * classes + label]!);
  paintTiles(canvas, [own], { width: side, height: side, columns: 1, gap: 0, colour: (share) => shades[Math.round(255 * share)]! });
}

/** Paint values from -1 to 1, row by row. */
export function paintSigned(canvas: HTMLCanvasElement, values: ArrayLike<number>, width: number, height: number): void {
  paintTiles(canvas, [values], { width, height, columns: 1, gap: 0, colour: (value: number) => signedColour(value)! });
}
