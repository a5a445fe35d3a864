/* Asking a network at every place of a plane, a slice at a time, between which the page can breathe. */

/** @import { Shares } from "./shares.js" */

const SLICE = 12; // milliseconds

/**
 * @typedef {object} Asking
 * @property {[[number, number], [number, number]]} extents  the lowest and the highest value, across and up
 * @property {number} side     places in each direction
 * @property {number} classes
 * @property {(at: [number, number]) => ArrayLike<number>} ask  returns the shares of the classes at a place
 * @property {(shares: Shares) => void} show  called with those that are known by now
 */

/**
 * Ask at every place, row by row from above, beginning in the next frame; return a function that stops it.
 * @param {Asking} asking
 */
export function askEverywhere({ extents, side, classes, ask, show }) {
  const values = new Float64Array(side * side * classes);
  let known = 0;
  const goOn = () => {
    const until = performance.now() + SLICE;
    while (known < side && performance.now() < until) {
      for (let column = 0; column < side; column++) {
        values.set(ask(middleOf(extents, side, known, column)), (known * side + column) * classes);
      }
      known++;
    }
    show({ values: values.subarray(0, known * side * classes), side, classes });
    if (known < side) frame = requestAnimationFrame(goOn);
  };
  let frame = requestAnimationFrame(goOn);
  return () => cancelAnimationFrame(frame);
}

/**
 * Return the middle of a cell.
 * @param {Asking["extents"]} extents
 * @param {number} side
 * @param {number} row
 * @param {number} column
 * @returns {[number, number]}
 */
function middleOf([[left, right], [bottom, top]], side, row, column) {
  return [left + ((column + 0.5) / side) * (right - left), top - ((row + 0.5) / side) * (top - bottom)];
}
