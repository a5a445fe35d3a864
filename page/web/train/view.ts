/* The part Train: choose data and a network, watch it learn, find out what is wrong, draw for it, take it along. */

import { percent } from "../../../figures/drawing/numbers.js";
import { button, make } from "../elements";
import type { Page, View, Wishes } from "../page";
import type { Exported, Predicted } from "./answers";
import { Builder } from "./builder";
import { Controls } from "./controls";
import { Curves } from "./curves";
import { datasets } from "./datasets";
import { DrawnDigit } from "./digits";
import { EXPERIMENTS, experiment } from "./experiments";
import { Diagnosis } from "./findings";
import { OwnLayers } from "./own";
import { RunView } from "./run";
import { type Drawn, Session } from "./session";
import { differences, restored, type Settings, suitedTo, usesOwn } from "./settings";
import { takingAlong } from "./taking";

const KEY = "train";
const NAMES = ["A", "B"]; // of two networks side by side
const EVERY = { words: 3, curves: 3, digit: 10 }; // pictures, while it runs
const LOW = 0.4; // of the window's height: what begins below it is hardly seen
const LONGEST = 20; // seconds that an answer to a drawn digit may take

export function trainView(page: Page): View {
  const view = new TrainView(page);
  return { element: view.element, shown: (wishes) => view.shown(wishes), hidden: () => view.session.pause(), destroy: () => view.destroy() };
}

class TrainView {
  readonly element: HTMLElement;
  readonly session: Session;
  private settings: Settings;
  private readonly own: OwnLayers;
  private readonly controls: Controls;
  private readonly live: HTMLElement;
  private readonly panel = make("section", { className: "panel train-settings" });
  private builders: Builder[] = [];
  private runs: RunView[] = [];
  private curves: Curves | null = null;
  private digit: DrawnDigit | null = null;
  private diagnosis: Diagnosis | null = null;
  private frame = 0;
  private frames = 0;
  private begun = false;

  constructor(private readonly page: Page) {
    this.settings = restored(page.store.get(KEY));
    this.session = new Session(page, { begun: () => this.build(), drawn: (isStill) => this.draw(isStill), changed: () => this.tell() });
    this.own = new OwnLayers(page, this.settings.text, (text) => this.tookText(text));
    this.controls = new Controls(page, this.session, () => this.restart(), () => this.showLive());
    const soon = make("p", { className: "panel small quiet" }, page.t("As soon as Python has begun, the network stands here."));
    this.live = make("div", { className: "train-live" }, soon);
    this.element = make("div", { className: "train-view" }, this.panel, this.controls.element, this.live);
    this.showSettings();
  }

  shown(wishes?: Wishes): void {
    const text = wishes?.text;
    if (typeof text === "string") this.own.put(text);
    if (!this.begun) this.restart();
  }

  destroy(): void {
    this.session.pause();
    this.own.destroy();
    cancelAnimationFrame(this.frame);
  }

  private showSettings(): void {
    const t = this.page.t.bind(this.page);
    const { compares, runs } = this.settings;
    this.builders = runs.slice(0, compares ? 2 : 1).map((run, place) => new Builder(this.page, run, compares ? NAMES[place]! : "", this.own.found, () => this.changed()));
    const box = make("input", { type: "checkbox", checked: compares, onchange: () => this.compare() });
    const head = make("div", { className: "bar train-network-head" }, make("h2", {}, t("Network")), make("label", { className: "train-check" }, box, " ", t("Compare two, side by side")));
    const data = datasets(this.page, this.settings, (name) => this.chooseData(name), () => this.changed());
    this.panel.replaceChildren(
      make("div", {}, make("h2", {}, t("Data")), data, this.experiments()),
      make("div", {}, head, make("div", { className: "train-builders" }, ...this.builders.map(({ element }) => element)), this.own.element),
    );
    this.markDifferences();
  }

  /** Comparisons to begin with. */
  private experiments(): HTMLElement {
    const t = this.page.t.bind(this.page);
    const set = (number: number) => {
      this.take(experiment(number, this.own.value));
      this.controls.focus();
    };
    const buttons = EXPERIMENTS.map(({ title }, number) => button(t(title), () => set(number), { className: "small" }));
    const title = t("Experiments");
    return make("div", { className: "train-experiments", role: "group", "aria-label": title }, make("h3", {}, title), make("div", { className: "bar" }, ...buttons));
  }

  private markDifferences(): void {
    const names = this.settings.compares ? differences(...this.settings.runs) : [];
    for (const builder of this.builders) builder.markDifferences(names);
  }

  private chooseData(data: string): void {
    this.take(suitedTo(data, this.settings));
    this.panel.querySelector<HTMLElement>(`[value=${data}]`)?.focus();
  }

  private compare(): void {
    this.take({ ...this.settings, compares: !this.settings.compares });
    this.panel.querySelector<HTMLElement>(".train-network-head input")?.focus();
  }

  /** Take other settings as a whole. */
  private take(settings: Settings): void {
    this.settings = settings;
    this.showSettings();
    this.changed();
  }

  private tookText(text: string): void {
    this.settings.text = text;
    for (const builder of this.builders) builder.offer(this.own.found);
    if (usesOwn(this.settings)) this.changed();
    else this.page.store.set(KEY, this.settings);
  }

  /** Keep the settings, and begin anew with them. */
  private changed(): void {
    this.page.store.set(KEY, this.settings);
    this.markDifferences();
    this.restart();
  }

  private restart(): void {
    this.begun = true;
    void this.session.begin(this.settings);
  }

  /** Scroll to what happens, where it would be out of sight. */
  private showLive(): void {
    if (this.live.getBoundingClientRect().top < LOW * innerHeight) return;
    const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    this.controls.element.scrollIntoView({ block: "start", behavior: calm ? "auto" : "smooth" });
  }

  /** Put up what is to be seen of new trainings. */
  private build(): void {
    const t = this.page.t.bind(this.page);
    const { drawn } = this.session;
    const names = drawn.map((_, run) => (drawn.length > 1 ? NAMES[run]! : ""));
    this.runs = drawn.map((each, run) => new RunView(this.page, this.session, run, each, names[run]!));
    this.curves = new Curves(this.page, drawn);
    this.digit = drawn[0]!.described.data.is_images ? this.desk(drawn, names) : null;
    this.diagnosis = new Diagnosis(this.page, this.session, names);
    const curves = panel(t("How it learns"), this.curves.element);
    const digit = this.digit ? [panel(t("Draw, and watch it work"), this.digit.element)] : [];
    const wrong = panel(t("What is wrong with it?"), this.diagnosis.element);
    const taking = panel(t("Take it along"), ...names.map((name, run) => takingAlong(this.page, name, (form) => this.session.python.ask<Exported>("train.export", { run, form }))));
    this.live.replaceChildren(...(drawn.length > 1 ? this.twoRuns(curves, digit) : this.oneRun(curves, digit)), make("div", { className: drawn.length > 1 ? "train-live" : "split" }, wrong, taking));
  }

  private oneRun(curves: HTMLElement, digit: HTMLElement[]): HTMLElement[] {
    const [{ plane, network, signals }] = this.runs as [RunView];
    const first = plane ? make("div", { className: "split train-first" }, plane, curves) : curves;
    return [first, ...digit, network, signals];
  }

  private twoRuns(curves: HTMLElement, digit: HTMLElement[]): HTMLElement[] {
    const pair = (part: "plane" | "network" | "signals") => make("div", { className: "split" }, ...this.runs.flatMap((run) => run[part] ?? []));
    const planes = this.runs[0]!.plane ? [pair("plane")] : [];
    return [...planes, curves, ...digit, pair("network"), pair("signals")];
  }

  private desk(drawn: Drawn[], names: string[]): DrawnDigit {
    return new DrawnDigit(
      this.page,
      drawn[0]!.described.data,
      names,
      (pixels) => this.session.python.ask<Predicted>("train.predict", { pixels }, { seconds: LONGEST }),
      (run, pixels, probabilities) => this.runs[run]?.showAnswer(pixels, probabilities),
    );
  }

  /** Draw in the next frame what is newest then. */
  private draw(isStill: boolean): void {
    cancelAnimationFrame(this.frame);
    this.frame = requestAnimationFrame(() => {
      const { drawn } = this.session;
      if (drawn.length === 0) return;
      const every = (pictures: number) => isStill || this.frames % pictures === 0;
      this.frames++;
      drawn.forEach((each, run) => this.runs[run]?.show(each, every(EVERY.words)));
      if (every(EVERY.words)) this.controls.showProgress();
      if (every(EVERY.curves)) this.curves?.show(drawn);
      if (every(EVERY.digit)) this.digit?.refresh();
    });
  }

  /** Say what it is doing, and what is wrong. */
  private tell(): void {
    const { doing, problem } = this.session;
    this.controls.show();
    this.builders.forEach((builder, run) => builder.mark(problem && (problem.run ?? 0) === run ? problem.about : ""));
    for (const input of this.panel.querySelectorAll<HTMLElement>(":scope > div:first-child [data-about]")) input.classList.toggle("wrong", problem?.about === input.dataset.about);
    this.live.classList.toggle("stale", problem !== null);
    this.live.inert = problem !== null;
    if (doing === "ended") this.end();
  }

  /** Say to those who do not see it how it ended, and find out what is wrong. */
  private end(): void {
    const shares = this.session.drawn.map(({ accuracies }) => percent(accuracies?.test_accuracy, 1));
    this.page.status(this.page.t("The training has ended; right in the test: {shares}", { shares: shares.join(", ") }));
    void this.diagnosis?.find();
  }
}

function panel(title: string, ...inside: HTMLElement[]): HTMLElement {
  return make("section", { className: "panel" }, make("h2", {}, title), ...inside);
}
