/* The bar by which a training is started, paused, made step by step and begun anew; and what is wrong with its settings. */

import { capital } from "../../../figures/drawing/numbers.js";
import { button, make } from "../elements";
import type { Page } from "../page";
import type { Session, Speed } from "./session";

export class Controls {
  readonly element: HTMLElement;
  private readonly play: HTMLButtonElement;
  private readonly step: HTMLButtonElement;
  private readonly stop: HTMLButtonElement;
  private readonly progress = make("p", { className: "small quiet train-progress" });
  private readonly problem = make("p", { className: "error", role: "alert" });

  constructor(
    private readonly page: Page,
    private readonly session: Session,
    restart: () => void,
    private readonly played: () => void,
  ) {
    const t = page.t.bind(page);
    this.play = button(t("Start"), () => this.toggle(), { className: "primary train-play", disabled: true });
    this.step = button(t("Step"), () => void session.step(), { disabled: true });
    this.stop = button(t("Stop"), () => session.stop(), { hidden: true });
    const bar = make("div", { className: "bar" }, this.play, this.step, button(t("Reset"), restart), this.stop, this.speed(), this.progress);
    this.element = make("section", { className: "panel train-controls", "aria-label": t("Training") }, bar, this.problem);
  }

  focus(): void {
    this.play.focus();
  }

  /** Show what can be done now, and what is wrong. */
  show(): void {
    const t = this.page.t.bind(this.page);
    const { doing, problem, drawn, isSlow } = this.session;
    const isOver = doing === "ended";
    const wentWrong = isOver && drawn.every(({ seen }) => seen.state !== "done");
    this.play.textContent = doing === "training" ? t("Pause") : isOver ? t("Go on") : t("Start");
    this.play.disabled = doing === "beginning" || doing === "nothing" || wentWrong;
    this.step.disabled = doing !== "paused";
    this.stop.hidden = !isSlow;
    this.problem.replaceChildren(...(problem ? [capital(problem.message), ...(problem.code ? [make("pre", {}, problem.code)] : [])] : []));
  }

  /** Say how far it is. */
  showProgress(): void {
    const seen = this.session.drawn.map((each) => each.seen);
    const [first] = seen;
    if (!first) return;
    const seconds = seen.reduce((sum, each) => sum + each.seconds, 0).toFixed(1);
    const words = { epoch: first.epoch, epochs: first.epochs, step: first.step.toLocaleString("en-US"), seconds };
    this.progress.textContent = this.page.t("epoch {epoch} of {epochs}, step {step}, {seconds} s", words);
  }

  private toggle(): void {
    if (this.session.isTraining) this.session.pause();
    else {
      void this.session.play();
      this.played();
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
