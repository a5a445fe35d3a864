"use strict";

/* What the run left: one JSON text in the page, its large arrays in base64. */

const REPORT = JSON.parse(byId("data").textContent);
const { height: HEIGHT = 0, width: WIDTH = 0, white: WHITE = 1 } = REPORT.image ?? {};
const CLASSES = REPORT.test.confusion?.length ?? 0; // none in regression
const PIXELS = bytes(REPORT.samples?.pixels ?? "");
const THING = thing();

/** Return what a sample is. */
function thing() {
  if (REPORT.image === null) return REPORT.points ? "point" : "sample";
  return ["mnist", "digits"].includes(REPORT.config.dataset) ? "digit" : "image";
}

/** Return the name of a class, its number where it has none. */
function nameOf(label) {
  return REPORT.classes[label] ?? String(label);
}

/** Return the bytes that a base64 text stands for. */
function bytes(base64) {
  return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
}

/** Return a test sample; what the network is given are its pixels as float32 in 0..1, as in training. */
function sampleAt(place) {
  const { number, label, predicted, confidence } = REPORT.samples;
  const size = HEIGHT * WIDTH;
  const pixels = PIXELS.subarray(place * size, (place + 1) * size);
  return {
    number: number[place],
    label: label[place],
    predicted: predicted[place],
    confidence: confidence[place],
    values: asInput(pixels),
  };
}

/** Return pixels of 0..WHITE as float32 in 0..1. */
function asInput(pixels) {
  return Float32Array.from(pixels, (pixel) => pixel / WHITE);
}
