/* Numbers as small images: a pixel for each number. */

import { inkColour, picture } from "./colours.js";

/** @typedef {ArrayLike<number>} Numbers */

/**
 * @typedef {object} Arrangement
 * @property {number} width     of an image, in numbers
 * @property {number} height
 * @property {number} columns   how many images stand in a row
 * @property {number} gap       between them, in pixels
 * @property {number} [zoom]    pixels in each direction for a number, by default 1
 */

/**
 * Paint one image of ink, and again whenever the colours change.
 * @param {HTMLCanvasElement} canvas
 * @param {Numbers} values  in 0..1, row by row
 * @param {number} width
 * @param {number} height
 */
export function paintInk(canvas, values, width, height) {
  picture(canvas, () => paintTiles(canvas, [values], { width, height, columns: 1, gap: 0, colour: inkColour }));
}

/**
 * Paint images of one size beside each other.
 * @param {HTMLCanvasElement} canvas
 * @param {Numbers[]} tiles
 * @param {Arrangement & { colour: (value: number) => number }} how
 */
export function paintTiles(canvas, tiles, { width, height, columns, gap, colour, zoom = 1 }) {
  const rows = Math.ceil(tiles.length / columns);
  const [across, down] = [width * zoom + gap, height * zoom + gap];
  const context = contextOf(canvas, columns * across - gap, rows * down - gap);
  const image = context.createImageData(canvas.width, canvas.height);
  const pixels = new Uint32Array(image.data.buffer);
  tiles.forEach((values, number) => {
    const [left, top] = [(number % columns) * across, Math.floor(number / columns) * down];
    for (let y = 0; y < height * zoom; y++) {
      for (let x = 0; x < width * zoom; x++) {
        const value = values[Math.floor(y / zoom) * width + Math.floor(x / zoom)];
        pixels[(top + y) * canvas.width + left + x] = colour(value);
      }
    }
  });
  context.putImageData(image, 0, 0);
}

/**
 * Return what paints a canvas of that size in pixels; setting the size, even to the same, would clear it.
 * @param {HTMLCanvasElement} canvas
 * @param {number} width
 * @param {number} height
 */
export function contextOf(canvas, width, height) {
  if (canvas.width !== width) canvas.width = width;
  if (canvas.height !== height) canvas.height = height;
  return /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
}

/**
 * Return the largest absolute value, at least a little.
 * @param {Numbers} values
 */
export function largestOf(values) {
  let largest = 1e-12;
  for (let at = 0; at < values.length; at++) largest = Math.max(largest, Math.abs(values[at]) || 0);
  return largest;
}
