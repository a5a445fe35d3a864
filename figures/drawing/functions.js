/* The activation functions, number by number. */

// W. J. Cody, "Rational Chebyshev Approximations for the Error Function", Mathematics of Computation 23, 1969;
// coefficients from the highest power down, as in layers/erf.py.
const SMALL_P = [
  1.85777706184603153e-1, 3.1611237438705656, 1.13864154151050156e2, 3.77485237685302021e2, 3.20937758913846947e3,
];
const SMALL_Q = [1, 2.36012909523441209e1, 2.44024637934444173e2, 1.28261652607737228e3, 2.84423683343917062e3];
const LARGE_P = [
  2.15311535474403846e-8, 5.64188496988670089e-1, 8.88314979438837594, 6.61191906371416295e1, 2.98635138197400131e2,
  8.8195222124176909e2, 1.71204761263407058e3, 2.05107837782607147e3, 1.23033935479799725e3,
];
const LARGE_Q = [
  1, 1.57449261107098347e1, 1.17693950891312499e2, 5.37181101862009858e2, 1.62138957456669019e3, 3.29079923573345963e3,
  4.36261909014324716e3, 3.43936767414372164e3, 1.23033935480374942e3,
];

/**
 * erf(x) = 2 / sqrt(pi) times the integral of exp(-z^2) from 0 to x.
 * @param {number} x
 */
function erf(x) {
  const z = Math.min(Math.abs(x), 6);
  const square = z * z;
  const positive =
    z <= 0.46875
      ? (z * polynomial(SMALL_P, square)) / polynomial(SMALL_Q, square)
      : 1 - (Math.exp(-square) * polynomial(LARGE_P, z)) / polynomial(LARGE_Q, z);
  return x < 0 ? -positive : positive;
}

/**
 * @param {number[]} coefficients  from the highest power down
 * @param {number} x
 */
function polynomial(coefficients, x) {
  return coefficients.reduce((value, coefficient) => value * x + coefficient);
}

/**
 * 1 / (1 + exp(-x)), without the exponential of a large positive number.
 * @param {number} x
 */
export function sigmoid(x) {
  const small = Math.exp(-Math.abs(x));
  return x >= 0 ? 1 / (1 + small) : small / (1 + small);
}

/**
 * log(1 + exp(x))
 * @param {number} x
 */
export function softplus(x) {
  return Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
}

/**
 * x times the share of standard normal numbers that lie below it.
 * @param {number} x
 */
export function gelu(x) {
  return (x * (1 + erf(x * Math.SQRT1_2))) / 2;
}

/**
 * exp(x_k) / sum_j exp(x_j); subtracting the largest x keeps exp from overflowing.
 * @param {Float64Array} x
 */
export function softmax(x) {
  const highest = x.reduce((a, b) => Math.max(a, b));
  const powers = x.map((value) => Math.exp(value - highest));
  const sum = powers.reduce((a, b) => a + b);
  return powers.map((power) => power / sum);
}
