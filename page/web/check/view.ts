/* The tab "Check": an exercise, its text, the editor, and what the check has found. */

import { button, make } from "../elements";
import type { Page, View } from "../page";
import { PythonError } from "../runtime/python";
import type { Answer } from "./answer";
import { Chooser } from "./chooser";
import { Desk } from "./desk";
import { unpackedText } from "./link";
import { prose } from "./prose";
import { notesOf, printedText, ReportView } from "./report";
import { type Exercise, exercises } from "./sheet";
import { Work } from "./work";

const SECONDS = 20; // after which a check is stopped
const LINK = "#check=";
let reported: string | null = null; // the exercise whose report is shown, so that it is there again in another language

export function checkView(page: Page): View {
  const element = make("div", { className: "check" }, make("p", { className: "quiet" }, page.t("The exercises are being read.")));
  let view: CheckView | null = null;
  let isGone = false;
  const ready = exercises(page.site, page.language).then(
    (sheet) => {
      if (!isGone) view = new CheckView(page, element, sheet);
    },
    (error: unknown) => element.replaceChildren(make("p", { className: "error", role: "alert" }, page.t("The exercises cannot be read: {why}", { why: String(error) }))),
  );
  return {
    element,
    shown: (wishes) => void ready.then(() => view?.shown(wishes)),
    destroy: () => {
      isGone = true;
      view?.destroy();
    },
  };
}

class CheckView {
  private readonly work: Work;
  private readonly desk: Desk;
  private readonly chooser: Chooser;
  private readonly report: ReportView;
  private readonly found = make("section", { className: "panel check-found" });
  private readonly text = make("details", { className: "panel check-text" });
  private readonly columns: HTMLElement;
  private current: Exercise | null = null;
  private printed = "";
  private runs = 0;
  private isShown = false;

  constructor(
    private readonly page: Page,
    element: HTMLElement,
    private readonly sheet: Exercise[],
  ) {
    this.work = new Work(page.store);
    this.report = new ReportView(page, {
      goTo: (mark) => this.desk.editor.goTo(mark),
      hint: (part, number) => page.python("desk").ask("hint", { exercise: this.desk.name, part, number }, { anew: true }),
    });
    this.desk = new Desk(page, this.work, (name) => this.choose(name), {
      run: () => void this.run(),
      stop: () => page.python("desk").stop(),
      changed: () => this.found.classList.add("check-old"),
    });
    this.chooser = new Chooser(page, sheet, (name) => this.work.isDone(name), (name) => this.choose(name));
    this.found.setAttribute("aria-label", page.t("What was found"));
    this.text.addEventListener("toggle", () => this.fold());
    element.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey) || event.defaultPrevented) return; // the editor's own
      event.preventDefault();
      void this.run();
    });
    this.columns = make("div", { className: "check-columns" }, this.text, this.desk.element, this.found);
    element.replaceChildren(make("div", { className: "panel check-head" }, this.chooser.element), this.columns);
    const again = reported;
    this.choose(this.work.current ?? "relu");
    if (again === this.desk.name) void this.run();
  }

  destroy(): void {
    this.desk.editor.destroy();
  }

  /** Show the exercise that is wished for, or the text that the address carries. */
  async shown(wishes?: Record<string, unknown>): Promise<void> {
    if (typeof wishes?.exercise === "string") this.choose(wishes.exercise);
    if (typeof wishes?.text === "string") this.desk.replace(wishes.text, "link");
    if (!location.hash.startsWith(LINK)) return;
    const letters = location.hash.slice(LINK.length);
    history.replaceState(null, "", "#check");
    const carried = await unpackedText(letters);
    if (!carried) return this.say([make("p", { className: "error", role: "alert" }, this.page.t("This link is broken: perhaps it was cut off on its way."))]);
    this.choose(carried.exercise);
    this.desk.carried(carried);
  }

  private choose(name: string): void {
    if (this.isShown && name === this.desk.name) return;
    this.isShown = true;
    if (this.desk.isBusy) this.page.python("desk").stop();
    this.current = this.sheet.find((exercise) => exercise.name === name) ?? null;
    this.work.current = this.current?.name ?? "";
    this.desk.show(this.current);
    this.chooser.show(this.desk.name);
    reported = null;
    this.showText();
    this.runs++;
    this.desk.busy(false);
    this.found.removeAttribute("aria-busy");
    this.say([make("p", { className: "quiet" }, this.page.t("Write your code and check it: what is found stands here."))]);
  }

  private showText(): void {
    const { current, page } = this;
    this.text.hidden = !current;
    this.text.replaceChildren();
    if (current) {
      const earlier = current.earlier.map((name) => this.sheet.find((other) => other.name === name)?.title ?? name);
      this.text.append(
        make("summary", {}, make("h2", {}, current.title)),
        ...(earlier.length ? [make("p", { className: "small quiet" }, page.t("It uses the solutions of earlier exercises, which are there: {names}.", { names: earlier.join(", ") }))] : []),
        prose(current.prose),
      );
      this.text.open = page.store.get("check.folded") !== true;
    }
    this.fold();
  }

  private fold(): void {
    const isFolded = !this.text.open;
    if (this.current) this.page.store.set("check.folded", isFolded);
    this.columns.classList.toggle("check-wide", this.text.hidden || isFolded);
  }

  private async run(): Promise<void> {
    const python = this.page.python("desk");
    if (this.desk.isBusy) return;
    const { name, editor } = this.desk;
    const number = ++this.runs;
    this.printed = "";
    this.desk.busy(true);
    this.desk.editor.mark([]);
    this.found.setAttribute("aria-busy", "true");
    if (python.state.what !== "ready") this.say([make("p", { className: "quiet" }, this.page.t("Python is on its way; the check begins as soon as it is here."))]);
    const output = (text: string) => (this.printed += text);
    let found: HTMLElement[];
    try {
      const answer = await python.ask<Answer>("check", { exercise: name, text: editor.text }, { seconds: SECONDS, anew: true, output });
      if (number !== this.runs) return;
      found = this.shownAnswer(answer);
    } catch (error) {
      if (number !== this.runs) return;
      found = this.noAnswer(error);
    }
    this.desk.busy(false);
    this.found.removeAttribute("aria-busy");
    this.say(found);
  }

  private shownAnswer(answer: Answer): HTMLElement[] {
    const { page } = this;
    reported = answer.exercise;
    if (answer.ok && answer.exercise) {
      this.work.noteDone(answer.exercise);
      this.chooser.show(this.desk.name);
    }
    this.desk.editor.mark(notesOf(answer));
    const title = this.current?.title ?? "";
    page.status(title ? `${title}: ${answer.verdict}` : answer.verdict);
    return [...this.report.shown(answer, title), ...(answer.ok ? this.next() : [])];
  }

  /** The way to the next exercise that is not done. */
  private next(): HTMLElement[] {
    const place = this.sheet.findIndex(({ name }) => name === this.desk.name);
    const later = [...this.sheet.slice(place + 1), ...this.sheet.slice(0, place)];
    const next = place < 0 ? undefined : later.find(({ name }) => !this.work.isDone(name));
    if (!next) return [];
    return [make("p", { className: "bar" }, button(this.page.t("Next: {title}", { title: next.title }), () => this.choose(next.name), { className: "primary" }))];
  }

  private noAnswer(error: unknown): HTMLElement[] {
    const { page } = this;
    const kind = error instanceof PythonError ? error.kind : "failed";
    const message = error instanceof Error ? error.message : String(error);
    const said = {
      late: page.t("It was stopped: after {seconds} s it had not ended. Perhaps a loop never ends.", { seconds: SECONDS }),
      stopped: page.t("It was stopped."),
      crashed: page.t("Python itself came to its end: the code took too much memory, or called itself too deeply."),
      failed: page.t("The check itself failed: {why}", { why: message }),
      unable: page.t("Python cannot run here: {why}", { why: message }),
    }[kind];
    page.status(said);
    return [make("p", { className: "check-problem", role: "alert" }, said), ...printedText(page, this.printed, false)];
  }

  private say(content: HTMLElement[]): void {
    this.found.classList.remove("check-old");
    this.found.replaceChildren(...content);
  }
}
