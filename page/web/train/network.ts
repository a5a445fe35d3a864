/* The network: each unit a small picture of what it answers over the plane, joined by lines as thick as the weights.

   Under the cursor, or where the focus is, stands a unit's formula (formula.ts). */

import { picture } from "../../../figures/drawing/colours.js";
import { makeSvg, scrollable } from "../../../figures/drawing/elements.js";
import { paintInk } from "../../../figures/drawing/tiles.js";
import { make } from "../elements";
import type { Page } from "../page";
import type { Described, Maps } from "./answers";
import { type Layout, layoutOf, nextPlace, type Place } from "./layout";
import { paintShare, paintSigned, ramp } from "./pictures";
import type { Drawn } from "./session";
import { rowsOf, signed, unpacked } from "./unpacked";

const MOST_INPUTS = 2; // that are drawn; the pixels of an image are one picture
const THICKEST = 5; // pixels, of a line

interface Tile {
  place: Place;
  canvas: HTMLCanvasElement;
  button: HTMLButtonElement;
  values: Float32Array;
}

export class NetworkPicture {
  readonly element: HTMLElement;
  private readonly layout: Layout;
  private readonly tiles = new Map<string, Tile>();
  private readonly lines: { line: SVGLineElement; stage: number; from: number; to: number }[] = [];
  private readonly inputs: number;
  private chosenTile: Tile | null = null;
  private shares: { values: Float32Array; side: number } | null = null;

  /** As wide as there is room, in pixels. looked(stage, unit) is called when a unit is pointed at, or has the focus. */
  constructor(
    private readonly page: Page,
    private readonly described: Described,
    label: string,
    room: number,
    private readonly looked: (stage: number, unit: number, byKey: boolean) => void,
  ) {
    const { data, stages } = described;
    this.inputs = Math.min(data.features, MOST_INPUTS) === data.features ? data.features : 1;
    this.layout = layoutOf([this.inputs, ...stages.map(({ units }) => units)], room);
    const { width, height } = this.layout;
    const svg = makeSvg("svg", { width, height, viewBox: `0 0 ${width} ${height}`, "aria-hidden": "true" });
    const field = make("div", { className: "train-network-field", role: "group", "aria-label": label }, svg);
    field.style.width = `${width}px`;
    field.style.height = `${height}px`;
    this.drawLines(svg);
    for (const place of this.layout.places) field.append(this.tile(place));
    field.addEventListener("keydown", (event) => this.key(event));
    const scroll = make("div", { className: "train-scroll" }, this.heads(), field);
    scrollable(scroll, label);
    this.element = scroll;
    this.makeReachable();
  }

  show({ seen }: Drawn): void {
    if (seen.boundary) {
      this.shares = { values: Float32Array.from(unpacked(seen.boundary.shares), (byte) => byte / 255), side: seen.boundary.side };
      seen.boundary.maps?.forEach((maps, stage) => this.showMaps(stage, maps));
      this.showScores();
    }
    seen.maps?.forEach((maps, stage) => this.showMaps(stage, maps));
    if (seen.weights) this.showWeights(seen.weights.map((packed) => packed && { values: unpacked(packed), units: packed.shape[1]! }));
  }

  /** Paint what a unit answers, large. */
  paintLarge(canvas: HTMLCanvasElement, stage: number, unit: number): void {
    const tile = this.tiles.get(keyOf(stage, unit));
    if (!tile) return;
    const { stages, data } = this.described;
    picture(canvas, () => {
      if (stage === stages.length - 1 && this.shares) paintShare(canvas, this.shares, unit, data.classes);
      else this.paint(canvas, tile.values, stage);
    });
  }

  /** Show the image that the network sees, and how probable it finds each class. */
  showAnswer(pixels: Float32Array | null, probabilities: number[]): void {
    const input = this.tiles.get(keyOf(-1, 0));
    if (input) paintInk(input.canvas, pixels ?? new Float32Array(64), 8, 8);
    input?.canvas.classList.add("pixels");
    const last = this.described.stages.length - 1;
    for (let label = 0; label < this.described.data.classes; label++) {
      const score = this.tiles.get(keyOf(last, label));
      if (score) picture(score.canvas, () => paintSigned(score.canvas, [probabilities[label] ?? 0], 1, 1));
    }
  }

  /** Mark the unit that is looked into. */
  choose(stage: number, unit: number): void {
    this.chosenTile?.button.classList.remove("chosen");
    const tile = this.tiles.get(keyOf(stage, unit)) ?? null;
    tile?.button.classList.add("chosen");
    this.chosenTile = tile;
    for (const { line, ...ends } of this.lines) line.classList.toggle("of-chosen", ends.stage === stage && ends.to === unit);
  }

  private heads(): HTMLElement {
    const { stages, data } = this.described;
    const t = this.page.t.bind(this.page);
    const more = this.layout.hidden.map((count, stage) => (count > 0 ? t("layer {layer}: {shown} of {all} units", { layer: stage + 1, shown: stages[stage]!.units - count, all: stages[stage]!.units }) : ""));
    const words = [data.is_images ? t("image") : t("inputs"), ...stages.slice(0, -1).map((stage) => stage.layers.map(withoutNumber).join(" → ")), t("scores")];
    const path = make("p", { className: "small quiet train-path" }, [words.join(" · "), ...more.filter(Boolean)].join("; "));
    const about = data.is_images
      ? t("A unit of the first layer is shown by its weights, one for each pixel; one behind it by how it answers to the digits 0 to 9.")
      : t("The thicker a line, the larger the weight.");
    const [above, below] = [make("span", { className: "train-key" }, t("above 0")), make("span", { className: "train-key below" }, t("below 0"))];
    return make("div", {}, path, make("p", { className: "small quiet train-path" }, above, " ", below, " ", about));
  }

  private tile(place: Place): HTMLElement {
    const { stage, unit, side } = place;
    const canvas = make("canvas", { width: 1, height: 1, "aria-hidden": "true" });
    const button = make("button", { type: "button", className: "train-unit", tabIndex: -1, "aria-label": this.nameOf(stage, unit) }, canvas);
    Object.assign(button.style, { left: `${place.x}px`, top: `${place.y}px`, width: `${side}px`, height: `${side}px` });
    const tile: Tile = { place, canvas, button, values: new Float32Array() };
    this.tiles.set(keyOf(stage, unit), tile);
    if (stage < 0) {
      button.disabled = true;
      if (!this.described.data.is_images) {
        tile.values = ramp(unit);
        picture(canvas, () => this.paint(canvas, tile.values, stage));
        button.append(make("span", { className: "train-unit-name" }, `x${unit + 1}`));
      }
      return button;
    }
    if (stage === this.described.stages.length - 1) button.append(make("span", { className: "train-unit-name" }, String(unit)));
    button.addEventListener("pointerenter", () => this.looked(stage, unit, false));
    button.addEventListener("click", () => this.looked(stage, unit, false));
    button.addEventListener("focus", () => {
      this.reach(tile);
      this.looked(stage, unit, button.matches(":focus-visible"));
    });
    return button;
  }

  private nameOf(stage: number, unit: number): string {
    const t = this.page.t.bind(this.page);
    const { stages } = this.described;
    if (stage < 0) return t("input {name}", { name: `x${unit + 1}` });
    if (stage === stages.length - 1) return t("score of class {label}", { label: unit });
    return t("unit {unit} of layer {layer}", { unit: unit + 1, layer: stage + 1 });
  }

  private drawLines(svg: SVGSVGElement): void {
    const at = new Map(this.layout.places.map((place) => [keyOf(place.stage, place.unit), place]));
    this.layout.hasLines.forEach((has, stage) => {
      if (!has) return;
      const to = this.layout.places.filter((place) => place.stage === stage);
      const from = this.layout.places.filter((place) => place.stage === stage - 1);
      for (const end of to) {
        for (const start of from) {
          const [a, b] = [at.get(keyOf(start.stage, start.unit))!, end];
          const line = makeSvg("line", { x1: a.x + a.side, y1: a.y + a.side / 2, x2: b.x, y2: b.y + b.side / 2, class: "train-line" });
          this.lines.push({ line, stage, from: start.unit, to: end.unit });
          svg.append(line);
        }
      }
    });
  }

  private showMaps(stage: number, maps: Maps): void {
    rowsOf(maps.pictures).forEach((bytes, unit) => {
      const tile = this.tiles.get(keyOf(stage, unit));
      if (!tile) return;
      tile.values = signed(bytes);
      picture(tile.canvas, () => this.paint(tile.canvas, tile.values, stage));
    });
  }

  private paint(canvas: HTMLCanvasElement, values: Float32Array, stage: number): void {
    const isClasses = values.length === this.described.data.classes && this.described.data.is_images;
    const width = isClasses ? values.length : Math.max(1, Math.round(Math.sqrt(values.length)));
    const height = isClasses ? 1 : width;
    if (values.length === 0 || width * height !== values.length) return;
    canvas.classList.toggle("pixels", this.described.data.is_images);
    paintSigned(canvas, values, width, height);
  }

  /** Paint each score as its class's share of the plane. */
  private showScores(): void {
    const last = this.described.stages.length - 1;
    for (let label = 0; label < this.described.data.classes; label++) {
      const tile = this.tiles.get(keyOf(last, label));
      if (tile) picture(tile.canvas, () => paintShare(tile.canvas, this.shares!, label, this.described.data.classes));
    }
  }

  private showWeights(weights: ({ values: ArrayLike<number>; units: number } | null)[]): void {
    const largest = weights.map((W) => (W ? Array.from(W.values).reduce((most, value) => Math.max(most, Math.abs(value) || 0), 1e-12) : 1));
    for (const { line, stage, from, to } of this.lines) {
      const W = weights[stage];
      const value = W ? (W.values[from * W.units + to] ?? 0) : 0;
      const share = Math.abs(value) / largest[stage]! || 0;
      line.setAttribute("stroke-width", (0.4 + THICKEST * share).toFixed(2));
      line.setAttribute("opacity", (0.15 + 0.85 * share).toFixed(2));
      line.classList.toggle("below", value < 0);
    }
  }

  private key(event: KeyboardEvent): void {
    const here = [...this.tiles.values()].find(({ button }) => button === document.activeElement);
    const next = here && nextPlace(this.layout.places, here.place, event.key);
    if (!next) return;
    event.preventDefault();
    this.tiles.get(keyOf(next.stage, next.unit))?.button.focus();
  }

  /** Let Tab come to one of the units. */
  private makeReachable(): void {
    const first = [...this.tiles.values()].find(({ place }) => place.stage >= 0);
    if (first) this.reach(first);
  }

  private reach(tile: Tile): void {
    for (const { button } of this.tiles.values()) button.tabIndex = -1;
    tile.button.tabIndex = 0;
  }
}

function keyOf(stage: number, unit: number): string {
  return `${stage},${unit}`;
}

function withoutNumber(name: string): string {
  return name.replace(/\d+$/, "");
}
