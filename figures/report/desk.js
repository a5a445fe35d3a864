/* The desk: a sheet to draw on, what the network sees of it, what passes through its layers, and what it answers. */

import { FEW_BARS, MOST_BARS, answerBar, shownClasses } from "../drawing/bars.js";
import { Sheet } from "../drawing/canvas.js";
import { MASS_BOX, PENS, seen } from "../drawing/ink.js";
import { capital, count, percent, withArticle } from "../drawing/numbers.js";
import { layerRows } from "../drawing/outputs.js";
import { paintInk } from "../drawing/tiles.js";
import { ABOUT_LAYERS } from "./activations.js";
import { CLASSES, HEIGHT, REPORT, THING, WIDTH, nameOf, sampleAt } from "./data.js";
import { byId, show } from "./parts.js";
import { thumbnail } from "./thumbnails.js";
import { predict } from "./trained.js";

export class Desk {
  constructor() {
    this.shown = null; // the place of the test sample on the sheet, as long as nobody has drawn on it
    this.invites = true; // to draw, as long as nobody has done anything
    this.nextOfClass = new Map();
    this.waiting = false;
    this.sheet = new Sheet(byId("canvas"), {
      width: WIDTH,
      height: HEIGHT,
      pen: PENS[REPORT.image.making],
      changed: () => this.soon(),
      begun: () => this.strokeBegins(),
    });
    this.steps = predict(new Float32Array(HEIGHT * WIDTH)).steps;
    this.rows = layerRows(this.steps, ABOUT_LAYERS);
    byId("layers").append(...this.rows.items);
    this.bars = Array.from({ length: CLASSES }, (_, label) => answerBar(nameOf(label)));
    if (CLASSES > MOST_BARS) byId("answer-note").textContent = `The ${FEW_BARS} most probable of ${CLASSES} classes. `;
    byId("making").textContent = howItIsMade();
    byId("clear").addEventListener("click", () => this.clear());
    byId("draw").addEventListener("keydown", (event) => this.key(event));
    byId("canvas").addEventListener("pointerup", () => this.speak());
    byId("examples").append(...classesWithExamples().map((label) => this.exampleButton(label)));
  }

  /** Put a test sample on the sheet. */
  pick(place, { invites = false } = {}) {
    this.shown = place;
    this.invites = invites;
    this.sheet.paint(sampleAt(place).values);
    this.update();
    this.speak();
  }

  /** Put the next test sample of a class on the sheet. */
  pickClass(label) {
    const places = examplesOf(label);
    if (places.length === 0) return;
    const turn = this.nextOfClass.get(label) ?? 0;
    this.nextOfClass.set(label, turn + 1);
    this.pick(places[turn % places.length]);
  }

  clear() {
    this.shown = null;
    this.invites = false;
    this.sheet.clear();
    this.update();
    this.speak();
  }

  /** A test sample makes room for the first stroke. */
  strokeBegins() {
    if (this.shown !== null) this.sheet.clear();
    this.invites = false;
    this.shown = null;
  }

  key(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (["Delete", "Backspace", "Escape"].includes(event.key)) this.clear();
    else if (/^[0-9]$/.test(event.key)) this.pickClass(Number(event.key));
    else return;
    event.preventDefault();
  }

  /** Update before the browser paints next, once for all that happened until then. */
  soon() {
    if (this.waiting) return;
    this.waiting = true;
    requestAnimationFrame(() => this.update());
  }

  update() {
    this.waiting = false;
    const input = this.shown === null ? seen(this.sheet.ink(), REPORT.image) : sampleAt(this.shown).values;
    const image = input ?? new Float32Array(HEIGHT * WIDTH);
    const { steps, probabilities } = predict(image);
    paintInk(byId("sees"), image, WIDTH, HEIGHT);
    this.rows.update(steps);
    this.answer(input === null ? null : probabilities);
  }

  answer(probabilities) {
    const best = probabilities && probabilities.indexOf(Math.max(...probabilities));
    const sample = this.shown === null ? null : sampleAt(this.shown);
    this.bars.forEach((bar, label) => bar.show(probabilities?.[label], label === best, label === sample?.label));
    byId("bars").replaceChildren(...shownClasses(CLASSES, probabilities, sample?.label).map((label) => this.bars[label].item));
    byId("best").textContent = probabilities ? (best < 0 ? "?" : nameOf(best)) : "";
    byId("sure").textContent = probabilities ? percent(probabilities[best], 1) : "Draw something.";
    byId("origin").textContent = sample ? `Test ${THING} ${count(sample.number)}, ${withArticle(nameOf(sample.label))}` : "";
    show("invitation", this.invites);
    byId("underlined").style.visibility = sample ? "visible" : "hidden";
  }

  /** Tell screen readers the answer, when something is finished. */
  speak() {
    requestAnimationFrame(() => {
      const best = byId("best").textContent;
      const origin = byId("origin").textContent;
      const said = best === "" ? "The drawing is empty." : `The network answers ${best}, ${byId("sure").textContent}.`;
      byId("spoken").textContent = [origin, said].filter(Boolean).join(". ");
    });
  }

  exampleButton(label) {
    const button = thumbnail(examplesOf(label)[0], () => this.pickClass(label), nameOf(label));
    button.setAttribute("aria-label", `${capital(withArticle(nameOf(label)))} from the test set; again: the next one`);
    button.title = "";
    return button;
  }
}

/** Return the places of test samples of a class. */
function examplesOf(label) {
  return REPORT.samples.examples.filter((place) => REPORT.samples.label[place] === label);
}

function classesWithExamples() {
  return Array.from({ length: CLASSES }, (_, label) => label).filter((label) => examplesOf(label).length > 0);
}

/** Say how a drawing becomes what the network sees. */
function howItIsMade() {
  const size = `${HEIGHT} × ${WIDTH}`;
  const box = Math.round(MASS_BOX * Math.min(WIDTH, HEIGHT));
  return REPORT.image.making === "blocks"
    ? `${size} pixels. Your drawing, in black and white, is scaled to fill a box, and its ink is counted in blocks of 4 × 4.`
    : `${size} pixels. Your drawing is made to fit into ${box} × ${box}, and its centre of mass put in the middle.`;
}
