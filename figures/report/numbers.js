"use strict";

/* Numbers as a reader wants them. What is not a number is a dash. */

const DASH = "–";
const MINUS = "−";

function isNumber(value) {
  return typeof value === "number" && Number.isFinite(value);
}

/** 10000 -> 10,000 */
function count(value) {
  return isNumber(value) ? value.toLocaleString("en-US") : DASH;
}

/** 0.98123 -> 98.12 % */
function percent(share, digits = 2) {
  return isNumber(share) ? `${(100 * share).toFixed(digits)} %` : DASH;
}

/** Three digits that count: 1234 -> 1,230; 0.012345 -> 0.0123; 0.0000012 -> 1.2e−6. */
function short(value) {
  if (!isNumber(value)) return DASH;
  const size = Math.abs(value);
  const rounded = Number(value.toPrecision(3));
  const text =
    size !== 0 && (size < 1e-3 || size >= 1e6) ? rounded.toExponential().replace("e+", "e") : count3(rounded);
  return text.replaceAll("-", MINUS);
}

function count3(value) {
  return value.toLocaleString("en-US", { maximumFractionDigits: 6 });
}

/** 1 mistake, 2 mistakes */
function several(number, noun) {
  return `${count(number)} ${noun}${number === 1 ? "" : "s"}`;
}

/** 8.31 -> 8.3 s; 83.1 -> 1 min 23 s */
function duration(seconds) {
  if (!isNumber(seconds)) return DASH;
  if (seconds < 60) return `${seconds.toFixed(1)} s`;
  return `${Math.floor(seconds / 60)} min ${Math.round(seconds % 60)} s`;
}
