"use strict";

/* Line charts. The point under the pointer, or chosen by arrow keys, is marked, and its values stand above. */

class Chart {
  /** A chart in a figure. Its options are those of a plot (plot.js), and

      title
      label           what it is called where its surroundings are not seen, by default its title
      events          [{ x, name, words }], marked, and told where they are chosen, too
      xName, xNames   what the xs are, or the name of each
      write, writeX   how a y value, and an x value, is written
      quiet           whether others choose the point, by choose(index) */
  constructor(options) {
    this.options = { height: 220, label: options.title, events: [], write: short, tick: tickText, whole: true, ...options };
    this.last = options.xs.length - 1;
    this.readout = make("span", { class: "readout" });
    const label = [this.options.label, ...this.options.events.map(({ words }) => words)].join(", ");
    this.svg = makeSvg("svg", { role: "img", "aria-label": label });
    const caption = make("figcaption", {}, make("b", {}, options.title), this.readout);
    this.figure = make("figure", { class: "chart" }, caption, this.svg);
    if (!options.quiet) this.listen();
    new ResizeObserver(() => this.draw()).observe(this.figure);
    this.choose(this.last);
  }

  /** Let pointer and keys choose the point. */
  listen() {
    dress(this.svg, { role: "slider", tabindex: 0, "aria-valuemin": 0, "aria-valuemax": this.last }, []);
    for (const moved of ["pointermove", "pointerdown"]) {
      this.svg.addEventListener(moved, (event) => this.choose(this.nearest(event)));
    }
    this.svg.addEventListener("pointerleave", (event) => {
      if (event.pointerType === "mouse") this.choose(this.last); // a finger leaves when it is lifted
    });
    this.svg.addEventListener("keydown", (event) => this.key(event));
  }

  key(event) {
    const jump = Math.max(1, Math.round(this.last / 10));
    const moves = { ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1, PageDown: -jump, PageUp: jump };
    const to = { Home: 0, End: this.last }[event.key] ?? this.index + moves[event.key];
    if (!Number.isInteger(to)) return;
    event.preventDefault();
    this.choose(Math.min(this.last, Math.max(0, to)));
  }

  /** Return the number of the point next to the pointer. */
  nearest(event) {
    const at = event.clientX - this.svg.getBoundingClientRect().left;
    const distances = this.options.xs.map((x) => Math.abs(this.plot.x.at(x) - at));
    return distances.indexOf(distances.reduce((a, b) => Math.min(a, b)));
  }

  /** Mark a point, and write its values. */
  choose(index) {
    this.index = index;
    const parts = this.textAt(index);
    this.readout.replaceChildren(...parts.map(({ words, look }) => make("span", look ? { class: look } : {}, words)));
    if (!this.options.quiet) {
      this.svg.setAttribute("aria-valuenow", index);
      this.svg.setAttribute("aria-valuetext", parts.map(({ words }) => words).join(", "));
    }
    this.plot?.mark(index);
  }

  /** Return what is written of a point: where it is, and the value of each line there. */
  textAt(index) {
    const { xs, xName, xNames, series, events, write, writeX = count } = this.options;
    const where = xNames ? xNames[index] : `${xName} ${writeX(xs[index])}`;
    const lines = series.filter(({ band }) => !band);
    const values = lines.map(({ name, values, look }) => ({ words: `${name} ${write(values[index])}`.trim(), look }));
    const there = events.filter(({ x }) => x === xs[index]).map(({ words }) => ({ words }));
    return [{ words: where }, ...values, ...there];
  }

  /** Draw everything, as wide as there is room. */
  draw() {
    const width = this.figure.clientWidth;
    if (width < 50) return;
    this.plot = new Plot(this.svg, width, this.options);
    this.plot.mark(this.index);
  }
}
