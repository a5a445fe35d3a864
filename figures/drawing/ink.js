/* From a drawing to what the network sees. An image of ink is { width, height, values }, 0 for paper and 1 for ink.

   MNIST was made from scanned digits in this way (Y. LeCun et al., "Gradient-Based Learning Applied to Document
   Recognition", 1998, section III.A): made to fit into a box of 20 x 20 pixels keeping their proportions, in grey
   levels, and put into an image of 28 x 28 with their centre of mass in its middle.

   The embedded digits of 8 x 8 (E. Alpaydin, C. Kaynak, 1998) count the black pixels in blocks of 4 x 4, of digits in
   black and white that were made to fill a box 32 pixels high and 20 wide, stretched where they had to be. */

/** @typedef {{ width: number, height: number, values: ArrayLike<number> }} Ink */
/** @typedef {{ left: number, top: number, width: number, height: number }} Box */

/**
 * @typedef {object} Image  that a network sees
 * @property {number} width
 * @property {number} height
 * @property {number} white              what full ink is there: 255 in MNIST, 16 in the digits of 8 x 8
 * @property {"mass" | "blocks"} making  how it is made: MNIST's way, or that of the digits of 8 x 8
 */

export const MASS_BOX = 20 / 28; // the side of MNIST's box, as a share of the image's
const BLOCK = 4;
const BLOCKS_BOX_WIDTH = 20 / 32;
const MOST_STRETCH = 1.5;

export const PENS = { mass: 1 / 13, blocks: 1 / 7 }; // the width of a pen, as a share of the sheet's height

/**
 * Return what the network sees of a drawing, pixels in 0..1 as float32, or null where there is no ink.
 * @param {Ink} ink
 * @param {Image} image
 */
export function seen(ink, image) {
  const [least, fit] = image.making === "blocks" ? /** @type {const} */ ([0.5, inBlocks]) : /** @type {const} */ ([1 / 255, byMass]);
  const box = boundingBox(ink, least);
  if (box === null) return null;
  return Float32Array.from(fit(ink, box, image), (value) => Math.round(image.white * value) / image.white);
}

/**
 * MNIST's way.
 * @param {Ink} ink
 * @param {Box} box
 * @param {Image} image
 */
function byMass(ink, box, image) {
  const side = Math.round(MASS_BOX * Math.min(image.width, image.height));
  const pixel = Math.max(box.width, box.height) / side;
  const size = { width: Math.ceil(box.width / pixel - 1e-9), height: Math.ceil(box.height / pixel - 1e-9) };
  const small = average(ink, around(box, size.width * pixel, size.height * pixel), size.width, size.height);
  const [x, y] = centreOfMass(small, size.width);
  return put(image, small, size.width, Math.ceil((image.width - 1) / 2 - x), Math.ceil((image.height - 1) / 2 - y));
}

/**
 * The way of the digits of 8 x 8.
 * @param {Ink} ink
 * @param {Box} box
 * @param {Image} image
 */
function inBlocks(ink, box, image) {
  const [width, height] = [BLOCK * image.width, BLOCK * image.height];
  const asked = { x: (BLOCKS_BOX_WIDTH * width) / box.width, y: height / box.height };
  const zoom = { x: Math.min(asked.x, MOST_STRETCH * asked.y), y: Math.min(asked.y, MOST_STRETCH * asked.x) };
  const fine = average(ink, around(box, width / zoom.x, height / zoom.y), width, height);
  const field = new Float64Array(image.width * image.height);
  fine.forEach((value, at) => {
    const [row, column] = [Math.floor(at / width / BLOCK), Math.floor((at % width) / BLOCK)];
    if (value >= 0.5) field[row * image.width + column] += 1 / BLOCK ** 2;
  });
  return field;
}

/**
 * Return the smallest box that holds all ink of at least that darkness, or null.
 * @param {Ink} ink
 * @param {number} least
 * @returns {Box | null}
 */
export function boundingBox({ width, height, values }, least) {
  let [left, right, top, bottom] = [width, -1, height, -1];
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      if (values[y * width + x] < least) continue;
      left = Math.min(left, x);
      right = Math.max(right, x);
      top = Math.min(top, y);
      bottom = y;
    }
  }
  return bottom < 0 ? null : { left, top, width: right + 1 - left, height: bottom + 1 - top };
}

/**
 * Return a region of that size with the same middle as the box.
 * @param {Box} box
 * @param {number} width
 * @param {number} height
 */
function around(box, width, height) {
  return {
    left: box.left + (box.width - width) / 2,
    top: box.top + (box.height - height) / 2,
    width,
    height,
  };
}

/**
 * Return the mean ink of each of rows x columns equal parts of a region; outside of the image there is none.
 * @param {Ink} ink
 * @param {Box} region
 * @param {number} columns
 * @param {number} rows
 */
function average(ink, region, columns, rows) {
  const rowShares = shares(region.left, region.width / columns, columns, ink.width);
  const columnShares = shares(region.top, region.height / rows, rows, ink.height);
  const means = new Float64Array(columns * rows);
  columnShares.forEach((down, row) => {
    rowShares.forEach((across, column) => {
      let sum = 0;
      for (const [y, share] of down) {
        for (const [x, part] of across) sum += share * part * ink.values[y * ink.width + x];
      }
      means[row * columns + column] = sum;
    });
  });
  return means;
}

/**
 * For each of some equal parts of a line: the pixels that it covers, and which share of it each of them is.
 * @param {number} start
 * @param {number} length
 * @param {number} parts
 * @param {number} end
 */
function shares(start, length, parts, end) {
  return Array.from({ length: parts }, (_, part) => {
    const [from, to] = [start + part * length, start + (part + 1) * length];
    const covered = [];
    for (let pixel = Math.max(0, Math.floor(from)); pixel < Math.min(end, to); pixel++) {
      covered.push([pixel, (Math.min(pixel + 1, to) - Math.max(pixel, from)) / length]);
    }
    return covered;
  });
}

/**
 * Return the place, across and down, of the centre of mass of the values.
 * @param {Float64Array} values
 * @param {number} width
 */
function centreOfMass(values, width) {
  let [mass, x, y] = [0, 0, 0];
  values.forEach((value, at) => {
    mass += value;
    x += value * (at % width);
    y += value * Math.floor(at / width);
  });
  return [x / mass, y / mass];
}

/**
 * Return an image of the network's size with a smaller one put at that place; what hangs over is cut off.
 * @param {Image} image
 * @param {Float64Array} small
 * @param {number} width
 * @param {number} left
 * @param {number} top
 */
function put(image, small, width, left, top) {
  const field = new Float64Array(image.width * image.height);
  small.forEach((value, at) => {
    const [x, y] = [left + (at % width), top + Math.floor(at / width)];
    if (x >= 0 && x < image.width && y >= 0 && y < image.height) field[y * image.width + x] = value;
  });
  return field;
}
