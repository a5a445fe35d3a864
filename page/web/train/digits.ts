/* Draw a digit, and watch what the networks answer; or pick one that they have not been trained on. */

import { answerBar } from "../../../figures/drawing/bars.js";
import { Sheet } from "../../../figures/drawing/canvas.js";
import { PENS, seen } from "../../../figures/drawing/ink.js";
import { percent } from "../../../figures/drawing/numbers.js";
import { arrange, paintOutput } from "../../../figures/drawing/outputs.js";
import { paintInk } from "../../../figures/drawing/tiles.js";
import { button, make } from "../elements";
import type { Page } from "../page";
import type { Data, Predicted } from "./answers";
import { rowsOf, unpacked } from "./unpacked";

const IMAGE = { width: 8, height: 8, white: 16, making: "blocks" } as const;
const CLASSES = 10;

interface Column {
  best: HTMLElement;
  sure: HTMLElement;
  bars: ReturnType<typeof answerBar>[];
  layers: HTMLElement;
  outputs: Map<string, HTMLCanvasElement>;
}

export class DrawnDigit {
  readonly element: HTMLElement;
  private readonly sheet: Sheet;
  private readonly sees = make("canvas", { className: "pixels", width: 8, height: 8, role: "img" });
  private readonly invitation: HTMLElement;
  private readonly spoken = make("output", { className: "hidden", "aria-live": "polite" });
  private readonly columns: Column[];
  private readonly examples: { pixels: Uint8Array; label: number }[];
  private nextOfLabel = new Map<number, number>();
  private pixels: Float32Array | null = null;
  private asked = false;
  private again = false;
  private byHand = true;

  constructor(
    private readonly page: Page,
    data: Data,
    names: string[],
    private readonly ask: (pixels: number[]) => Promise<Predicted>,
    private readonly answered: (run: number, pixels: Float32Array | null, probabilities: number[]) => void,
  ) {
    const t = page.t.bind(page);
    const labels = unpacked(data.labels!);
    this.examples = rowsOf(data.examples!).map((pixels, number) => ({ pixels: pixels as Uint8Array, label: labels[number]! }));
    const canvas = make("canvas", { tabIndex: 0, role: "img", "aria-label": t("Your drawing. Keys: 0 to 9 pick a digit from the test set, Delete clears.") });
    this.invitation = make("p", { className: "invitation", "aria-hidden": "true" }, t("draw here"));
    this.sees.setAttribute("aria-label", t("What the network sees"));
    this.columns = names.map(() => column());
    this.element = make(
      "div",
      { className: "train-desk" },
      make("div", { className: "train-draw" }, make("div", { className: "canvas-frame" }, canvas, this.invitation), this.picks()),
      make("div", { className: "train-sees" }, make("h3", {}, t("What the network sees")), this.sees, make("p", { className: "small quiet" }, t("8 × 8 pixels: your drawing, made to fill the box, as the digits of the data were."))),
      ...this.columns.map((column, place) => this.answerOf(column, names[place]!)),
      this.spoken,
    );
    this.element.addEventListener("keydown", (event) => this.key(event));
    this.sheet = new Sheet(canvas, { width: 8, height: 8, pen: PENS.blocks, changed: () => this.changed(), begun: () => this.begun() });
    canvas.addEventListener("pointerup", () => this.speak());
    paintInk(this.sees, new Float32Array(64), 8, 8);
  }

  /** Ask again, of networks that have learned since. */
  refresh(): void {
    if (this.pixels) void this.predict();
  }

  private picks(): HTMLElement {
    const t = this.page.t.bind(this.page);
    const digits = Array.from({ length: CLASSES }, (_, label) => button(String(label), () => this.pick(label), { className: "train-pick", "aria-label": t("a {label} from the test set", { label }) }));
    return make("div", { className: "bar", role: "group", "aria-label": t("From the test set") }, button(t("Clear"), () => this.clear()), ...digits);
  }

  private answerOf(column: Column, name: string): HTMLElement {
    const t = this.page.t.bind(this.page);
    const verdict = make("p", { className: "train-verdict", "aria-hidden": "true" }, column.best, column.sure);
    const bars = make("ol", { className: "bars", "aria-label": t("What it answers") }, ...column.bars.map(({ item }) => item));
    return make("div", { className: "train-answers" }, make("h3", {}, name ? t("What {name} answers", { name }) : t("What it answers")), verdict, bars, column.layers);
  }

  private begun(): void {
    if (!this.byHand) {
      this.byHand = true;
      this.sheet.clear();
    }
    this.invitation.hidden = true;
  }

  private changed(): void {
    this.pixels = this.byHand ? seen(this.sheet.ink(), IMAGE) : this.pixels;
    paintInk(this.sees, this.pixels ?? new Float32Array(64), 8, 8);
    if (this.pixels) void this.predict();
    else this.showNothing();
  }

  private showNothing(): void {
    this.columns.forEach((column, run) => {
      for (const bar of column.bars) bar.show(undefined, false, false);
      column.best.textContent = column.sure.textContent = "";
      this.answered(run, this.pixels, []);
    });
  }

  private clear(): void {
    this.byHand = true;
    this.sheet.clear();
    this.invitation.hidden = false;
  }

  private pick(label: number): void {
    const all = this.examples.filter((example) => example.label === label);
    const number = this.nextOfLabel.get(label) ?? 0;
    const example = all[number % all.length];
    if (!example) return;
    this.nextOfLabel.set(label, number + 1);
    this.byHand = false;
    this.invitation.hidden = true;
    this.pixels = Float32Array.from(example.pixels, (byte) => Math.round((16 * byte) / 255) / 16);
    this.sheet.paint(this.pixels);
    this.speak();
  }

  private key(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (/^[0-9]$/.test(event.key)) this.pick(Number(event.key));
    else if (event.key === "Delete" || event.key === "Escape") this.clear();
    else return;
    event.preventDefault();
  }

  /** Ask the networks; while they answer, only the newest drawing waits. */
  private async predict(): Promise<void> {
    this.again = this.asked;
    if (this.asked) return;
    this.asked = true;
    try {
      do {
        this.again = false;
        const { runs } = await this.ask([...this.pixels!]);
        if (!this.pixels) break;
        runs.forEach((run, place) => {
          this.showAnswer(this.columns[place]!, run);
          this.answered(place, this.pixels, run.probabilities);
        });
      } while (this.again && this.pixels);
    } catch {
      this.showNothing(); // the training says what is wrong
    } finally {
      this.asked = false;
    }
  }

  private showAnswer(column: Column, { probabilities, layers }: Predicted["runs"][number]): void {
    const best = probabilities.indexOf(Math.max(...probabilities));
    column.bars.forEach((bar, label) => bar.show(probabilities[label], label === best, false));
    column.best.textContent = String(best);
    column.sure.textContent = percent(probabilities[best] ?? 0, 1);
    for (const { name, values } of layers) {
      let canvas = column.outputs.get(name);
      if (!canvas) {
        canvas = make("canvas", { className: "pixels", role: "img", "aria-label": this.page.t("Output of {layer}", { layer: name }) });
        column.outputs.set(name, canvas);
        column.layers.append(make("li", {}, make("span", { className: "small" }, name), canvas));
      }
      const numbers = unpacked(values) as Float32Array;
      const arrangement = arrange([numbers.length]);
      canvas.style.width = `${arrangement.shown}px`;
      paintOutput(canvas, numbers, arrangement);
    }
  }

  private speak(): void {
    const said = this.columns.map(({ best, sure }) => `${best.textContent}, ${sure.textContent}`);
    this.spoken.textContent = said.join("; ");
  }
}

function column(): Column {
  return {
    best: make("span", { className: "best" }),
    sure: make("span", { className: "quiet" }),
    bars: Array.from({ length: CLASSES }, (_, label) => answerBar(String(label))),
    layers: make("ol", { className: "train-layers" }),
    outputs: new Map(),
  };
}
