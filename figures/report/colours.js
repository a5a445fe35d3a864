"use strict";

/* Values as colours: ink on paper for images, two colours on a quiet ground for what is above and below 0. The colours
   are those of colours.css, light or dark; a picture is painted again when they change. */

const pictures = new Map(); // what paints each canvas
let colours = readColours();

window.matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => {
  colours = readColours();
  for (const [canvas, paint] of pictures) {
    if (canvas.isConnected) paint();
    else pictures.delete(canvas);
  }
});

/** Return red, green and blue of a colour in colours.css. */
function colourNamed(name) {
  const digits = getComputedStyle(document.documentElement).getPropertyValue(name).trim().slice(1);
  return [0, 2, 4].map((start) => parseInt(digits.slice(start, start + 2), 16));
}

function readColours() {
  const named = colourNamed;
  const [paper, ink, zero] = [named("--paper"), named("--ink"), named("--zero")];
  return {
    pen: `rgb(${ink.join(" ")})`,
    ink: scale(paper, ink),
    positive: scale(zero, named("--positive")),
    negative: scale(zero, named("--negative")),
  };
}

/** Return 256 colours from one to another, each as one number, as the pixels of a canvas lie in memory. */
function scale(from, to) {
  return Uint32Array.from({ length: 256 }, (_, step) => {
    const [red, green, blue] = from.map((value, c) => Math.round(value + ((to[c] - value) * step) / 255));
    return ((255 << 24) | (blue << 16) | (green << 8) | red) >>> 0;
  });
}

/** The colour of a value in 0..1, as ink on paper. */
function inkColour(value) {
  return colours.ink[step(value)];
}

/** The colour of a value in -1..1. */
function signedColour(value) {
  return value < 0 ? colours.negative[step(-value)] : colours.positive[step(value)];
}

function step(value) {
  return Math.round(255 * Math.min(1, Math.max(0, value || 0)));
}

/** Let a function paint a canvas, now and whenever the colours change. */
function picture(canvas, paint) {
  pictures.set(canvas, paint);
  paint();
}

/** Return the largest absolute value, at least a little. */
function largestOf(values) {
  return values.reduce((largest, value) => Math.max(largest, Math.abs(value) || 0), 1e-12);
}

/** Paint one image of ink, a pixel for a value. */
function paintInk(canvas, values, width = WIDTH, height = HEIGHT) {
  picture(canvas, () => paintTiles(canvas, [values], { width, height, columns: 1, gap: 0, colour: inkColour }));
}

/** Paint images of one size beside each other, in rows of some columns, with a gap of some pixels between them. */
function paintTiles(canvas, tiles, { width, height, columns, gap, colour, zoom = 1 }) {
  const rows = Math.ceil(tiles.length / columns);
  const [across, down] = [width * zoom + gap, height * zoom + gap];
  resize(canvas, columns * across - gap, rows * down - gap);
  const context = canvas.getContext("2d");
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

/** Give a canvas its size in pixels; setting it, even to the same, would clear it. */
function resize(canvas, width, height) {
  if (canvas.width !== width) canvas.width = width;
  if (canvas.height !== height) canvas.height = height;
}
