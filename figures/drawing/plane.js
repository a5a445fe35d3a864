/* A plane with axes: what a network answers everywhere, as colours; points over it; and a place that is chosen. */

import { picture } from "./colours.js";
import { dress, make, makeSvg } from "./elements.js";
import { MARGIN } from "./layout.js";
import { ring, shapeOf } from "./marks.js";
import { tickText } from "./numbers.js";
import { linearScale } from "./scales.js";
import { paintShares } from "./shares.js";

/** @import { Shares } from "./shares.js" */

const STEPS_ACROSS = 40; // of the arrow keys
const FLATNESS = 0.82; // the height, as a share of the width
const HIGHEST = 560; // pixels
const RADIUS = { small: 2.6, large: 4.4 };
/** @type {Record<string, [number, number]>} */
const MOVES = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] };

/** @typedef {[number, number]} Pair  across and up */
/** @typedef {{ at: ArrayLike<number>, label: number, kind: "small" | "large", ringed?: boolean }} Point */

/**
 * @typedef {object} PlaneOptions
 * @property {[Pair, Pair]} extents         the lowest and the highest value, across and up
 * @property {[string, string] | string[]} features  the names of the axes
 * @property {(at: Pair) => void} [chosen]  called when pointer or keys choose a place
 * @property {() => void} [moved]           called after keys have chosen one
 */

export class Plane {
  /**
   * A plane in a frame, which has the class plane-frame and takes the focus.
   * @param {HTMLElement} frame
   * @param {PlaneOptions} options
   */
  constructor(frame, options) {
    this.frame = frame;
    this.options = options;
    this.extents = options.extents;
    this.canvas = make("canvas", { "aria-hidden": "true" });
    this.svg = makeSvg("svg", { "aria-hidden": "true" });
    /** @type {Shares} */
    this.shares = { values: [], side: 1, classes: 1 };
    /** @type {Point[]} */
    this.points = [];
    /** @type {Pair | null} the place that is chosen */
    this.at = null;
    this.box = { left: 0, right: 0, top: 0, bottom: 0 }; // as long as there is no room
    this.x = this.y = linearScale(0, 1, 0, 1);
    this.axes = makeSvg("g");
    this.marks = makeSvg("g");
    this.cross = makeSvg("g", { class: "cross" });
    this.svg.append(this.axes, this.marks, this.cross);
    frame.append(this.canvas, this.svg);
    frame.addEventListener("pointermove", (event) => this.point(event));
    frame.addEventListener("pointerdown", (event) => this.point(event));
    frame.addEventListener("keydown", (event) => this.key(event));
    picture(this.canvas, () => paintShares(this.canvas, this.shares));
    new ResizeObserver(() => this.draw()).observe(frame);
  }

  /**
   * Colour the plane, or as much of it as is known.
   * @param {Shares} shares
   */
  showShares(shares) {
    this.shares = shares;
    paintShares(this.canvas, shares);
  }

  /**
   * Put points on the plane, in place of those that are there.
   * @param {Point[]} points
   */
  showPoints(points) {
    this.points = points;
    this.drawPoints();
  }

  /** Draw axes and points, as wide as there is room. */
  draw() {
    const width = this.frame.clientWidth;
    if (width < 50) return;
    const height = Math.min(Math.round(FLATNESS * width), HIGHEST);
    const box = { left: MARGIN.left, top: MARGIN.top, right: width - 8, bottom: height - 2 * MARGIN.bottom };
    const [xs, ys] = this.extents;
    this.box = box;
    this.x = linearScale(...xs, box.left, box.right, Math.round(width / 90));
    this.y = linearScale(...ys, box.bottom, box.top, Math.round(height / 70));
    const place = { left: box.left, top: box.top, width: box.right - box.left, height: box.bottom - box.top };
    for (const [side, length] of Object.entries(place)) this.canvas.style.setProperty(side, `${length}px`);
    dress(this.svg, { viewBox: `0 0 ${width} ${height}`, height });
    this.axes.replaceChildren(...this.drawnAxes());
    this.drawPoints();
    this.markChosen();
  }

  drawnAxes() {
    const { left, right, bottom, top } = this.box;
    const [across, up] = this.options.features;
    /** @param {number[]} ticks */
    const apart = (ticks) => (ticks.length > 1 ? ticks[1] - ticks[0] : 1);
    const below = this.x.ticks.map((value) => {
      const place = { class: "tick", x: this.x.at(value), y: bottom + 17, "text-anchor": "middle" };
      return makeSvg("text", place, tickText(value, apart(this.x.ticks)));
    });
    const beside = this.y.ticks.map((value) => {
      const place = { class: "tick", x: left - 6, y: this.y.at(value) + 4, "text-anchor": "end" };
      return makeSvg("text", place, tickText(value, apart(this.y.ticks)));
    });
    const middle = { x: (left + right) / 2, y: bottom + 38, "text-anchor": "middle", class: "tick name" };
    const turned = { transform: `translate(11 ${(top + bottom) / 2}) rotate(-90)`, "text-anchor": "middle" };
    return [
      ...below,
      ...beside,
      makeSvg("text", middle, across),
      makeSvg("text", { ...turned, class: "tick name" }, up),
      makeSvg("rect", { class: "edge", x: left, y: top, width: right - left, height: bottom - top }),
    ];
  }

  /** The points in their order, and above them rings around those that are ringed. */
  drawPoints() {
    if (!this.box.right) return;
    const shapes = this.points.map(({ at, label, kind }) => {
      const place = `translate(${this.x.at(at[0]).toFixed(1)} ${this.y.at(at[1]).toFixed(1)})`;
      return dress(shapeOf(label, RADIUS[kind], kind), { transform: place });
    });
    const ringed = this.points.filter((point) => point.ringed);
    const rings = ringed.map(({ at }) => ring({ cx: this.x.at(at[0]), cy: this.y.at(at[1]) }));
    this.marks.replaceChildren(...shapes, ...rings);
  }

  /** @param {PointerEvent} event */
  point(event) {
    if (!this.box.right) return;
    const frame = this.frame.getBoundingClientRect();
    this.choose([this.x.back(event.clientX - frame.left), this.y.back(event.clientY - frame.top)]);
  }

  /** @param {KeyboardEvent} event */
  key(event) {
    const move = MOVES[event.key];
    if (!move) return;
    event.preventDefault();
    const step = this.extents.map(([low, high]) => (high - low) / STEPS_ACROSS);
    const [x, y] = this.at ?? this.extents.map(([low, high]) => (low + high) / 2);
    this.choose([x + move[0] * step[0], y + move[1] * step[1]]);
    this.options.moved?.();
  }

  /**
   * Choose a place, or the next one to it that is on the plane.
   * @param {ArrayLike<number>} at
   */
  choose(at) {
    const [[left, right], [bottom, top]] = this.extents;
    this.at = [Math.min(right, Math.max(left, at[0])), Math.min(top, Math.max(bottom, at[1]))];
    this.options.chosen?.(this.at);
    this.markChosen();
  }

  markChosen() {
    if (!this.box.right || this.at === null) return;
    const [x, y] = [this.x.at(this.at[0]), this.y.at(this.at[1])];
    const { left, right, top, bottom } = this.box;
    this.cross.replaceChildren(
      makeSvg("line", { class: "rule", x1: x, x2: x, y1: top, y2: bottom }),
      makeSvg("line", { class: "rule", x1: left, x2: right, y1: y, y2: y }),
    );
  }
}
