/* The controls under which a graph is stepped through: to the beginning, back, on, play, to the end, speed. */

import { button, draw, make } from "../elements";
import type { Say } from "./sentences";

const ICONS = {
  begin: "M4 3v10M12 3 6.5 8l5.5 5",
  back: "M10.5 3 5 8l5.5 5",
  play: "M5 3v10l8-5z",
  pause: "M5 3v10M11 3v10",
  on: "M5.5 3 11 8l-5.5 5",
  end: "M12 3v10M4 3l5.5 5L4 13",
};
const SPEEDS: Record<string, number> = { slow: 2600, normal: 1500, fast: 600 }; // milliseconds a step

export class Player {
  readonly element: HTMLElement;
  index = 0;
  private count = 1;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private readonly buttons: Record<"begin" | "back" | "play" | "on" | "end", HTMLButtonElement>;
  private readonly slider: HTMLInputElement;
  private readonly speed: HTMLSelectElement;

  constructor(
    private readonly t: Say,
    private readonly changed: (index: number, isNext: boolean) => void,
    private readonly remember: (speed: string) => void,
    speed: string,
  ) {
    const control = (icon: keyof typeof ICONS, title: string, onclick: () => void) => {
      const made = button("", onclick, { title, "aria-label": title, className: "see-control" });
      made.append(iconOf(icon));
      return made;
    };
    this.buttons = {
      begin: control("begin", t("To the beginning"), () => this.halt(0)),
      back: control("back", t("One step back"), () => this.halt(this.index - 1)),
      play: control("play", t("Play"), () => this.toggle()),
      on: control("on", t("One step on"), () => this.halt(this.index + 1)),
      end: control("end", t("To the end"), () => this.halt(this.count - 1)),
    };
    this.buttons.play.classList.add("primary", "see-play");
    this.slider = make("input", { type: "range", min: "0", max: "0", step: "1", className: "see-slider", "aria-label": t("Step"), oninput: () => this.halt(Number(this.slider.value)) });
    const names: Record<string, string> = { slow: t("slow"), normal: t("normal speed"), fast: t("fast") };
    this.speed = make("select", { "aria-label": t("Speed"), onchange: () => this.remember(this.speed.value) }, ...Object.keys(SPEEDS).map((name) => make("option", { value: name }, names[name]!)));
    this.speed.value = speed in SPEEDS ? speed : "normal";
    const { begin, back, play, on, end } = this.buttons;
    const steps = make("div", { className: "see-steps", role: "group", "aria-label": t("Steps") }, begin, back, play, on, end);
    this.element = make("div", { className: "bar see-player" }, steps, this.slider, this.speed);
    this.show();
  }

  /** Begin anew with so many steps. */
  reset(count: number): void {
    this.count = count;
    this.slider.max = String(count - 1);
    this.halt(0);
  }

  /** Say the step's sentence with the slider, too. */
  told(sentence: string): void {
    this.slider.setAttribute("aria-valuetext", `${this.index + 1} / ${this.count}: ${sentence}`);
  }

  get milliseconds(): number {
    return SPEEDS[this.speed.value] ?? SPEEDS.normal!;
  }

  get isPlaying(): boolean {
    return this.timer !== undefined;
  }

  toggle(): void {
    if (this.isPlaying) return this.stop();
    if (this.index === this.count - 1) this.go(0);
    this.timer = setTimeout(() => this.tick(), this.index === 0 ? 300 : 0);
    this.show();
  }

  stop(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    this.show();
  }

  /** Stop playing, and go to a step. */
  halt(index: number): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    this.go(index);
  }

  private tick(): void {
    if (this.index >= this.count - 1) return this.stop();
    this.go(this.index + 1);
    this.timer = setTimeout(() => this.tick(), this.milliseconds);
    this.show();
  }

  private go(index: number): void {
    const wished = Math.min(Math.max(index, 0), this.count - 1);
    const isNext = wished === this.index + 1;
    this.index = wished;
    this.show();
    this.changed(wished, isNext);
  }

  private show(): void {
    const { begin, back, play, on, end } = this.buttons;
    this.slider.value = String(this.index);
    for (const control of [begin, back]) setDisabled(control, this.index === 0);
    for (const control of [on, end]) setDisabled(control, this.index === this.count - 1);
    const title = this.isPlaying ? this.t("Pause") : this.t("Play");
    play.replaceChildren(iconOf(this.isPlaying ? "pause" : "play"));
    play.title = title;
    play.setAttribute("aria-label", title);
  }
}

function iconOf(name: keyof typeof ICONS): SVGSVGElement {
  return draw("svg", { viewBox: "0 0 16 16", class: `see-icon see-icon-${name}`, "aria-hidden": "true" }, draw("path", { d: ICONS[name] }));
}

/** A control that has nothing to do keeps the focus: it is only said to be disabled. */
function setDisabled(control: HTMLButtonElement, isDisabled: boolean): void {
  control.setAttribute("aria-disabled", String(isDisabled));
}
