"use strict";

/* The sheet that is drawn on, by mouse, finger or pen. */

const FINENESS = 560; // pixels of the sheet for the longer side of an image, about
const PEN = { mass: 1 / 13, blocks: 1 / 7 }; // its width, as a share of the sheet's height

class Sheet {
  /** changed() is called whenever there is other ink on the canvas; begun() when a stroke begins. */
  constructor(canvas, { changed, begun }) {
    const pixel = Math.ceil(FINENESS / Math.max(WIDTH, HEIGHT));
    this.canvas = canvas;
    this.changed = changed;
    this.begun = begun;
    this.last = null;
    canvas.width = pixel * WIDTH;
    canvas.height = pixel * HEIGHT;
    this.context = canvas.getContext("2d", { willReadFrequently: true });
    canvas.addEventListener("pointerdown", (event) => this.begin(event));
    canvas.addEventListener("pointermove", (event) => this.move(event));
    for (const end of ["pointerup", "pointercancel"]) canvas.addEventListener(end, (event) => this.end(event));
    picture(canvas, () => this.colour());
  }

  /** Wipe everything off. */
  clear() {
    this.context.clearRect(0, 0, this.canvas.width, this.canvas.height);
    this.changed();
  }

  /** Wipe everything off, and put an image there, by default filling the sheet. */
  paint(values, { left = 0, top = 0, width = this.canvas.width, height = this.canvas.height, smooth = false } = {}) {
    const small = make("canvas", { width: WIDTH, height: HEIGHT });
    const image = new ImageData(WIDTH, HEIGHT);
    values.forEach((value, at) => (image.data[4 * at + 3] = Math.round(255 * value)));
    small.getContext("2d").putImageData(image, 0, 0);
    this.context.clearRect(0, 0, this.canvas.width, this.canvas.height);
    this.context.imageSmoothingEnabled = smooth;
    this.context.imageSmoothingQuality = "high";
    this.context.drawImage(small, left, top, width, height);
    this.colour();
    this.changed();
  }

  /** The ink on the sheet. */
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
    this.context.fillStyle = colours.pen;
    this.context.fillRect(0, 0, this.canvas.width, this.canvas.height);
    this.context.globalCompositeOperation = "source-over";
  }

  begin(event) {
    if (this.last !== null || event.button !== 0) return;
    event.preventDefault();
    this.canvas.focus({ preventScroll: true });
    this.canvas.setPointerCapture(event.pointerId);
    this.begun();
    this.last = { id: event.pointerId, ...this.pointOf(event) };
    this.line(this.last, this.last);
    this.changed();
  }

  move(event) {
    if (event.pointerId !== this.last?.id) return;
    for (const part of event.getCoalescedEvents?.() ?? []) this.lineTo(this.pointOf(part));
    this.lineTo(this.pointOf(event));
    this.changed();
  }

  end(event) {
    if (event.pointerId === this.last?.id) this.last = null;
  }

  lineTo(point) {
    this.line(this.last, point);
    Object.assign(this.last, point);
  }

  line(from, to) {
    this.context.strokeStyle = colours.pen;
    this.context.lineWidth = PEN[REPORT.image.making] * this.canvas.height;
    this.context.lineCap = "round";
    this.context.beginPath();
    this.context.moveTo(from.x, from.y);
    this.context.lineTo(to.x, to.y);
    this.context.stroke();
  }

  /** Where on the sheet an event happened, in the sheet's pixels. */
  pointOf(event) {
    const frame = this.canvas.getBoundingClientRect();
    return {
      x: ((event.clientX - frame.left) / frame.width) * this.canvas.width,
      y: ((event.clientY - frame.top) / frame.height) * this.canvas.height,
    };
  }
}
