/* The plane in the colours of the classes that a network answers there.

   The shares of the classes are known at side x side places, in the middles of as many equal cells; row by row from
   above, one number for each class: shares[(row * side + column) * classes + k]. Between them they are interpolated. */

import { TONES, classColours } from "./colours.js";
import { contextOf } from "./tiles.js";

const FINER = 3; // pixels for each place in each direction
const STRENGTH = [0.5, 0.3, 0.15, 0.4]; // of a class's colour where the network is sure

/** @typedef {{ values: ArrayLike<number>, side: number, classes: number }} Shares  at the first places, or at all */

/**
 * Paint the places whose shares are known: all of them finely, or as many as there are.
 * @param {HTMLCanvasElement} canvas
 * @param {Shares} shares
 */
export function paintShares(canvas, shares, finer = FINER) {
  const known = shares.values.length / shares.classes;
  const zoom = known === shares.side ** 2 ? finer : 1;
  const width = zoom * shares.side;
  const context = contextOf(canvas, width, width);
  const image = context.createImageData(width, width);
  const paint = painter(image.data, shares.classes);
  const at = corners(shares.side, zoom);
  const mixed = new Float64Array(shares.classes);
  for (let row = 0; row < width; row++) {
    for (let column = 0; column < width && row * width + column < known * zoom ** 2; column++) {
      mix(mixed, shares, at[row], at[column]);
      paint(4 * (row * width + column), mixed);
    }
  }
  context.putImageData(image, 0, 0);
}

/** @typedef {{ before: number, after: number, share: number }} Corner  between which places a pixel lies */

/**
 * Return for each pixel of a line the places before and after it, and how far it is from one to the other.
 * @param {number} side
 * @param {number} zoom
 * @returns {Corner[]}
 */
function corners(side, zoom) {
  return Array.from({ length: side * zoom }, (_, pixel) => {
    const place = (pixel + 0.5) / zoom - 0.5;
    const before = Math.floor(place);
    return { before: Math.max(0, before), after: Math.min(side - 1, before + 1), share: place - before };
  });
}

/**
 * Mix the shares at the four places around a pixel.
 * @param {Float64Array} mixed
 * @param {Shares} shares
 * @param {Corner} down
 * @param {Corner} across
 */
function mix(mixed, { values, side, classes }, down, across) {
  const [above, below] = [down.before * side, down.after * side];
  const [left, right] = [across.before * classes, across.after * classes];
  const [a, b] = [above * classes + left, above * classes + right];
  const [c, d] = [below * classes + left, below * classes + right];
  const [up, near] = [1 - down.share, 1 - across.share];
  for (let k = 0; k < classes; k++) {
    mixed[k] = near * up * values[a + k];
    if (across.share) mixed[k] += across.share * up * values[b + k];
    if (down.share) mixed[k] += near * down.share * values[c + k];
    if (across.share && down.share) mixed[k] += across.share * down.share * values[d + k];
  }
}

/**
 * Return what gives a pixel the colour of the most probable class, on paper, paler where the network is less sure.
 * @param {Uint8ClampedArray} data
 * @param {number} classes
 */
function painter(data, classes) {
  const { paper, tones } = classColours();
  /** @type {(at: number, shares: Float64Array) => void} */
  return (at, shares) => {
    let best = 0;
    for (let k = 1; k < classes; k++) if (shares[k] > shares[best]) best = k;
    const sure = (shares[best] * classes - 1) / (classes - 1) || 0;
    const strength = STRENGTH[best % STRENGTH.length] * (0.25 + 0.75 * Math.max(0, sure));
    const tone = tones[best % TONES];
    for (let c = 0; c < 3; c++) data[at + c] = paper[c] + strength * (tone[c] - paper[c]);
    data[at + 3] = 255;
  };
}
