/* The sheet that is drawn on, by mouse, finger or pen. */

import { penColour, picture } from "./colours.js";
import { make } from "./elements.js";

/** @import { Ink } from "./ink.js" */

const FINENESS = 560; // pixels of the sheet for the longer side of an image, about

/** @typedef {{ x: number, y: number }} Place  on the sheet, in its pixels */

/**
 * @typedef {object} SheetOptions
 * @property {number} width   of the image that the sheet stands for, in pixels
 * @property {number} height
 * @property {number} pen     its width, as a share of the sheet's height
 * @property {() => void} changed  called whenever there is other ink on the canvas
 * @property {() => void} begun    called when a stroke begins
 */

export class Sheet {
  /**
   * @param {HTMLCanvasElement} canvas
   * @param {SheetOptions} options
   */
  constructor(canvas, options) {
    const { width, height } = options;
    const pixel = Math.ceil(FINENESS / Math.max(width, height));
    this.canvas = canvas;
    this.options = options;
    /** @type {(Place & { id: number }) | null} where the pointer was */
    this.last = null;
    canvas.width = pixel * width;
    canvas.height = pixel * height;
    this.context = contextOfSheet(canvas);
    canvas.addEventListener("pointerdown", (event) => this.begin(event));
    canvas.addEventListener("pointermove", (event) => this.move(event));
    canvas.addEventListener("pointerup", (event) => this.end(event));
    canvas.addEventListener("pointercancel", (event) => this.end(event));
    picture(canvas, () => this.colour());
  }

  /** Wipe everything off. */
  clear() {
    this.context.clearRect(0, 0, this.canvas.width, this.canvas.height);
    this.options.changed();
  }

  /**
   * Wipe everything off, and put an image there, by default filling the sheet.
   * @param {ArrayLike<number>} values  in 0..1
   */
  paint(values, { left = 0, top = 0, width = this.canvas.width, height = this.canvas.height, smooth = false } = {}) {
    const size = { width: this.options.width, height: this.options.height };
    const small = make("canvas", size);
    const image = new ImageData(size.width, size.height);
    for (let at = 0; at < values.length; at++) image.data[4 * at + 3] = Math.round(255 * values[at]);
    small.getContext("2d")?.putImageData(image, 0, 0);
    this.context.clearRect(0, 0, this.canvas.width, this.canvas.height);
    this.context.imageSmoothingEnabled = smooth;
    this.context.imageSmoothingQuality = "high";
    this.context.drawImage(small, left, top, width, height);
    this.colour();
    this.options.changed();
  }

  /**
   * The ink on the sheet.
   * @returns {Ink}
   */
  ink() {
    const { width, height } = this.canvas;
    const { data } = this.context.getImageData(0, 0, width, height);
    const values = new Float64Array(width * height);
    for (let at = 0; at < values.length; at++) values[at] = data[4 * at + 3] / 255;
    return { width, height, values };
  }

  /** Give all ink the colour of ink. */
  colour() {
    this.context.globalCompositeOperation = "source-in";
    this.context.fillStyle = penColour();
    this.context.fillRect(0, 0, this.canvas.width, this.canvas.height);
    this.context.globalCompositeOperation = "source-over";
  }

  /** @param {PointerEvent} event */
  begin(event) {
    if (this.last !== null || event.button !== 0) return;
    event.preventDefault();
    this.canvas.focus({ preventScroll: true });
    this.canvas.setPointerCapture(event.pointerId);
    this.options.begun();
    this.last = { id: event.pointerId, ...this.pointOf(event) };
    this.line(this.last, this.last);
    this.options.changed();
  }

  /** @param {PointerEvent} event */
  move(event) {
    if (this.last === null || event.pointerId !== this.last.id) return;
    for (const part of [...(event.getCoalescedEvents?.() ?? []), event]) {
      const point = this.pointOf(part);
      this.line(this.last, point);
      Object.assign(this.last, point);
    }
    this.options.changed();
  }

  /** @param {PointerEvent} event */
  end(event) {
    if (event.pointerId === this.last?.id) this.last = null;
  }

  /**
   * @param {Place} from
   * @param {Place} to
   */
  line(from, to) {
    this.context.strokeStyle = penColour();
    this.context.lineWidth = this.options.pen * this.canvas.height;
    this.context.lineCap = "round";
    this.context.beginPath();
    this.context.moveTo(from.x, from.y);
    this.context.lineTo(to.x, to.y);
    this.context.stroke();
  }

  /**
   * Where on the sheet an event happened, in the sheet's pixels.
   * @param {PointerEvent} event
   * @returns {Place}
   */
  pointOf(event) {
    const frame = this.canvas.getBoundingClientRect();
    return {
      x: ((event.clientX - frame.left) / frame.width) * this.canvas.width,
      y: ((event.clientY - frame.top) / frame.height) * this.canvas.height,
    };
  }
}

/** @param {HTMLCanvasElement} canvas */
function contextOfSheet(canvas) {
  return /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d", { willReadFrequently: true }));
}
