/* See: a formula as a graph, in which values flow forward and gradients back. */

import { button, make } from "../elements";
import type { Page, View, Wishes } from "../page";
import { PythonError } from "../runtime/python";
import { editor } from "./editor";
import { exampleOf, EXAMPLES } from "./examples";
import { hashOf, textIn } from "./link";
import { Stage } from "./stage";
import type { Seen } from "./types";

const SECONDS = 20; // after which a text is stopped
const TEXT = "see.text";

class See implements View {
  readonly element: HTMLElement;
  private readonly stage: Stage;
  private readonly editor;
  private readonly examples: HTMLSelectElement;
  private readonly words = make("p", { className: "small quiet see-words" });
  private readonly problem = make("p", { className: "error", role: "alert" });
  private readonly notes = make("ul", { className: "small see-notes" });
  private readonly printed = make("pre", { className: "see-printed", hidden: true, tabIndex: 0 });
  private readonly stop: HTMLButtonElement;
  private readonly run: HTMLButtonElement;
  private number = 0; // of the text that was asked last
  private hash = "";
  private isDrawn = false;

  constructor(private readonly page: Page) {
    const { t } = this;
    const text = page.store.get<string>(TEXT);
    this.stage = new Stage(page);
    this.examples = make("select", { id: "see-example", onchange: () => this.pick(this.examples.value) });
    this.examples.append(make("option", { value: "" }, t("your own")), ...EXAMPLES.map(({ id, title }) => make("option", { value: id }, t(title))));
    this.editor = editor(typeof text === "string" ? text : EXAMPLES[0]!.text, t("Python with Variables"), t("Esc, then Tab leaves the editor."), (typed) => this.typed(typed), () => void this.draw());
    this.run = button(t("Draw"), () => void this.draw(), { className: "primary", title: "Ctrl-Enter" });
    this.stop = button(t("Stop"), () => page.python("desk").stop(), { hidden: true });
    const link = button(t("Copy a link"), () => void this.copy());
    const picks = make("div", { className: "bar see-picks" }, make("label", { htmlFor: "see-example" }, t("Example")), this.examples);
    this.stage.element.prepend(picks);
    const code = make(
      "section",
      { className: "panel see-code", "aria-label": t("Formula") },
      make("h2", {}, t("Formula")),
      this.words,
      this.editor.element,
      make("div", { className: "bar" }, this.run, this.stop, link),
      this.problem,
      this.notes,
      this.printed,
      make("p", { className: "small quiet" }, t("Variable, relu, sigmoid, tanh, exp, log, sum, mean, max, softmax_cross_entropy and NumPy (np) are there without an import. The graph ends in the last line, or in L, loss or y. A class with forward and backward can be drawn, too.")),
    );
    this.element = make("div", { className: "see" }, this.stage.element, this.stage.explanation, code);
    this.name();
  }

  private readonly t = (text: string, values?: Record<string, string | number>): string => this.page.t(text, values);

  shown(wishes: Wishes = {}): void {
    const carried = location.hash !== this.hash ? textIn(location.hash) : null;
    this.hash = location.hash;
    const wished = typeof wishes.text === "string" ? wishes.text : carried;
    if (wished !== null) this.take(wished);
    if (wished !== null || !this.isDrawn) void this.draw();
  }

  hidden(): void {
    this.stage.player.stop();
  }

  destroy(): void {
    this.number = -1;
    this.stage.player.stop();
    this.editor.destroy();
  }

  private pick(id: string): void {
    const example = EXAMPLES.find((one) => one.id === id);
    if (!example) return this.editor.focus();
    this.take(example.text);
    void this.draw();
  }

  private take(text: string): void {
    this.editor.text = text;
    this.typed(text);
  }

  private typed(text: string): void {
    this.page.store.set(TEXT, text);
    if (location.hash.startsWith("#see=") && textIn(location.hash) !== text) history.replaceState(null, "", "#see");
    this.name();
  }

  /** Say which example it is. */
  private name(): void {
    const example = exampleOf(this.editor.text);
    this.examples.value = example?.id ?? "";
    this.words.textContent = example ? this.t(example.words) : "";
  }

  private async draw(): Promise<void> {
    const number = ++this.number;
    const python = this.page.python("desk");
    this.asking(true);
    try {
      const seen = await python.ask<Seen>("see", { text: this.editor.text }, { seconds: SECONDS, anew: true });
      if (number === this.number) this.show(seen);
    } catch (error) {
      if (number === this.number) this.fail(error);
    } finally {
      if (number === this.number) this.asking(false);
    }
  }

  private asking(isAsking: boolean): void {
    this.stop.hidden = !isAsking;
    this.stage.element.classList.toggle("see-waiting", isAsking);
  }

  private show(seen: Seen): void {
    this.isDrawn = true;
    const { graph, problem, printed, notes } = seen;
    this.problem.textContent = problem?.message ?? "";
    this.editor.mark(problem?.line ?? null, problem?.message ?? "");
    this.notes.replaceChildren(...notes.map((note) => make("li", {}, note)));
    this.printed.textContent = printed;
    this.printed.hidden = printed === "";
    if (graph) this.stage.show(graph);
    else this.stage.nothing();
  }

  private fail(error: unknown): void {
    const kind = error instanceof PythonError ? error.kind : "failed";
    const said: Record<string, string> = {
      stopped: this.t("Stopped."),
      late: this.t("It took longer than {seconds} seconds and was stopped. Is there a loop without an end?", { seconds: SECONDS }),
      crashed: this.t("Python crashed on this and was started again. It may need more memory than there is."),
    };
    this.show({ problem: { message: said[kind] ?? String(error), line: null }, printed: "", notes: [] });
  }

  private async copy(): Promise<void> {
    history.replaceState(null, "", hashOf(this.editor.text));
    this.hash = location.hash;
    try {
      await navigator.clipboard.writeText(location.href);
      this.page.status(this.t("The link is copied."));
    } catch {
      this.page.status(this.t("The link stands in the address bar."));
    }
  }
}

export function seeView(page: Page): View {
  return new See(page);
}
