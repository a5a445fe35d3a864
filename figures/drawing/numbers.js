/* Numbers as a reader wants them. What is not a number is a dash. */

export const DASH = "–";
const MINUS = "−";

/**
 * @param {unknown} value
 * @returns {value is number}
 */
export function isNumber(value) {
  return typeof value === "number" && Number.isFinite(value);
}

/**
 * 10000 -> 10,000
 * @param {unknown} value
 */
export function count(value) {
  return isNumber(value) ? value.toLocaleString("en-US") : DASH;
}

/**
 * 0.98123 -> 98.12 %
 * @param {unknown} share
 */
export function percent(share, digits = 2) {
  return isNumber(share) ? `${(100 * share).toFixed(digits)} %` : DASH;
}

/**
 * Some digits that count: 1234 -> 1,230; 0.012345 -> 0.0123; 0.0000012 -> 1.2e−6.
 * @param {unknown} value
 */
export function short(value, digits = 3) {
  if (!isNumber(value)) return DASH;
  const size = Math.abs(value);
  const rounded = Number(value.toPrecision(digits));
  const text =
    size !== 0 && (size < 1e-3 || size >= 1e6) ? rounded.toExponential().replace("e+", "e") : fixed(rounded);
  return text.replaceAll("-", MINUS);
}

/** @param {number} value */
function fixed(value) {
  return value.toLocaleString("en-US", { maximumFractionDigits: 9 });
}

/**
 * A value at an axis, with the digits that tell it from the next one, which is so far apart.
 * @param {number} value
 * @param {number} apart
 */
export function tickText(value, apart) {
  const digits = value === 0 ? 1 : powerOfTen(value) - powerOfTen(apart) + 1;
  return short(value, Math.min(15, Math.max(3, digits)));
}

/**
 * A share at an axis: 0.98 -> 98 %, where the next one is 0.01 apart, or 98.0 % where it is 0.001.
 * @param {number} share
 * @param {number} apart
 */
export function percentTick(share, apart) {
  return percent(share, Math.max(0, -2 - powerOfTen(apart)));
}

/**
 * 0.01 and 0.05 -> -2
 * @param {number} value
 */
function powerOfTen(value) {
  return Math.floor(Math.log10(Math.abs(value)) + 1e-9);
}

/**
 * 1 mistake, 2 mistakes
 * @param {number} number
 * @param {string} noun
 */
export function several(number, noun) {
  return `${count(number)} ${noun}${number === 1 ? "" : "s"}`;
}

/**
 * a 7, an 8; a digit, an image
 * @param {string | number} thing
 */
export function withArticle(thing) {
  return `${/^([aeiou]|8|1[18]$)/i.test(String(thing)) ? "an" : "a"} ${thing}`;
}

/** @param {string} text */
export function capital(text) {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/**
 * 8.31 -> 8.3 s; 83.1 -> 1 min 23 s
 * @param {unknown} seconds
 */
export function duration(seconds) {
  if (!isNumber(seconds)) return DASH;
  if (seconds < 60) return `${seconds.toFixed(1)} s`;
  return `${Math.floor(seconds / 60)} min ${Math.round(seconds % 60)} s`;
}
