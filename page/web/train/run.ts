/* What is seen of one training: the plane, the network with a unit that is looked into, and the signals. */

import { capital, percent } from "../../../figures/drawing/numbers.js";
import { make } from "../elements";
import type { Page } from "../page";
import { Boundary } from "./boundary";
import { Formula } from "./formula";
import { NetworkPicture } from "./network";
import type { Drawn, Session } from "./session";
import { SignalsTable } from "./signals";

export class RunView {
  readonly plane: HTMLElement | null;
  readonly network: HTMLElement;
  readonly signals: HTMLElement;
  readonly facts = make("p", { className: "train-facts" });
  private readonly boundary: Boundary | null;
  private readonly picture: NetworkPicture;
  private readonly formula: Formula;
  private readonly table: SignalsTable;
  private readonly said = make("p", { className: "error", role: "alert" });
  private at: [number, number] | null = null;

  constructor(
    private readonly page: Page,
    private readonly session: Session,
    private readonly number: number,
    drawn: Drawn,
    readonly name: string,
  ) {
    const t = page.t.bind(page);
    const { described } = drawn;
    const titled = (title: string) => (name ? `${name}: ${title}` : title);
    this.picture = new NetworkPicture(page, described, titled(t("The network")), roomFor(name !== ""), (stage, unit, byKey) => this.look(stage, unit, byKey));
    this.formula = new Formula(page, this.picture);
    this.table = new SignalsTable(page, described.layers.map((layer) => layer.name));
    this.boundary = described.data.is_images ? null : new Boundary(page, described.data, titled(t("Boundary")), (at) => this.choose(at));
    const parameters = t("{count} parameters", { count: described.parameters.toLocaleString("en-US") });
    this.plane = this.boundary && make("section", { className: "panel" }, make("h2", {}, titled(t("What it answers where"))), this.facts, this.said, this.boundary.element);
    const onTop = this.boundary ? [] : [this.facts, this.said];
    this.network = make("section", { className: "panel" }, make("h2", {}, titled(t("The network")), " ", make("span", { className: "small quiet" }, parameters)), ...onTop, make("div", { className: name ? "" : "train-network-body" }, this.picture.element, this.formula.element));
    this.signals = make("section", { className: "panel" }, make("h2", {}, titled(t("Do signals reach every layer?"))), this.table.element);
  }

  /** Show what is new; the words not with every picture while it runs. */
  show(drawn: Drawn, withWords: boolean): void {
    this.boundary?.show(drawn);
    this.picture.show(drawn);
    if (!withWords) return;
    this.table.show(drawn);
    this.showWords(drawn);
    const { unit, unitAsked } = this.session;
    const isOurs = unitAsked.run === this.number && unit !== null;
    this.formula.show(isOurs ? unit : null);
    if (isOurs) this.picture.choose(unit.stage, unit.unit);
  }

  private showWords({ accuracies, seen }: Drawn): void {
    const t = this.page.t.bind(this.page);
    this.facts.replaceChildren(
      ...(accuracies
        ? [
            make("b", {}, percent(accuracies.test_accuracy, 1)),
            make("span", { className: "quiet" }, ` ${t("right in the test")}, `),
            make("b", {}, percent(accuracies.train_accuracy, 1)),
            make("span", { className: "quiet" }, ` ${t("in the training")}`),
          ]
        : []),
    );
    this.said.replaceChildren(...(seen.said ? [stateOf(this.page, seen.state), " ", capital(seen.said.message), ...(seen.said.code ? [make("pre", {}, seen.said.code)] : [])] : []));
  }

  /** Show what an image became on its way through the network. */
  showAnswer(pixels: Float32Array | null, probabilities: number[]): void {
    this.picture.showAnswer(pixels, probabilities);
  }

  private look(stage: number, unit: number, byKey: boolean): void {
    this.picture.choose(stage, unit);
    void this.session.look({ run: this.number, stage, unit, ...(this.at ? { at: this.at } : {}) }).then(() => {
      const { unit: looked } = this.session;
      if (byKey && looked) this.page.status(`${looked.name} = ${looked.formula}`);
    });
  }

  private choose(at: [number, number]): void {
    this.at = at;
    const asked = this.session.unitAsked;
    if (asked.run === this.number) void this.session.look({ ...asked, at });
  }
}

/** Return how wide the picture of a network may be, about: beside another one, beside its formula, or alone. */
function roomFor(isBeside: boolean): number {
  const page = Math.min(innerWidth, 1320);
  if (innerWidth < 900) return page - 72;
  return isBeside ? page / 2 - 96 : 0.56 * page - 60;
}

function stateOf(page: Page, state: string): HTMLElement {
  return make("b", {}, state === "diverged" ? page.t("It diverged.") : page.t("It failed."));
}
