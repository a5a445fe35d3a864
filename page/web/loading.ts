/* What is being loaded, as a bar at the head of the page. */

import { button, make } from "./elements";
import type { Page } from "./page";
import type { Python, State } from "./runtime/python";

export class LoadingBar {
  readonly element = make("div", { className: "loading", hidden: true });
  private state: State = { what: "ready", share: 1, message: "" };

  constructor(private readonly page: Pick<Page, "t">) {}

  /** Show the state of a Python, as long as it is not ready. */
  follow(python: Python): void {
    python.onState((state) => {
      const isNew = state.what !== this.state.what;
      this.state = state;
      if (isNew) this.show();
      else this.move();
    });
  }

  show(): void {
    const { what, message } = this.state;
    this.element.hidden = what === "ready";
    this.element.classList.toggle("error", what === "unable" || what === "old");
    this.element.replaceChildren();
    if (what === "ready") return;
    if (what === "old") {
      const said = this.page.t("This browser is too old for this page. It needs {what}.", { what: message });
      this.element.append(make("p", { role: "alert" }, said));
      return;
    }
    if (what === "unable") {
      this.element.append(
        make("p", { role: "alert" }, this.page.t("Python cannot run here: {why}", { why: message })),
        button(this.page.t("Load the page again"), () => location.reload()),
      );
      return;
    }
    this.element.append(make("span", { className: "small" }), make("progress", { max: 1, "aria-label": "Python" }));
    this.move();
  }

  private move(): void {
    const [text, bar] = this.element.children;
    if (!(bar instanceof HTMLProgressElement)) return;
    const { what, share } = this.state;
    const percent = Math.round(100 * share);
    text!.textContent =
      what === "begins" ? this.page.t("Python begins") : this.page.t("Python is being fetched: {percent} %", { percent });
    if (what === "begins") bar.removeAttribute("value");
    else bar.value = share;
  }
}
