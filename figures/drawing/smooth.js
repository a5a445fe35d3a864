/* Noisy values, smoothed. */

import { isNumber } from "./numbers.js";

/**
 * Return for each value the mean of the numbers among it and those up to so many places before and after it.
 * @param {ArrayLike<number | null | undefined>} values
 * @param {number} reach
 */
export function runningMean(values, reach) {
  const all = Array.from(values);
  return all.map((_, at) => {
    const around = all.slice(Math.max(0, at - reach), at + reach + 1).filter(isNumber);
    return around.length > 0 ? around.reduce((a, b) => a + b) / around.length : null;
  });
}
