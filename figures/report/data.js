/* What the run left: one JSON text in the page, its large arrays in base64. */

import { byId } from "./parts.js";

export const REPORT = JSON.parse(byId("data").textContent);
export const HEIGHT = REPORT.image?.height ?? 0;
export const WIDTH = REPORT.image?.width ?? 0;
export const CLASSES = REPORT.test.confusion?.length ?? 0; // none in regression
export const THING = thing();
const PIXELS = bytes(REPORT.samples?.pixels ?? "");

/** Return what a sample is. */
function thing() {
  if (REPORT.image === null) return REPORT.points ? "point" : "sample";
  return ["mnist", "digits"].includes(REPORT.config.dataset) ? "digit" : "image";
}

/** Return the name of a class, its number where it has none. */
export function nameOf(label) {
  return REPORT.classes[label] ?? String(label);
}

/** Return the bytes that a base64 text stands for. */
export function bytes(base64) {
  return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
}

/** Return a test sample; what the network is given are its pixels as float32 in 0..1, as in training. */
export function sampleAt(place) {
  const { number, label, predicted, confidence } = REPORT.samples;
  const size = HEIGHT * WIDTH;
  const pixels = PIXELS.subarray(place * size, (place + 1) * size);
  return {
    number: number[place],
    label: label[place],
    predicted: predicted[place],
    confidence: confidence[place],
    values: Float32Array.from(pixels, (pixel) => pixel / REPORT.image.white),
  };
}
