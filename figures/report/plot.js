"use strict";

/* Axes and lines, drawn into a vector graphic of a given width. */

const MARGIN = { left: 50, right: 20, top: 8, bottom: 24 };
const LONGEST_NAME = 6; // letters, for which there is room beside the x axis
const FEW = 25; // points, up to which each is marked
const ROW = 17; // the height of the words of an event
const LETTER = 6.5; // about the width of one of their letters

class Plot {
  /** Options:

      xs, xName   places on the x axis, and what they are; whole, whether they are whole numbers
      series      [{ values, look }], with values a list of numbers; of [low, high] where band is true
      logarithmic, from, to   the y axis; decades, how many powers of ten it spans at least
      tick        how a y value is written at the axis, where the nearest two are so far apart
      points      [{ x, y, look }], dots beside the lines
      events      [{ x, name, words }], places on the x axis, each with its words in a row of their own above the chart,
                  or with its name alone where there is little room
      height      in pixels, without that of the events */
  constructor(svg, width, options) {
    const { xs, series, events = [] } = options;
    const height = options.height + events.length * ROW;
    this.options = options;
    this.top = MARGIN.top + events.length * ROW;
    this.right = width - MARGIN.right;
    this.bottom = height - MARGIN.bottom;
    this.x = linearScale(xs[0], xs[xs.length - 1], MARGIN.left, this.right);
    if (xs.length === 1) this.x.at = () => (MARGIN.left + this.right) / 2;
    this.y = this.yScale();
    this.marks = makeSvg("g", { class: "marks" });
    svg.setAttribute("viewBox", `0 0 ${width} ${height}`);
    svg.setAttribute("height", height);
    const shapes = series.flatMap((one) => (one.band ? this.band(one) : this.line(one)));
    const lines = events.flatMap((event, row) => this.event(event, row));
    svg.replaceChildren(...this.yAxis(), ...this.xAxis(), ...lines, ...this.points(), ...shapes, this.marks);
  }

  /** Whether a value has a place on the y axis. */
  drawable(value) {
    return isNumber(value) && (!this.options.logarithmic || value > 0);
  }

  yScale() {
    const { series, points = [], logarithmic, height, from, to, decades = 0 } = this.options;
    const all = [...series.flatMap((one) => one.values.flat()), ...points.map(({ y }) => y)];
    const values = all.filter((value) => this.drawable(value));
    const [lowest, highest] = extent(values) ?? [1, 2];
    let [low, high] = [from ?? lowest, to ?? highest];
    if (low === high && logarithmic) [low, high] = [low / 2, high * 2];
    else if (low === high) [low, high] = [low - (Math.abs(low) || 1) / 2, high + (Math.abs(high) || 1) / 2];
    const missing = logarithmic ? Math.max(0, decades - Math.log10(high / low)) : 0;
    [low, high] = [low / 10 ** (missing / 2), high * 10 ** (missing / 2)];
    const scale = logarithmic ? logarithmicScale : linearScale;
    return scale(low, high, this.bottom, this.top + 4, Math.round(height / 44));
  }

  yAxis() {
    const { ticks } = this.y;
    const apart = ticks.slice(1).reduce((least, value, i) => Math.min(least, value - ticks[i]), Infinity);
    return ticks.flatMap((value) => {
      const y = this.y.at(value);
      const words = this.options.tick(value, ticks.length > 1 ? apart : value);
      return [
        makeSvg("line", { class: "grid", x1: MARGIN.left, x2: this.right, y1: y, y2: y }),
        makeSvg("text", { class: "tick", x: MARGIN.left - 6, y: y + 4, "text-anchor": "end" }, words),
      ];
    });
  }

  xAxis() {
    const { xs, xName, whole } = this.options;
    const most = Math.max(2, Math.floor((this.right - MARGIN.left) / 60));
    const values = xs.length === 1 ? xs : roundValues(xs[0], xs[xs.length - 1], most);
    const y = this.bottom + 17;
    const ticks = values
      .filter((value) => !whole || Number.isInteger(Number(value.toFixed(6))))
      .map((value) =>
        makeSvg("text", { class: "tick", x: this.x.at(value), y, "text-anchor": "middle" }, whole ? count(value) : short(value)),
      );
    const words = xName.length <= LONGEST_NAME ? xName : "";
    const name = makeSvg("text", { class: "tick", x: MARGIN.left - 10, y, "text-anchor": "end" }, words);
    const line = { class: "axis", x1: MARGIN.left, x2: this.right, y1: this.bottom, y2: this.bottom };
    return [...ticks, name, makeSvg("line", line)];
  }

  /** A line, with a gap where a value has no place. */
  line({ values, look }) {
    const { xs } = this.options;
    const there = xs.map((_, i) => this.drawable(values[i]));
    const path = xs.map((x, i) => (there[i] ? (there[i - 1] ? "L" : "M") + this.point(x, values[i]) : "")).join("");
    const dots = xs.length > FEW ? [] : xs.flatMap((x, i) => (there[i] ? [this.dot(x, values[i], look, 2.5)] : []));
    return [makeSvg("path", { class: `line ${look}`, d: path }), ...dots];
  }

  /** A band between two lines. */
  band({ values, look }) {
    const { xs } = this.options;
    const there = xs.map((_, i) => i).filter((i) => values[i].every((value) => this.drawable(value)));
    if (there.length === 0) return [];
    const [low, high] = [0, 1].map((end) => there.map((i) => this.point(xs[i], values[i][end])));
    return [makeSvg("path", { class: `band ${look}`, d: `M${[...low, ...high.reverse()].join("L")}Z` })];
  }

  points() {
    const { points = [] } = this.options;
    const there = points.filter(({ y }) => this.drawable(y));
    return there.map(({ x, y, look }) => {
      const [cx, cy] = this.point(x, y).split(" ");
      return makeSvg("circle", { class: `point ${look}`, cx, cy, r: look.includes("large") ? 3.6 : 2.6 });
    });
  }

  /** A line across the chart, and its words above, on the side where there is more room. */
  event({ x, name, words }, row) {
    const at = this.x.at(x);
    const y = MARGIN.top + 6 + row * ROW;
    const [before, after] = [at - MARGIN.left, this.right - at];
    const anchor = after >= before ? "start" : "end";
    const told = words.length * LETTER <= Math.max(before, after) ? words : name;
    return [
      makeSvg("line", { class: "event", x1: at, x2: at, y1: this.top, y2: this.bottom }),
      makeSvg("text", { class: "event-words", x: at, y, "text-anchor": anchor }, told),
    ];
  }

  point(x, value) {
    return `${this.x.at(x).toFixed(1)} ${this.y.at(value).toFixed(1)}`;
  }

  dot(x, value, look, radius) {
    return makeSvg("circle", { class: `dot ${look}`, cx: this.x.at(x), cy: this.y.at(value), r: radius });
  }

  /** Mark one of the points on every line. */
  mark(index) {
    const { xs, series } = this.options;
    const x = this.x.at(xs[index]);
    const rule = makeSvg("line", { class: "rule", x1: x, x2: x, y1: this.top, y2: this.bottom });
    const marked = series.filter(({ values, band }) => !band && this.drawable(values[index]));
    this.marks.replaceChildren(rule, ...marked.map(({ values, look }) => this.dot(xs[index], values[index], look, 4)));
  }
}
