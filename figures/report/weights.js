/* The weights of the first layer that has any, as images. */

import { picture, signedColour } from "../drawing/colours.js";
import { make } from "../drawing/elements.js";
import { allLayers } from "../drawing/network.js";
import { several, short } from "../drawing/numbers.js";
import { paintTiles } from "../drawing/tiles.js";
import { HEIGHT, WIDTH } from "./data.js";
import { byId, fillInParts, show } from "./parts.js";
import { NETWORK } from "./trained.js";

const IMAGES_AT_FIRST = 64;
const MOST_IMAGES = 256;
const FULL_COLOUR = 0.995; // the share of the weights that are at most in full colour

export function showWeights() {
  const layer = allLayers(NETWORK).find(({ arrays }) => arrays.W);
  const images = layer ? weightImages(layer) : null;
  show("weights", images !== null);
  if (images === null) return;
  const shown = images.tiles.slice(0, MOST_IMAGES);
  const sizes = Float64Array.from(shown.flatMap((tile) => Array.from(tile, Math.abs))).sort();
  const limit = sizes[Math.floor(FULL_COLOUR * (sizes.length - 1))] || 1;
  const canvases = shown.map((tile, number) => {
    const canvas = make("canvas", { class: "pixels", title: `${images.noun} ${number + 1}` });
    const values = tile.map((value) => value / limit);
    const size = { width: images.width, height: images.height, columns: 1, gap: 0 };
    picture(canvas, () => paintTiles(canvas, [values], { ...size, colour: signedColour }));
    return canvas;
  });
  fillInParts(byId("weight-images"), canvases, IMAGES_AT_FIRST);
  const number = several(images.tiles.length, images.noun);
  byId("weights-lead").textContent =
    `One image for each of its ${number}: blue where ink counts for it, orange where ink counts against it.`;
  const rest = shown.length < images.tiles.length ? ` Here are the first ${shown.length}.` : "";
  const largest = short(sizes[sizes.length - 1]);
  byId("weights-note").textContent =
    `${layer.name}. Full colour is ±${short(limit)}; the largest weight is ${largest}.${rest}`;
}

/** Return a layer's weights as images of one size, or null where they are none. */
function weightImages({ class: kind, arrays: { W } }) {
  if (kind === "Convolution") {
    const [, , height, width] = W.shape;
    return { noun: "filter", height, width, tiles: firstChannels(W) };
  }
  if (kind !== "Affine" || W.shape[0] !== HEIGHT * WIDTH) return null;
  return { noun: "unit", height: HEIGHT, width: WIDTH, tiles: columnsOf(W) };
}

/** Return what each filter does with the first channel. */
function firstChannels({ shape: [filters, channels, height, width], values }) {
  const size = height * width;
  return Array.from({ length: filters }, (_, f) => values.slice(f * channels * size, f * channels * size + size));
}

/** Return the columns of a matrix: the weights of each unit. */
function columnsOf({ shape: [rows, columns], values }) {
  return Array.from({ length: columns }, (_, column) =>
    Float32Array.from({ length: rows }, (_, row) => values[row * columns + column]),
  );
}
