/* Which exercise: a list of all, and a row of numbers that shows how far the sheet is done. */

import { button, make } from "../elements";
import type { Page } from "../page";
import type { Exercise } from "./sheet";

export class Chooser {
  readonly element: HTMLElement;
  private readonly select: HTMLSelectElement;
  private readonly row: HTMLElement;
  private readonly said: HTMLElement;

  constructor(
    private readonly page: Page,
    private readonly exercises: Exercise[],
    private readonly isDone: (name: string) => boolean,
    private readonly choose: (name: string) => void,
  ) {
    this.select = make("select", { "aria-label": page.t("Exercise"), onchange: () => choose(this.select.value) });
    this.row = make("ol", { className: "check-row", "aria-label": page.t("The sheet") });
    this.said = make("span", { className: "small quiet" });
    this.element = make("div", { className: "check-chooser bar" }, this.select, this.row, this.said);
  }

  show(current: string): void {
    const { page } = this;
    const options = this.exercises.map(({ name, title }, place) =>
      make("option", { value: name }, `${place + 1}. ${title}${this.isDone(name) ? " ✓" : ""}`),
    );
    this.select.replaceChildren(
      make("option", { value: "" }, page.t("A layer of my own")),
      make("optgroup", { label: page.t("The sheet") }, ...options),
    );
    this.select.value = current;
    const numbers = this.exercises.map(({ name, title }, place) => {
      const isDone = this.isDone(name);
      const label = isDone ? page.t("{title}, done", { title }) : title;
      const properties = { title: label, "aria-label": `${place + 1}. ${label}`, "aria-current": name === current ? "true" : null, className: isDone ? "check-done" : "" };
      return make("li", {}, button(isDone ? "✓" : String(place + 1), () => this.choose(name), properties));
    });
    this.row.replaceChildren(...numbers);
    const done = this.exercises.filter(({ name }) => this.isDone(name)).length;
    this.said.textContent = page.t("{done} of {count} exercises are done", { done, count: this.exercises.length });
  }
}
