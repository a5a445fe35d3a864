/* Values as colours: ink on paper for images, two colours on a quiet ground for what is above and below 0, a colour for
   each class. They are those of colours.css, light or dark; a picture is painted again when they change. */

export const TONES = 8; // colours of classes in colours.css

/** @typedef {number[]} Colour  red, green and blue */

/** @type {WeakMap<HTMLCanvasElement, () => void>} what paints each canvas */
const paints = new WeakMap();
/** @type {ReturnType<typeof readColours> | null} */
let known = null; // as long as nobody has asked

/** Return the colours as they are now. */
function colours() {
  if (known === null) {
    known = readColours();
    window.matchMedia("(prefers-color-scheme: dark)").addEventListener("change", paintAgain);
  }
  return known;
}

function paintAgain() {
  known = readColours();
  for (const canvas of document.querySelectorAll("canvas")) paints.get(canvas)?.();
}

function readColours() {
  const [paper, ink, zero] = ["--paper", "--ink", "--zero"].map(colourNamed);
  return {
    paper,
    pen: `rgb(${ink.join(" ")})`,
    ink: shades(paper, ink),
    positive: shades(zero, colourNamed("--positive")),
    negative: shades(zero, colourNamed("--negative")),
    tones: Array.from({ length: TONES }, (_, k) => colourNamed(`--class${k}`)),
  };
}

/**
 * Return red, green and blue of a colour in colours.css.
 * @param {string} name
 * @returns {Colour}
 */
export function colourNamed(name) {
  const digits = getComputedStyle(document.documentElement).getPropertyValue(name).trim().slice(1);
  return [0, 2, 4].map((start) => parseInt(digits.slice(start, start + 2), 16));
}

/**
 * Return 256 colours from one to another, each as one number, as the pixels of a canvas lie in memory.
 * @param {Colour} from
 * @param {Colour} to
 */
function shades(from, to) {
  return Uint32Array.from({ length: 256 }, (_, step) => {
    const [red, green, blue] = from.map((value, c) => Math.round(value + ((to[c] - value) * step) / 255));
    return ((255 << 24) | (blue << 16) | (green << 8) | red) >>> 0;
  });
}

/** Return the colour of paper, and that of each class. */
export function classColours() {
  const { paper, tones } = colours();
  return { paper, tones };
}

/** Return the colour of a pen. */
export function penColour() {
  return colours().pen;
}

/**
 * The colour of a value in 0..1, as ink on paper.
 * @param {number} value
 */
export function inkColour(value) {
  return colours().ink[step(value)];
}

/**
 * The colour of a value in -1..1.
 * @param {number} value
 */
export function signedColour(value) {
  return value < 0 ? colours().negative[step(-value)] : colours().positive[step(value)];
}

/** @param {number} value */
function step(value) {
  return Math.round(255 * Math.min(1, Math.max(0, value || 0)));
}

/**
 * Let a function paint a canvas, now and whenever the colours change.
 * @param {HTMLCanvasElement} canvas
 * @param {() => void} paint
 */
export function picture(canvas, paint) {
  colours();
  paints.set(canvas, paint);
  paint();
}
