"use strict";

/* The plane in the colours of the network's answers, with the points on it; and what it answers at one place. */

const PLACES_ASKED = 120; // in each direction
const FINER = 3; // pixels for each of them, between which the probabilities are interpolated
const SLICE = 12; // milliseconds of asking, between which the page can breathe
const STEPS_ACROSS = 40; // of the arrow keys
const AROUND = 0.08; // of the points' extent, around them
const STRENGTH = [0.5, 0.3, 0.15, 0.4]; // of a class's colour where the network is sure

class Plane {
  constructor() {
    this.points = REPORT.points;
    const all = [...this.points.train.x, ...this.points.test.x];
    this.extents = [0, 1].map((axis) => withMargin(extent(all.map((point) => point[axis])), AROUND));
    this.canvas = byId("plane-canvas");
    this.shares = []; // the probabilities of the places, row by row from above, as far as they are known
    this.bars = Array.from({ length: CLASSES }, (_, label) => answerBar(label));
    byId("plane-frame").addEventListener("pointermove", (event) => this.point(event));
    byId("plane-frame").addEventListener("pointerdown", (event) => this.point(event));
    byId("plane-frame").addEventListener("keydown", (event) => this.key(event));
    byId("plane-legend").append(...this.legend());
    picture(this.canvas, () => this.paint());
    new ResizeObserver(() => this.draw()).observe(byId("plane-frame"));
    this.choose(this.points.test.x[0]);
    requestAnimationFrame(() => this.ask());
  }

  /** Ask the network at the next places, for a while, and go on in the next frame. */
  ask() {
    const until = performance.now() + SLICE;
    while (!this.known() && performance.now() < until) {
      for (let n = 0; n < PLACES_ASKED; n++) this.shares.push(this.sharesAt(this.shares.length));
    }
    this.paint();
    if (!this.known()) requestAnimationFrame(() => this.ask());
  }

  known() {
    return this.shares.length === PLACES_ASKED ** 2;
  }

  sharesAt(number) {
    const [[left, right], [bottom, top]] = this.extents;
    const across = ((number % PLACES_ASKED) + 0.5) / PLACES_ASKED;
    const down = (Math.floor(number / PLACES_ASKED) + 0.5) / PLACES_ASKED;
    return predict([left + across * (right - left), top - down * (top - bottom)]).probabilities;
  }

  /** The probabilities at a place between those that were asked, in their steps. */
  between(column, row) {
    const inside = (place) => Math.min(PLACES_ASKED - 1, Math.max(0, place));
    const [c, r] = [Math.floor(column), Math.floor(row)];
    const [right, below] = [column - c, row - r];
    const at = (y, x) => this.shares[inside(y) * PLACES_ASKED + inside(x)];
    const corners = [at(r, c), at(r, c + 1), at(r + 1, c), at(r + 1, c + 1)];
    const weights = [(1 - right) * (1 - below), right * (1 - below), (1 - right) * below, right * below];
    return corners[0].map((_, k) => weights.reduce((sum, weight, corner) => sum + weight * corners[corner][k], 0));
  }

  /** Colour the places that are known. */
  paint() {
    const finer = this.known() ? FINER : 1;
    const side = finer * PLACES_ASKED;
    resize(this.canvas, side, side);
    const context = this.canvas.getContext("2d");
    const image = context.createImageData(side, side);
    const tones = Array.from({ length: TONES }, (_, k) => colourNamed(`--class${k}`));
    const paper = colourNamed("--paper");
    for (let place = 0; place < this.shares.length * finer ** 2; place++) {
      const [column, row] = [place % side, Math.floor(place / side)].map((n) => (n + 0.5) / finer - 0.5);
      const shares = finer === 1 ? this.shares[place] : this.between(column, row);
      image.data.set([...this.colour(shares, tones, paper), 255], 4 * place);
    }
    context.putImageData(image, 0, 0);
  }

  /** The colour of the most probable class, on paper, paler where the network is less sure. */
  colour(shares, tones, paper) {
    const best = shares.reduce((most, share, k) => (share > shares[most] ? k : most), 0);
    const sure = (shares[best] * CLASSES - 1) / (CLASSES - 1) || 0;
    const strength = STRENGTH[best % STRENGTH.length] * (0.25 + 0.75 * Math.max(0, sure));
    return paper.map((value, c) => value + strength * (tones[best % TONES][c] - value));
  }

  /** Draw axes and points, as wide as there is room. */
  draw() {
    const width = byId("plane-frame").clientWidth;
    if (width < 50) return;
    const height = Math.min(Math.round(0.82 * width), 560);
    const box = { left: MARGIN.left, top: MARGIN.top, right: width - 8, bottom: height - 2 * MARGIN.bottom };
    const [xs, ys] = this.extents;
    this.x = linearScale(...xs, box.left, box.right, Math.round(width / 90));
    this.y = linearScale(...ys, box.bottom, box.top, Math.round(height / 70));
    const place = { left: box.left, top: box.top, width: box.right - box.left, height: box.bottom - box.top };
    for (const [side, length] of Object.entries(place)) this.canvas.style[side] = `${length}px`;
    const svg = byId("plane-points");
    svg.setAttribute("viewBox", `0 0 ${width} ${height}`);
    svg.setAttribute("height", height);
    this.cross = makeSvg("g", { class: "cross" });
    svg.replaceChildren(...this.axes(box), ...this.marks(), this.cross);
    this.box = box;
    this.markChosen();
  }

  axes({ left, right, bottom, top }) {
    const [across, up] = this.points.features;
    const apart = (ticks) => (ticks.length > 1 ? ticks[1] - ticks[0] : 1);
    const below = this.x.ticks.map((value) =>
      makeSvg("text", { class: "tick", x: this.x.at(value), y: bottom + 17, "text-anchor": "middle" },
        tickText(value, apart(this.x.ticks))),
    );
    const beside = this.y.ticks.map((value) =>
      makeSvg("text", { class: "tick", x: left - 6, y: this.y.at(value) + 4, "text-anchor": "end" },
        tickText(value, apart(this.y.ticks))),
    );
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

  /** The points: those of the training small, those of the test larger and edged, with a ring where it is wrong. */
  marks() {
    const { train, test } = this.points;
    const small = train.x.map((at, i) => this.mark(at, train.t[i], 2.6, "small"));
    const large = test.x.map((at, i) => this.mark(at, test.t[i], 4.4, "large"));
    const wrong = test.x.filter((_, i) => test.predicted[i] !== test.t[i]);
    const rings = wrong.map(([x, y]) => makeSvg("circle", { class: "ring", cx: this.x.at(x), cy: this.y.at(y), r: 8.5 }));
    return [...small, ...large, ...rings];
  }

  mark([x, y], label, radius, kind) {
    const place = `translate(${this.x.at(x).toFixed(1)} ${this.y.at(y).toFixed(1)})`;
    return dress(shapeOf(label, radius, kind), { transform: place }, []);
  }

  /** What shapes and rings mean. */
  legend() {
    const { train, test } = this.points;
    const wrong = test.x.filter((_, i) => test.predicted[i] !== test.t[i]).length;
    return [
      ...this.bars.map((_, label) => legendEntry(shapeOf(label, 5, "large"), `true class ${nameOf(label)}`)),
      legendEntry(shapeOf(0, 2.6, "small"), `small: training, ${ofAll(train)}`),
      legendEntry(shapeOf(0, 4.4, "large"), `edged: test, ${ofAll(test)}`),
      legendEntry(makeSvg("circle", { class: "ring", r: 8.5 }), `ring: ${count(wrong)} wrong`),
    ];
  }

  point(event) {
    if (!this.box) return;
    const frame = byId("plane-frame").getBoundingClientRect();
    this.choose([this.x.back(event.clientX - frame.left), this.y.back(event.clientY - frame.top)]);
  }

  key(event) {
    const moves = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] };
    const move = moves[event.key];
    if (!move) return;
    event.preventDefault();
    const step = this.extents.map(([low, high]) => (high - low) / STEPS_ACROSS);
    this.choose(this.at.map((value, axis) => value + move[axis] * step[axis]));
    byId("plane-spoken").textContent = `${byId("plane-where").textContent}: ${byId("plane-best").textContent}`;
  }

  /** Show what the network answers at a place. */
  choose(at) {
    this.at = at.map((value, axis) => Math.min(this.extents[axis][1], Math.max(this.extents[axis][0], value)));
    const { probabilities } = predict(this.at);
    const best = probabilities.indexOf(Math.max(...probabilities));
    this.bars.forEach((bar, label) => bar.show(probabilities[label], label === best, false));
    byId("plane-bars").replaceChildren(...shownClasses(probabilities).map((label) => this.bars[label].item));
    byId("plane-best").textContent = best < 0 ? "?" : nameOf(best);
    byId("plane-sure").textContent = percent(probabilities[best], 1);
    const names = this.points.features;
    byId("plane-where").textContent = this.at.map((value, axis) => `${names[axis]} = ${short(value)}`).join(", ");
    this.markChosen();
  }

  markChosen() {
    if (!this.box) return;
    const [x, y] = [this.x.at(this.at[0]), this.y.at(this.at[1])];
    const { left, right, top, bottom } = this.box;
    this.cross.replaceChildren(
      makeSvg("line", { class: "rule", x1: x, x2: x, y1: top, y2: bottom }),
      makeSvg("line", { class: "rule", x1: left, x2: right, y1: y, y2: y }),
    );
  }
}

function showPlane() {
  const there = REPORT.points !== null && CLASSES > 0 && UNKNOWN.length === 0;
  show("plane", there);
  return there ? new Plane() : null;
}

/** Return an extent with a margin around it, also where it is a single value. */
function withMargin([low, high], share) {
  const room = share * (high - low) || Math.abs(high) || 1;
  return [low - room, high + room];
}
