/* Line charts. The point under the pointer, or chosen by arrow keys, is marked, and its values stand above. */

import { dress, make, makeSvg } from "./elements.js";
import { count, short, tickText } from "./numbers.js";
import { Plot } from "./plot.js";

/** @import { PlotOptions } from "./layout.js" */

/**
 * @typedef {object} ChartChoices  those of a plot (plot.js) have a default here, but for xs, xName and series
 * @property {string} title
 * @property {string} [label]                      what it is called where its surroundings are not seen; its title
 * @property {string[]} [xNames]                   the name of each place
 * @property {(value: unknown) => string} [write]  how a y value is written
 * @property {(value: number) => string} [writeX]  how an x value is written
 * @property {boolean} [quiet]                     whether others choose the point, by choose(index)
 * @property {{ half: string, most: string }} [words]  what a fan chart (spreads.js) calls its bands
 *
 * @typedef {ChartChoices & Partial<PlotOptions>
 *     & Pick<PlotOptions, "xs" | "xName" | "series">} ChartOptions
 */

export class Chart {
  /**
   * A chart in a figure. Its events are told where they are chosen, too.
   * @param {ChartOptions} options
   */
  constructor(options) {
    const usual = { height: 220, label: options.title, events: [], write: short, writeX: count, tick: tickText, whole: true };
    this.options = { ...usual, ...options };
    /** @type {Plot | null} as long as there is no room */
    this.plot = null;
    this.readout = make("span", { class: "readout" });
    this.svg = makeSvg("svg", { role: "img" });
    const caption = make("figcaption", {}, make("b", {}, options.title), this.readout);
    this.figure = make("figure", { class: "chart" }, caption, this.svg);
    if (!options.quiet) this.listen();
    new ResizeObserver(() => this.draw()).observe(this.figure);
    this.index = this.last;
    this.tell();
  }

  /** The number of the last point. */
  get last() {
    return this.options.xs.length - 1;
  }

  /**
   * Draw other lines, or the same ones with more points; who was at the last point stays there.
   * @param {Partial<ChartOptions>} changes
   */
  update(changes) {
    const wasLast = this.index === this.last;
    Object.assign(this.options, changes);
    this.index = wasLast ? this.last : Math.min(this.index, this.last);
    this.plot?.update(this.options);
    this.tell();
  }

  /** Let pointer and keys choose the point. */
  listen() {
    dress(this.svg, { role: "slider", tabindex: 0, "aria-valuemin": 0 });
    for (const moved of /** @type {const} */ (["pointermove", "pointerdown"])) {
      this.svg.addEventListener(moved, (event) => this.choose(this.nearest(event)));
    }
    this.svg.addEventListener("pointerleave", (event) => {
      if (event.pointerType === "mouse") this.choose(this.last); // a finger leaves when it is lifted
    });
    this.svg.addEventListener("keydown", (event) => this.key(event));
  }

  /** @param {KeyboardEvent} event */
  key(event) {
    const jump = Math.max(1, Math.round(this.last / 10));
    /** @type {Record<string, number>} */
    const moves = { ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1, PageDown: -jump, PageUp: jump };
    /** @type {Record<string, number>} */
    const ends = { Home: 0, End: this.last };
    const to = ends[event.key] ?? this.index + moves[event.key];
    if (!Number.isInteger(to)) return;
    event.preventDefault();
    this.choose(Math.min(this.last, Math.max(0, to)));
  }

  /**
   * Return the number of the point next to the pointer.
   * @param {PointerEvent} event
   */
  nearest(event) {
    const at = event.clientX - this.svg.getBoundingClientRect().left;
    let [nearest, least] = [this.last, Infinity];
    for (let index = 0; index <= this.last; index++) {
      const distance = Math.abs((this.plot?.layout.x.at(this.options.xs[index]) ?? 0) - at);
      if (distance < least) [nearest, least] = [index, distance];
    }
    return nearest;
  }

  /**
   * Mark a point, and write its values.
   * @param {number} index
   */
  choose(index) {
    this.index = index;
    this.tell();
  }

  tell() {
    const { label, events, quiet } = this.options;
    const parts = this.index < 0 ? [] : this.textAt(this.index);
    this.readout.replaceChildren(...parts.map(({ words, look }) => make("span", look ? { class: look } : {}, words)));
    dress(this.svg, { "aria-label": [label, ...events.map(({ words }) => words)].join(", ") });
    const words = parts.map(({ words }) => words).join(", ");
    const value = { "aria-valuemax": Math.max(0, this.last), "aria-valuenow": Math.max(0, this.index), "aria-valuetext": words };
    if (!quiet) dress(this.svg, value);
    if (this.index >= 0) this.plot?.mark(this.index);
  }

  /**
   * Return what is written of a point: where it is, and the value of each line there.
   * @param {number} index
   * @returns {{ words: string, look?: string }[]}
   */
  textAt(index) {
    const { xs, xName, xNames, series, events, write, writeX } = this.options;
    const where = xNames ? xNames[index] : `${xName} ${writeX(xs[index])}`;
    const values = series.flatMap((one) =>
      one.band ? [] : [{ words: `${one.name ?? ""} ${write(one.values[index])}`.trim(), look: one.look }],
    );
    const there = events.filter(({ x }) => x === xs[index]).map(({ words }) => ({ words }));
    return [{ words: where }, ...values, ...there];
  }

  /** Draw everything, as wide as there is room. */
  draw() {
    const width = this.figure.clientWidth;
    if (width < 50) return;
    this.plot = new Plot(this.svg, width, this.options);
    if (this.index >= 0) this.plot.mark(this.index);
  }
}
