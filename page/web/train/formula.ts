/* A unit that is looked into: its formula with the weights put in, its picture, and its weights as bars. */

import { short } from "../../../figures/drawing/numbers.js";
import { make } from "../elements";
import type { Page } from "../page";
import type { Unit } from "./answers";
import type { NetworkPicture } from "./network";

const MOST_WEIGHTS = 24; // bars

export class Formula {
  readonly element: HTMLElement;
  private readonly name = make("h3");
  private readonly text = make("p", { className: "train-formula code" });
  private readonly value = make("p", { className: "small quiet" });
  private readonly picture = make("canvas", { width: 1, height: 1, role: "img" });
  private readonly weights = make("ul", { className: "train-weights" });
  private readonly rest = make("p", { className: "small quiet" });
  private readonly inside: HTMLElement;
  private readonly invitation: HTMLElement;

  constructor(
    private readonly page: Page,
    private readonly network: NetworkPicture,
  ) {
    this.invitation = make("p", { className: "small quiet" }, page.t("Point at a unit, or go there with Tab and the arrow keys: its formula stands here, with its weights put in."));
    const words = make("div", {}, this.name, this.text, this.value, this.weights, this.rest);
    this.inside = make("div", { className: "train-unit-about", hidden: true }, this.picture, words);
    this.element = make("div", { className: "train-looked" }, this.invitation, this.inside);
  }

  show(unit: Unit | null): void {
    this.invitation.hidden = unit !== null;
    this.inside.hidden = unit === null;
    if (!unit) return;
    const t = this.page.t.bind(this.page);
    this.name.textContent = unit.name;
    this.text.textContent = formulaOf(unit);
    this.network.paintLarge(this.picture, unit.stage, unit.unit);
    this.picture.setAttribute("aria-label", t("What {name} answers", { name: unit.name }));
    this.picture.hidden = this.picture.width <= 1;
    const { value, put_in: putIn } = unit;
    this.value.textContent = value === undefined ? "" : t("At the cross: {formula}", { formula: `${putIn ? `${putIn} ` : ""}= ${short(value)}` });
    this.showWeights(unit);
  }

  private showWeights({ weights }: Unit): void {
    const sorted = weights.length > MOST_WEIGHTS ? [...weights].sort((a, b) => Math.abs(b.value ?? 0) - Math.abs(a.value ?? 0)) : weights;
    const shown = sorted.slice(0, MOST_WEIGHTS);
    const largest = shown.reduce((most, { value }) => Math.max(most, Math.abs(value ?? 0)), 1e-12);
    this.weights.replaceChildren(
      ...shown.map(({ name, value }) => {
        const bar = make("i", { className: (value ?? 0) < 0 ? "below" : "" });
        bar.style.width = `${(50 * Math.abs(value ?? 0)) / largest}%`;
        return make("li", {}, make("span", {}, name), make("span", { className: "train-weight", "aria-hidden": "true" }, bar), make("span", {}, short(value)));
      }),
    );
    this.rest.textContent = sorted.length > shown.length ? this.page.t("The {shown} largest of {all} weights.", { shown: shown.length, all: sorted.length }) : "";
  }
}

/** Return the whole formula: h3 = relu(0.52 x1 + 0.08) */
export function formulaOf({ name, formula }: Unit): string {
  return `${name} = ${formula}`;
}
