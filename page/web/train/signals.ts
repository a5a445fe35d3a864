/* Activations and gradients, layer by layer: how they are distributed, and on a logarithmic scale how large they are. */

import { makeSvg } from "../../../figures/drawing/elements.js";
import { short } from "../../../figures/drawing/numbers.js";
import { make } from "../elements";
import type { Page } from "../page";
import type { Layer } from "./answers";
import { decadesOf, lengthOf, spreadOf } from "./scale";
import type { Drawn } from "./session";

const KINDS = ["activation", "gradient"] as const;
type Kind = (typeof KINDS)[number];

interface Cell {
  wide: SVGRectElement;
  half: SVGRectElement;
  median: SVGLineElement;
  bar: HTMLElement;
  value: HTMLElement;
}

export class SignalsTable {
  readonly element: HTMLElement;
  private readonly cells: Record<Kind, Cell>[];
  private readonly words = make("ul", { className: "train-words" });
  private readonly scales: Record<Kind, HTMLElement> = { activation: make("span"), gradient: make("span") };

  constructor(
    private readonly page: Page,
    names: string[],
  ) {
    const t = page.t.bind(page);
    const rows = names.map((name) => {
      const cells = { activation: cell(), gradient: cell() };
      const all = KINDS.map((kind) => make("td", {}, cells[kind].element));
      return { cells, row: make("tr", {}, make("th", { scope: "row" }, name), ...all) };
    });
    this.cells = rows.map(({ cells }) => cells);
    const head = make(
      "tr",
      {},
      make("th", { scope: "col" }, t("layer")),
      make("th", { scope: "col" }, t("activations"), " ", this.scales.activation),
      make("th", { scope: "col" }, t("gradients"), " ", this.scales.gradient),
    );
    const table = make("table", { className: "train-signals" }, make("thead", {}, head), make("tbody", {}, ...rows.map(({ row }) => row)));
    const key = make("p", { className: "small quiet" }, t("Above: how the values are distributed: half of them dark, 90 % pale, the median as a line. Below: how large they are, in powers of ten."));
    this.element = make("div", {}, this.words, table, key);
  }

  show({ signals }: Drawn): void {
    if (!signals) return;
    for (const kind of KINDS) {
      const decades = decadesOf(signals.layers.map((layer) => layer[`${kind}_std`]));
      this.scales[kind].textContent = `10${raised(decades[0])} … 10${raised(decades[1])}`;
      signals.layers.forEach((layer, place) => showCell(this.cells[place]?.[kind], layer, kind, decades));
    }
    const words = signals.words.map(({ text }) => make("li", {}, withPowers(text)));
    this.words.replaceChildren(...(words.length > 0 ? words : [make("li", { className: "well" }, this.page.t("Signals and gradients reach every layer."))]));
  }
}

function cell(): Cell & { element: HTMLElement } {
  const wide = makeSvg("rect", { class: "wide", y: 2, height: 8 });
  const half = makeSvg("rect", { class: "half", y: 2, height: 8 });
  const median = makeSvg("line", { y1: 0, y2: 12 });
  const zero = makeSvg("line", { class: "zero", x1: 0, x2: 0, y1: 0, y2: 12 });
  const svg = makeSvg("svg", { viewBox: "-1 0 2 12", preserveAspectRatio: "none", "aria-hidden": "true" }, zero, wide, half, median);
  const bar = make("i");
  const value = make("span", { className: "value" });
  const element = make("div", { className: "train-signal" }, svg, make("span", { className: "train-size", "aria-hidden": "true" }, bar), value);
  return { wide, half, median, bar, value, element };
}

function showCell(cell: Cell | undefined, layer: Layer, kind: Kind, decades: [number, number]): void {
  if (!cell) return;
  const std = layer[`${kind}_std`];
  const [lowest = 0, low = 0, median = 0, high = 0, highest = 0] = spreadOf(layer[kind]);
  for (const [rect, from, to] of [
    [cell.wide, lowest, highest],
    [cell.half, low, high],
  ] as const) {
    rect.setAttribute("x", String(from));
    rect.setAttribute("width", String(Math.max(0, to - from)));
  }
  cell.median.setAttribute("x1", String(median));
  cell.median.setAttribute("x2", String(median));
  cell.bar.style.width = `${100 * lengthOf(std, decades)}%`;
  cell.value.textContent = short(std);
}

const RAISED: Record<string, string> = { "-": "⁻", 0: "⁰", 1: "¹", 2: "²", 3: "³", 4: "⁴", 5: "⁵", 6: "⁶", 7: "⁷", 8: "⁸", 9: "⁹" };

/** -12 as it is raised. */
export function raised(power: number): string {
  return [...String(power)].map((letter) => RAISED[letter] ?? letter).join("");
}

/** Raise the powers in a sentence of Python's: 10^6. */
export function withPowers(text: string): string {
  return text.replace(/\^(-?\d+)/g, (_, power: string) => raised(Number(power)));
}
