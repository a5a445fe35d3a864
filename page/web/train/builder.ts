/* The settings of a network: its layers, how the weights start, and how it learns. */

import { button, make } from "../elements";
import type { Page } from "../page";
import { N_ } from "../words";
import type { OwnLayer } from "./answers";
import { ACTIVATIONS, INITIALIZATIONS, MOST_LAYERS, OPTIMIZERS, OWN, RATES, type RunSettings } from "./settings";

const OURS: Record<string, string> = { affine: "Affine", batch_norm: "BatchNormalization", dropout: "Dropout", loss: "SoftmaxWithLoss" };
const YOURS = N_("yours");

export class Builder {
  readonly element = make("div", { className: "train-builder" });

  /** changed() is called when a setting is another one. */
  constructor(
    private readonly page: Page,
    readonly run: RunSettings,
    private readonly name: string,
    private own: OwnLayer[],
    private readonly changed: () => void,
  ) {
    this.show();
  }

  /** Offer other layers of the student's. */
  offer(own: OwnLayer[]): void {
    this.own = own;
    this.show();
  }

  /** Mark the setting that something is wrong with; none where nothing is. */
  mark(about: string): void {
    for (const element of this.element.querySelectorAll<HTMLElement>("[data-about]")) {
      const isWrong = element.dataset.about === about;
      element.classList.toggle("wrong", isWrong);
      if (isWrong) element.setAttribute("aria-invalid", "true");
      else element.removeAttribute("aria-invalid");
    }
  }

  /** Mark the settings in which this network differs from the other one. */
  markDifferences(names: (keyof RunSettings)[]): void {
    for (const element of this.element.querySelectorAll<HTMLElement>("[data-setting]")) {
      element.classList.toggle("differs", names.includes(element.dataset.setting as keyof RunSettings));
    }
  }

  private show(): void {
    const focused = (document.activeElement as HTMLElement | null)?.id;
    const t = this.page.t.bind(this.page);
    const { run } = this;
    this.element.replaceChildren(
      ...(this.name ? [make("h3", { className: "train-run-name" }, this.name)] : []),
      this.layers(),
      make(
        "div",
        { className: "train-fields" },
        this.select("initialization", t("Weights start"), INITIALIZATIONS, run.initialization, (value) => (run.initialization = value)),
        this.select("optimizer", t("Optimizer"), OPTIMIZERS, run.optimizer, (value) => this.chooseOptimizer(value)),
        this.input("lr", t("Learning rate"), run.lr, (value) => (run.lr = value)),
        this.input("batch_size", t("Batch size"), run.batchSize, (value) => (run.batchSize = value), "batchSize"),
        this.input("dropout", t("Dropout"), run.dropout, (value) => (run.dropout = value)),
        this.input("seed", t("Seed"), run.seed, (value) => (run.seed = value)),
        this.checkbox(t("Batch normalization"), run.batchNorm, (value) => (run.batchNorm = value)),
        ...this.rolesOfOwn(),
      ),
    );
    if (focused) document.getElementById(focused)?.focus();
  }

  private layers(): HTMLElement {
    const t = this.page.t.bind(this.page);
    const { hidden } = this.run;
    const rows = hidden.map((layer, place) => {
      const number = place + 1;
      const units = make("input", {
        type: "text",
        inputMode: "numeric",
        id: this.id(`units${place}`),
        className: "train-number",
        value: String(layer.units),
        "data-about": `units${place}`,
        "aria-label": t("Units of layer {number}", { number }),
        onchange: (event: Event) => this.set(() => (layer.units = numberOf(event))),
      });
      const activation = this.activationOf(place);
      const remove = button("×", () => this.remove(place), { className: "train-remove", id: this.id(`remove${place}`), "aria-label": t("Remove layer {number}", { number }) });
      return make("li", {}, make("span", { className: "small quiet" }, String(number)), units, activation, remove);
    });
    const add = button(t("Add a layer"), () => this.add(), { id: this.id("add"), disabled: hidden.length >= MOST_LAYERS });
    const list = make("ol", { className: "train-hidden", "aria-label": t("Hidden layers: units and activation") }, ...rows);
    return make("div", { "data-setting": "hidden" }, make("p", { className: "small train-label" }, hidden.length > 0 ? t("Hidden layers: units and activation") : t("No hidden layer: what it draws are straight lines")), list, add);
  }

  private activationOf(place: number): HTMLSelectElement {
    const t = this.page.t.bind(this.page);
    const layer = this.run.hidden[place]!;
    const own = this.own.filter(({ role }) => role === "activation").map(({ name }) => `${OWN}${name}`);
    const gone = layer.activation.startsWith(OWN) && !own.includes(layer.activation) ? [layer.activation] : [];
    const option = (value: string, title: string) => make("option", { value, selected: value === layer.activation }, title);
    const yours = [...own, ...gone].map((value) => option(value, value.slice(OWN.length)));
    return make(
      "select",
      {
        id: this.id(`activation${place}`),
        "data-about": "activation",
        "aria-label": t("Activation of layer {number}", { number: place + 1 }),
        onchange: (event: Event) => this.set(() => (layer.activation = (event.target as HTMLSelectElement).value)),
      },
      ...Object.entries(ACTIVATIONS).map(([value, title]) => option(value, t(title))),
      yours.length > 0 ? make("optgroup", { label: t(YOURS) }, ...yours) : null,
    );
  }

  private rolesOfOwn(): HTMLElement[] {
    const t = this.page.t.bind(this.page);
    return Object.entries(OURS).flatMap(([role, ours]) => {
      const names = this.own.filter((layer) => layer.role === role).map(({ name }) => name);
      const chosen = this.run.own[role] ?? "";
      if (names.length === 0 && !chosen) return [];
      const choices = Object.fromEntries([["", t("{layer}: ours", { layer: ours })], ...[...new Set([...names, ...(chosen ? [chosen] : [])])].map((name) => [name, t("{layer}: yours", { layer: name })])]);
      return [this.select("own", t("In place of {layer}", { layer: ours }), choices, chosen, (value) => (this.run.own = { ...this.run.own, [role]: value }), role)];
    });
  }

  private select(about: string, title: string, choices: Record<string, string>, chosen: string, take: (value: string) => void, key = about): HTMLElement {
    const id = this.id(key);
    const options = Object.entries(choices).map(([value, name]) => make("option", { value, selected: value === chosen }, this.page.t(name)));
    const onchange = (event: Event) => this.set(() => take((event.target as HTMLSelectElement).value));
    return field(about, title, id, make("select", { id, onchange, "data-about": about }, ...options));
  }

  private input(about: string, title: string, value: number | string, take: (value: number | string) => void, setting = about): HTMLElement {
    const id = this.id(about);
    const onchange = (event: Event) => this.set(() => take(numberOf(event)));
    return field(setting, title, id, make("input", { type: "text", inputMode: "decimal", id, className: "train-number", value: String(value), onchange, "data-about": about }));
  }

  private checkbox(title: string, checked: boolean, take: (value: boolean) => void): HTMLElement {
    const id = this.id("batch_norm");
    const onchange = (event: Event) => this.set(() => take((event.target as HTMLInputElement).checked));
    return make("label", { className: "train-check", htmlFor: id, "data-setting": "batchNorm" }, make("input", { type: "checkbox", id, checked, onchange }), " ", title);
  }

  private chooseOptimizer(name: string): void {
    const { run } = this;
    if (Number(run.lr) === RATES[run.optimizer]) run.lr = RATES[name]!;
    run.optimizer = name;
    queueMicrotask(() => this.show());
  }

  private add(): void {
    const last = this.run.hidden.at(-1) ?? { units: 8, activation: "relu" };
    this.set(() => this.run.hidden.push({ ...last }));
    this.show();
    document.getElementById(this.id("add"))?.focus();
  }

  private remove(place: number): void {
    this.set(() => this.run.hidden.splice(place, 1));
    this.show();
    document.getElementById(this.id(this.run.hidden.length > 0 ? `remove${Math.min(place, this.run.hidden.length - 1)}` : "add"))?.focus();
  }

  private set(change: () => void): void {
    change();
    this.changed();
  }

  private id(name: string): string {
    return `train-${this.name || "A"}-${name}`;
  }
}

export function field(setting: string, title: string, id: string, control: HTMLElement): HTMLElement {
  return make("div", { className: "train-field", "data-setting": setting }, make("label", { htmlFor: id, className: "small train-label" }, title), control);
}

/** Return what was typed as a number where it is one; else as it is, of which Python says what is wrong. */
export function numberOf(event: Event): number | string {
  const text = (event.target as HTMLInputElement).value.trim().replace(",", ".");
  const number = Number(text);
  return text !== "" && Number.isFinite(number) ? number : text || "NaN";
}
