/* The part Train: choose data and a network, watch it learn, find out what is wrong, draw for it, take it along. */

import { capital } from "../../../figures/drawing/numbers.js";
import { button, make } from "../elements";
import type { Page, View, Wishes } from "../page";
import type { Diagnosed, Exported, Predicted } from "./answers";
import { Builder } from "./builder";
import { Curves } from "./curves";
import { datasets } from "./datasets";
import { DrawnDigit } from "./digits";
import { findingsList } from "./findings";
import { OwnLayers } from "./own";
import { RunView } from "./run";
import { type Drawn, Session, type Speed } from "./session";
import { differences, EXPERIMENTS, experiment, restored, type Settings, suitedTo, usesOwn } from "./settings";
import { takingAlong } from "./taking";

const KEY = "train";
const EVERY = { words: 3, curves: 3, digit: 10 }; // pictures, while it runs
const LONGEST = 60; // seconds that a diagnosis may take in a slow browser

export function trainView(page: Page): View {
  const view = new TrainView(page);
  return { element: view.element, shown: (wishes) => view.shown(wishes), hidden: () => view.session.pause(), destroy: () => view.destroy() };
}

class TrainView {
  readonly element = make("div", { className: "train-view" });
  readonly session: Session;
  private settings: Settings;
  private readonly own: OwnLayers;
  private builders: Builder[] = [];
  private runs: RunView[] = [];
  private curves: Curves | null = null;
  private digit: DrawnDigit | null = null;
  private frame = 0;
  private frames = 0;
  private begun = false;
  private diagnosedAt = "";
  private readonly panels = { settings: make("section", { className: "panel train-settings" }), live: make("div", { className: "train-live" }) };
  private readonly controls = make("section", { className: "panel train-controls", "aria-label": "" });
  private readonly progress = make("p", { className: "small quiet train-progress" });
  private readonly problem = make("p", { className: "error", role: "alert" });
  private readonly findings = make("div");
  private readonly play: HTMLButtonElement;
  private readonly stepButton: HTMLButtonElement;
  private readonly stop: HTMLButtonElement;

  constructor(private readonly page: Page) {
    const t = page.t.bind(page);
    this.settings = restored(page.store.get(KEY));
    this.session = new Session(page, { begun: () => this.build(), drawn: (isStill) => this.draw(isStill), changed: () => this.tell() });
    this.own = new OwnLayers(page, this.settings.text, (text) => this.tookText(text));
    this.play = button(t("Start"), () => this.toggle(), { className: "primary train-play" });
    this.stepButton = button(t("Step"), () => void this.session.step());
    this.stop = button(t("Stop"), () => this.session.stop(), { hidden: true });
    this.controls.setAttribute("aria-label", t("Training"));
    this.controls.append(
      make("div", { className: "bar" }, this.play, this.stepButton, button(t("Reset"), () => this.restart()), this.stop, this.speed(), this.progress),
      this.problem,
    );
    this.element.append(this.panels.settings, this.controls, this.panels.live);
    this.panels.live.append(make("p", { className: "panel small quiet" }, t("As soon as Python has begun, the network stands here.")));
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
    const names = this.settings.compares ? ["A", "B"] : [""];
    this.builders = names.map((name, place) => new Builder(this.page, this.settings.runs[place]!, name, this.own.found, () => this.changed()));
    const compares = make("label", { className: "train-check" }, make("input", { type: "checkbox", checked: this.settings.compares, onchange: () => this.compare() }), " ", t("Compare two, side by side"));
    this.panels.settings.replaceChildren(
      make("div", {}, make("h2", {}, t("Data")), datasets(this.page, this.settings, (data) => this.chooseData(data), () => this.changed()), this.experiments()),
      make("div", {}, make("div", { className: "bar train-network-head" }, make("h2", {}, t("Network")), compares), make("div", { className: "train-builders" }, ...this.builders.map(({ element }) => element)), this.own.element),
    );
    this.markDifferences();
  }

  /** Comparisons to begin with. */
  private experiments(): HTMLElement {
    const t = this.page.t.bind(this.page);
    const set = (number: number) => {
      this.settings = experiment(number, this.own.value);
      this.changed();
      this.showSettings();
      this.play.focus();
    };
    const buttons = EXPERIMENTS.map(({ title }, number) => button(t(title), () => set(number), { className: "small" }));
    return make("div", { className: "train-experiments", role: "group", "aria-label": t("Experiments") }, make("h3", {}, t("Experiments")), make("div", { className: "bar" }, ...buttons));
  }

  private markDifferences(): void {
    const names = this.settings.compares ? differences(...this.settings.runs) : [];
    for (const builder of this.builders) builder.markDifferences(names);
  }

  private chooseData(data: string): void {
    this.settings = suitedTo(data, this.settings);
    this.changed();
    this.showSettings();
    this.panels.settings.querySelector<HTMLElement>(`[value=${data}]`)?.focus();
  }

  private compare(): void {
    this.settings.compares = !this.settings.compares;
    this.changed();
    this.showSettings();
    this.panels.settings.querySelector<HTMLElement>(".train-network-head input")?.focus();
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
    this.diagnosedAt = "";
    void this.session.begin(this.settings);
  }

  private toggle(): void {
    if (this.session.doing === "training") this.session.pause();
    else void this.session.play();
  }

  /** Put up what is to be seen of new trainings. */
  private build(): void {
    const t = this.page.t.bind(this.page);
    const { drawn } = this.session;
    const several = drawn.length > 1;
    this.runs = drawn.map((each, number) => new RunView(this.page, this.session, number, each, several ? "AB"[number]! : ""));
    this.curves = new Curves(this.page, drawn);
    const curves = make("section", { className: "panel" }, make("h2", {}, t("How it learns")), this.curves.element);
    const planes = this.runs.flatMap(({ plane }) => plane ?? []);
    const first = several ? [make("div", { className: "split" }, ...planes), curves] : [make("div", { className: planes.length > 0 ? "split train-first" : "" }, ...planes, curves)];
    const rows = several ? [pair(this.runs.map(({ network }) => network)), pair(this.runs.map(({ signals }) => signals))] : this.runs.flatMap(({ network, signals }) => [network, signals]);
    this.digit = drawn[0]!.described.data.is_images ? this.desk(drawn, several) : null;
    const digit = this.digit ? [make("section", { className: "panel" }, make("h2", {}, t("Draw, and watch it work")), this.digit.element)] : [];
    this.findings.replaceChildren();
    const wrong = make("section", { className: "panel" }, make("h2", {}, t("What is wrong with it?")), button(t("Look for what is wrong"), () => void this.diagnose()), this.findings);
    const taking = make("section", { className: "panel" }, make("h2", {}, t("Take it along")), ...drawn.map((_, run) => takingAlong(this.page, several ? "AB"[run]! : "", (form) => this.session.python.ask<Exported>("train.export", { run, form }))));
    this.panels.live.replaceChildren(...first, ...digit, ...rows, make("div", { className: several ? "train-live" : "split" }, wrong, taking));
  }

  private desk(drawn: Drawn[], several: boolean): DrawnDigit {
    const names = drawn.map((_, run) => (several ? "AB"[run]! : ""));
    return new DrawnDigit(
      this.page,
      drawn[0]!.described.data,
      names,
      (pixels) => this.session.python.ask<Predicted>("train.predict", { pixels }, { seconds: 20 }),
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
      drawn.forEach((each, number) => this.runs[number]?.show(each, every(EVERY.words)));
      if (every(EVERY.words)) this.showProgress();
      if (every(EVERY.curves)) this.curves?.show(drawn);
      if (every(EVERY.digit)) this.digit?.refresh();
    });
  }

  private showProgress(): void {
    const t = this.page.t.bind(this.page);
    const seen = this.session.drawn.map((each) => each.seen);
    const [first] = seen;
    if (!first) return;
    const seconds = seen.reduce((sum, each) => sum + each.seconds, 0);
    const words = { epoch: first.epoch, epochs: first.epochs, step: first.step.toLocaleString("en-US"), seconds: seconds.toFixed(1) };
    this.progress.textContent = t("epoch {epoch} of {epochs}, step {step}, {seconds} s", words);
  }

  /** Say what it is doing, and what is wrong. */
  private tell(): void {
    const t = this.page.t.bind(this.page);
    const { doing, problem, drawn } = this.session;
    const isOver = doing === "ended";
    const wentWrong = isOver && drawn.every(({ seen }) => seen.state !== "done");
    this.play.textContent = doing === "training" ? t("Pause") : isOver ? t("Go on") : t("Start");
    this.play.disabled = doing === "beginning" || doing === "nothing" || wentWrong;
    this.stepButton.disabled = doing !== "paused";
    this.stop.hidden = !this.session.isSlow;
    this.problem.replaceChildren(...(problem ? [capital(problem.message), ...(problem.code ? [make("pre", {}, problem.code)] : [])] : []));
    this.builders.forEach((builder, run) => builder.mark(problem && (problem.run ?? 0) === run ? problem.about : ""));
    for (const input of this.panels.settings.querySelectorAll<HTMLElement>(":scope > div:first-child [data-about]")) input.classList.toggle("wrong", problem?.about === input.dataset.about);
    this.panels.live.classList.toggle("stale", problem !== null);
    this.panels.live.inert = problem !== null;
    if (isOver) void this.diagnose();
  }

  /** Find out what is wrong with each training. */
  private async diagnose(): Promise<void> {
    const { drawn } = this.session;
    const now = drawn.map(({ seen }) => seen.step).join();
    if (now === this.diagnosedAt) return;
    this.diagnosedAt = now;
    const t = this.page.t.bind(this.page);
    this.findings.replaceChildren(make("p", { className: "small quiet" }, t("Remedies are tried on copies …")));
    try {
      const answers: Diagnosed[] = [];
      for (let run = 0; run < drawn.length; run++) answers.push(await this.session.python.ask<Diagnosed>("train.diagnose", { run }, { seconds: LONGEST }));
      if (this.diagnosedAt !== now) return;
      const lists = answers.map((answer, run) => make("div", {}, answers.length > 1 ? make("h3", {}, "AB"[run]!) : null, findingsList(this.page, answer)));
      this.findings.replaceChildren(make("div", { className: lists.length > 1 ? "split" : "" }, ...lists));
      this.page.status(t("The findings are there."));
    } catch (error) {
      this.findings.replaceChildren(make("p", { className: "error" }, (error as Error).message));
    }
  }

  private speed(): HTMLElement {
    const t = this.page.t.bind(this.page);
    const names: Record<Speed, string> = { slow: t("a step a picture"), usual: t("usual"), fast: t("fast") };
    const options = Object.entries(names).map(([value, title]) => make("option", { value, selected: value === "usual" }, title));
    const onchange = (event: Event) => (this.session.speed = (event.target as HTMLSelectElement).value as Speed);
    return make("label", { className: "small train-speed" }, t("Speed"), " ", make("select", { onchange }, ...options));
  }
}

function pair(elements: HTMLElement[]): HTMLElement {
  return make("div", { className: "split" }, ...elements);
}

