/* Axes and lines, drawn into a vector graphic of a given width. */

import { dress, makeSvg } from "./elements.js";
import { MARGIN, ROW, hasPlace, layoutOf } from "./layout.js";
import { count, short } from "./numbers.js";
import { roundValues } from "./scales.js";

/** @import { Band, Event, Line, PlotOptions, Value } from "./layout.js" */

const LONGEST_NAME = 6; // letters, for which there is room beside the x axis
const FEW = 25; // points, up to which each is marked
const LETTER = 6.5; // about the width of one of the letters of an event

export class Plot {
  /**
   * @param {SVGSVGElement} svg
   * @param {number} width
   * @param {PlotOptions} options
   */
  constructor(svg, width, options) {
    this.svg = svg;
    this.options = options;
    this.layout = layoutOf(width, options);
    this.frame = makeSvg("g");
    this.dots = makeSvg("g");
    this.lines = makeSvg("g");
    this.marks = makeSvg("g", { class: "marks" });
    this.drawn = ""; // what the frame looks like
    svg.replaceChildren(this.frame, this.dots, this.lines, this.marks);
    this.draw();
  }

  /**
   * Draw other lines, or the same ones with more points, in place of those that are there.
   * @param {PlotOptions} options
   */
  update(options) {
    this.options = options;
    this.layout = layoutOf(this.layout.width, options);
    this.draw();
  }

  draw() {
    const { events = [], xName, whole } = this.options;
    const { x, y, ...box } = this.layout;
    const looks = JSON.stringify([box, y.ticks, [1, 10].map(y.at), events, xName, whole]);
    if (looks !== this.drawn) this.drawFrame();
    this.drawn = looks;
    this.dots.replaceChildren(...this.points());
    this.drawLines();
  }

  /** Draw axes and events. */
  drawFrame() {
    const { width, height } = this.layout;
    dress(this.svg, { viewBox: `0 0 ${width} ${height}`, height });
    const events = (this.options.events ?? []).flatMap((event, row) => this.event(event, row));
    this.frame.replaceChildren(...this.yAxis(), ...this.xAxis(), ...events);
  }

  yAxis() {
    const { y: scale, left, right } = this.layout;
    const { ticks } = scale;
    const apart = ticks.slice(1).reduce((least, value, i) => Math.min(least, value - ticks[i]), Infinity);
    return ticks.flatMap((value) => {
      const y = scale.at(value);
      const words = this.options.tick(value, ticks.length > 1 ? apart : value);
      return [
        makeSvg("line", { class: "grid", x1: left, x2: right, y1: y, y2: y }),
        makeSvg("text", { class: "tick", x: left - 6, y: y + 4, "text-anchor": "end" }, words),
      ];
    });
  }

  xAxis() {
    const { xName, whole } = this.options;
    const { x, first, last, left, right, bottom } = this.layout;
    const most = Math.max(2, Math.floor((right - left) / 60));
    const y = bottom + 17;
    const ticks = roundValues(first, last, most)
      .filter((value) => !whole || Number.isInteger(Number(value.toFixed(6))))
      .map((value) => {
        const place = { class: "tick", x: x.at(value), y, "text-anchor": "middle" };
        return makeSvg("text", place, whole ? count(value) : short(value));
      });
    const words = xName.length <= LONGEST_NAME ? xName : "";
    const name = makeSvg("text", { class: "tick", x: left - 10, y, "text-anchor": "end" }, words);
    return [...ticks, name, makeSvg("line", { class: "axis", x1: left, x2: right, y1: bottom, y2: bottom })];
  }

  /** Draw lines and bands; the elements that are there are taken again. */
  drawLines() {
    const { series, xs } = this.options;
    const there = this.lines.querySelectorAll("path");
    const shapes = series.flatMap((one, number) => {
      const path = there[number] ?? makeSvg("path");
      dress(path, { class: `${one.band ? "band" : "line"} ${one.look}`, d: one.band ? this.band(one) : this.line(one) });
      return one.band || xs.length > FEW ? [path] : [path, ...this.dotsOf(one)];
    });
    this.lines.replaceChildren(...shapes);
  }

  /**
   * The path of a line, with a gap where a value has no place.
   * @param {Line} line
   */
  line({ values }) {
    const { xs, logarithmic } = this.options;
    let [path, wasThere] = ["", false];
    for (let i = 0; i < xs.length; i++) {
      const value = values[i];
      const there = hasPlace(value, logarithmic);
      if (there) path += (wasThere ? "L" : "M") + this.point(xs[i], value);
      wasThere = there;
    }
    return path;
  }

  /**
   * The path around a band.
   * @param {Band} band
   */
  band({ values }) {
    const { xs, logarithmic } = this.options;
    const places = Array.from(xs, (_, i) => i);
    const there = places.filter((i) => Array.from(values[i]).every((value) => hasPlace(value, logarithmic)));
    if (there.length === 0) return "";
    const [low, high] = [0, 1].map((end) => there.map((i) => this.point(xs[i], Number(values[i][end]))));
    return `M${[...low, ...high.reverse()].join("L")}Z`;
  }

  /** @param {Line} line */
  dotsOf({ values, look }) {
    return Array.from(this.options.xs).flatMap((x, i) => this.dot(x, values[i], look, 2.5));
  }

  points() {
    const { points = [], logarithmic } = this.options;
    const there = points.filter(({ y }) => hasPlace(y, logarithmic));
    return there.map(({ x, y, look }) => {
      const [cx, cy] = this.point(x, y).split(" ");
      return makeSvg("circle", { class: `point ${look}`, cx, cy, r: look.includes("large") ? 3.6 : 2.6 });
    });
  }

  /**
   * A line across the chart, and its words above, on the side where there is more room.
   * @param {Event} event
   * @param {number} row
   */
  event({ x, name, words }, row) {
    const { left, right, top, bottom } = this.layout;
    const at = this.layout.x.at(x);
    const y = MARGIN.top + 6 + row * ROW;
    const [before, after] = [at - left, right - at];
    const anchor = after >= before ? "start" : "end";
    const told = words.length * LETTER <= Math.max(before, after) ? words : name;
    return [
      makeSvg("line", { class: "event", x1: at, x2: at, y1: top, y2: bottom }),
      makeSvg("text", { class: "event-words", x: at, y, "text-anchor": anchor }, told),
    ];
  }

  /**
   * @param {number} x
   * @param {number} value
   */
  point(x, value) {
    return `${this.layout.x.at(x).toFixed(1)} ${this.layout.y.at(value).toFixed(1)}`;
  }

  /**
   * The dot of a value, or nothing where it has no place.
   * @param {number} x
   * @param {Value} value
   * @param {string} look
   * @param {number} radius
   */
  dot(x, value, look, radius) {
    if (!hasPlace(value, this.options.logarithmic)) return [];
    const [cx, cy] = [this.layout.x.at(x), this.layout.y.at(value)];
    return [makeSvg("circle", { class: `dot ${look}`, cx, cy, r: radius })];
  }

  /**
   * Mark one of the points on every line.
   * @param {number} index
   */
  mark(index) {
    const { xs, series } = this.options;
    const { top, bottom } = this.layout;
    const x = this.layout.x.at(xs[index]);
    const rule = makeSvg("line", { class: "rule", x1: x, x2: x, y1: top, y2: bottom });
    const dots = series.flatMap((one) => (one.band ? [] : this.dot(xs[index], one.values[index], one.look, 4)));
    this.marks.replaceChildren(rule, ...dots);
  }
}
