/* Axes: where on a line a value lies, and which round values are written beside it. */

import { isNumber } from "./numbers.js";

/**
 * @typedef {object} Scale
 * @property {(value: number) => number} at      where a value lies
 * @property {(place: number) => number} back    which value lies at a place
 * @property {number[]} ticks                    the values that are written
 */

/**
 * Return a scale from values between low and high to places between start and end.
 * @param {number} low
 * @param {number} high
 * @param {number} start
 * @param {number} end
 * @param {number} [about]  how many values are written
 * @returns {Scale}
 */
export function linearScale(low, high, start, end, about = 5) {
  const range = high - low || 1;
  return {
    at: (value) => start + ((value - low) / range) * (end - start),
    back: (place) => low + ((place - start) / (end - start)) * range,
    ticks: tickValues(low, high, about),
  };
}

/**
 * The same for the logarithms of positive values.
 * @type {typeof linearScale}
 */
export function logarithmicScale(low, high, start, end, about = 5) {
  const inner = linearScale(Math.log10(low), Math.log10(high), start, end);
  const [first, last] = [Math.ceil(Math.log10(low) - 1e-9), Math.floor(Math.log10(high) + 1e-9)];
  const every = Math.max(1, Math.ceil((last - first) / about));
  const powers = [];
  for (let power = first; power <= last; power += every) powers.push(10 ** power);
  return {
    at: (value) => inner.at(Math.log10(value)),
    back: (place) => 10 ** inner.back(place),
    ticks: powers.length > 2 ? powers : finerValues(low, high),
  };
}

/**
 * Return round values between low and high: about so many, 1, 2 or 5 times a power of ten apart.
 * @param {number} low
 * @param {number} high
 * @param {number} about
 */
export function roundValues(low, high, about) {
  if (!(high > low)) return [low];
  const rough = (high - low) / about;
  const power = 10 ** Math.floor(Math.log10(rough));
  const apart = power * ([1, 2, 5].find((factor) => factor * power >= rough * 0.999) ?? 10);
  const values = [];
  for (let step = Math.ceil(low / apart - 1e-9); step * apart <= high + 1e-9 * apart; step++) values.push(step * apart);
  return values.map((value) => value || 0); // not -0
}

/**
 * Return round values between low and high: about so many, but three if there is room for them, or at least two.
 * @param {number} low
 * @param {number} high
 * @param {number} about
 */
function tickValues(low, high, about) {
  const choices = [1, 2, 4].map((finer) => roundValues(low, high, finer * about));
  const roomy = choices.find(({ length }) => length >= 3 && length <= about + 3);
  return roomy ?? choices.find(({ length }) => length >= 2) ?? choices[0];
}

/**
 * Return 1, 2 and 5 times the powers of ten between low and high; round values where these are fewer than two.
 * @param {number} low
 * @param {number} high
 */
function finerValues(low, high) {
  const values = [];
  for (let power = Math.floor(Math.log10(low)); power <= Math.log10(high); power++) {
    values.push(...[1, 2, 5].map((factor) => factor * 10 ** power));
  }
  const inside = values.filter((value) => low <= value && value <= high);
  return inside.length > 1 ? inside : tickValues(low, high, 3);
}

/**
 * Return the smallest and the largest of the numbers among some values, or null where there are none.
 * @param {Iterable<unknown>} values
 * @returns {[number, number] | null}
 */
export function extent(values) {
  let [low, high] = [Infinity, -Infinity];
  for (const value of values) {
    if (!isNumber(value)) continue;
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  return low <= high ? [low, high] : null;
}

/**
 * Return an extent with a margin around it, also where it is a single value.
 * @param {[number, number]} extent
 * @param {number} share
 * @returns {[number, number]}
 */
export function withMargin([low, high], share) {
  const room = share * (high - low) || Math.abs(high) || 1;
  return [low - room, high + room];
}
