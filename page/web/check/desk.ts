/* The desk: the editor with its buttons, and the text in it, which is kept at once. */

import { button, make } from "../elements";
import type { Page } from "../page";
import { Editor } from "./editor";
import { EXAMPLE } from "./example";
import { content, dropOn, save } from "./files";
import { type Carried, packedText } from "./link";
import type { Exercise } from "./sheet";
import type { Why, Work } from "./work";

const HOW_TO_LEAVE = "check-how-to-leave";

export interface Doing {
  run(): void;
  stop(): void;
  changed(): void;
}

export class Desk {
  readonly element: HTMLElement;
  readonly editor: Editor;
  private exercise: Exercise | null = null;
  private isOpening = false;
  private readonly runs: HTMLButtonElement;
  private readonly stops: HTMLButtonElement;
  private readonly notice = make("div", { className: "check-notice bar", role: "status" });
  private readonly linkShown = make("input", { type: "text", className: "check-link", readOnly: true, hidden: true, "aria-label": "" });
  private readonly saves: HTMLButtonElement;

  constructor(
    private readonly page: Page,
    private readonly work: Work,
    private readonly opened: (name: string) => void, // shows the exercise of a file
    doing: Doing,
  ) {
    this.editor = new Editor({ label: page.t("Your code"), described: HOW_TO_LEAVE, changed: (text) => this.changed(text, doing), run: () => doing.run() });
    const apple = /Mac|iP(hone|ad|od)/.test(navigator.userAgent);
    this.runs = button("", () => doing.run(), { className: "primary", "aria-keyshortcuts": "Control+Enter" });
    this.runs.append(page.t("Check it"), " ", make("kbd", {}, apple ? "⌘↵" : "Ctrl ↵"));
    this.stops = button(page.t("Stop"), () => doing.stop(), { hidden: true });
    this.saves = button("", () => save(this.fileName, this.editor.text), { className: "small" });
    const chosen = make("input", { type: "file", accept: ".py,.ipynb,text/x-python", hidden: true, onchange: () => {
      const file = chosen.files?.[0];
      if (file) void this.open(file);
      chosen.value = "";
    } });
    const small = { className: "small" };
    const more = [
      this.saves,
      button(page.t("Open a file"), () => chosen.click(), small),
      button(page.t("See the graph"), () => page.tab("see", { text: this.editor.text }), small),
      button(page.t("Copy a link"), () => void this.copyLink(), small),
      button(page.t("Back to the beginning"), () => this.reset(), small),
    ];
    this.linkShown.setAttribute("aria-label", page.t("The link"));
    this.element = make(
      "section",
      { className: "panel check-desk", "aria-label": page.t("Your code") },
      this.notice,
      make("div", { className: "check-editor" }, this.editor.view.dom),
      make("p", { id: HOW_TO_LEAVE, className: "small quiet check-keys" }, page.t("Esc, then Tab leaves the editor.")),
      make("div", { className: "bar check-run" }, this.runs, this.stops),
      make("div", { className: "bar check-more" }, ...more, chosen),
      this.linkShown,
    );
    dropOn(this.element, (file) => void this.open(file));
  }

  get name(): string {
    return this.exercise?.name ?? "";
  }

  /** The file that is handed in. */
  private get fileName(): string {
    return `${this.name || "my_layer"}.py`;
  }

  /** Show what was written for an exercise, or for a layer of one's own. */
  show(exercise: Exercise | null): void {
    this.exercise = exercise;
    this.isOpening = true;
    this.editor.open(this.work.text(this.name) ?? this.beginning);
    this.isOpening = false;
    this.saves.textContent = this.page.t("Save {file}", { file: this.fileName });
    this.linkShown.hidden = true;
    this.tell();
  }

  get isBusy(): boolean {
    return this.runs.disabled;
  }

  busy(isBusy: boolean): void {
    this.stops.hidden = !isBusy;
    this.runs.disabled = isBusy;
  }

  /** Show another text; what stood there can be brought back. */
  replace(text: string, why: Why): void {
    const before = this.editor.text;
    if (before === text) return;
    if (before !== this.beginning) this.work.putAside(this.name, before, why);
    this.editor.replace(text);
    this.tell();
  }

  carried(carried: Carried): void {
    this.replace(carried.text, "link");
  }

  private get beginning(): string {
    return this.exercise?.code ?? EXAMPLE;
  }

  private changed(text: string, doing: Doing): void {
    if (this.isOpening) return;
    this.work.keep(this.name, text === this.beginning ? null : text);
    this.linkShown.hidden = true;
    doing.changed();
  }

  private reset(): void {
    this.replace(this.beginning, "reset");
    this.editor.view.focus();
  }

  /** Tell of the text that can be brought back. */
  private tell(): void {
    const last = this.work.before(this.name).at(-1);
    this.notice.hidden = !last;
    this.notice.replaceChildren();
    if (!last) return;
    const said = {
      reset: this.page.t("This is the beginning. What you had written is kept."),
      link: this.page.t("This text came with a link. What you had written is kept."),
      file: this.page.t("This text came from a file. What you had written is kept."),
    }[last.why] ?? "";
    this.notice.append(
      make("span", { className: "small" }, said),
      button(this.page.t("Bring mine back"), () => this.bringBack(), { className: "small" }),
      button(this.page.t("Forget it"), () => this.forget(), { className: "small" }),
    );
  }

  private bringBack(): void {
    const last = this.work.takeBack(this.name);
    if (last) this.editor.replace(last.text);
    this.tell();
    this.editor.view.focus();
  }

  private forget(): void {
    this.work.takeBack(this.name);
    this.tell();
    this.editor.view.focus();
  }

  private async open(file: File): Promise<void> {
    const { page } = this;
    try {
      const opened = await content(file);
      const { problem, text, exercise } = await page.python("desk").ask<{ problem: string; text: string; exercise: string }>("read", opened, { anew: true });
      if (problem) return this.say(problem);
      if (exercise && exercise !== this.name) this.opened(exercise);
      this.replace(text, "file");
      page.status(page.t("{file} is open", { file: file.name }));
    } catch (error) {
      this.say(page.t("{file} cannot be read: {why}", { file: file.name, why: error instanceof Error ? error.message : String(error) }));
    }
  }

  private say(text: string): void {
    this.notice.hidden = false;
    this.notice.replaceChildren(make("span", { className: "small error" }, text));
  }

  private async copyLink(): Promise<void> {
    const letters = await packedText({ exercise: this.name, text: this.editor.text });
    const address = `${this.page.site}#check=${letters}`;
    this.linkShown.value = address;
    this.linkShown.hidden = false;
    this.linkShown.select();
    try {
      await navigator.clipboard.writeText(address);
      this.page.status(this.page.t("The link is copied"));
    } catch {
      this.linkShown.focus(); // it can be copied from there
    }
  }
}
