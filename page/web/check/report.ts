/* What a check has found, as the page shows it. */

import { button, make } from "../elements";
import type { Page } from "../page";
import type { Answer, ArrayTold, FindingTold, Mark, PartTold, ReportTold } from "./answer";
import { HintsBelow } from "./hints";
import type { Note } from "./marks";
import { sentence } from "./prose";

export interface Reader {
  goTo(mark: Mark): void;
  hint(part: string, number: number): Promise<{ hint: string; number: number; count: number }>;
}

export class ReportView {
  constructor(
    private readonly page: Page,
    private readonly reader: Reader,
  ) {}

  /** Return all of an answer, the verdict first. */
  shown(answer: Answer, title: string): HTMLElement[] {
    const { page } = this;
    const parts = answer.parts.map((part) => this.part(part, answer));
    const codes = new Set(answer.parts.map((part) => part.code));
    const reports = answer.reports.filter(({ arrays }) => !answer.exercise || arrays.length).map((report) => this.report(report, answer, codes));
    return [
      this.verdict(answer, title),
      ...answer.problems.map((problem) => make("p", { className: "check-problem" }, ...sentence(problem), ...this.place(answer.mark ?? null))),
      ...answer.remarks.map((remark) => make("p", { className: "quiet small" }, ...sentence(remark))),
      ...(parts.length ? [make("ul", { className: "check-parts" }, ...parts)] : []),
      ...reports,
      ...printedText(page, answer.printed, answer.cut),
    ];
  }

  private verdict(answer: Answer, title: string): HTMLElement {
    const sign = make("span", { className: "check-sign", "aria-hidden": "true" }, answer.ok ? "✓" : "✗");
    const said = answer.ok && answer.exercise ? this.page.t("All of it is right.") : "";
    const name = title || (answer.reports.length === 1 ? answer.reports[0]!.subject : "");
    return make(
      "h2",
      { className: `check-verdict ${answer.ok ? "check-right" : "check-wrong"}` },
      sign,
      make("span", {}, name ? `${name}: ${answer.verdict}` : answer.verdict, said ? `. ${said}` : ""),
    );
  }

  private part(part: PartTold, answer: Answer): HTMLElement {
    
    const isAlone = new Set(answer.parts.map(({ question }) => question)).size === 1;
    const points = this.page.t("{earned} of {most}", { earned: round(part.points), most: round(part.most) });
    return make(
      "li",
      { className: part.ok ? "check-right" : "check-wrong" },
      make("span", { className: "check-sign", "aria-hidden": "true" }, part.ok ? "✓" : "✗"),
      make("span", { className: "check-part" }, isAlone ? null : `${part.question} `, make("code", {}, part.name), make("span", { className: "hidden" }, part.ok ? this.page.t("right") : this.page.t("wrong"))),
      make("span", { className: "check-points quiet small" }, points),
      part.ok ? null : this.why(part),
    );
  }

  private why(part: PartTold): HTMLElement {
    const place = this.place(part.mark);
    return make(
      "div",
      { className: "check-why" },
      part.code ? make("p", { className: "check-code" }, mistake(part.code, part.title)) : null,
      make("p", {}, ...sentence(part.message)),
      place.length || part.hints ? make("div", { className: "bar" }, ...place, ...(part.hints ? new HintsBelow(this.page, this.reader, part).elements : [])) : null,
    );
  }

  /** Return a report on one layer. Beside the parts of an exercise, what these have said is not said again. */
  private report(report: ReportTold, answer: Answer, codes: Set<string>): HTMLElement {
    const isBeside = answer.exercise !== "";
    const findings = report.findings.filter(({ code }) => !isBeside || !codes.has(code));
    const content = [
      ...(report.arrays.length ? [this.table(report.arrays)] : []),
      ...(findings.length ? [make("ol", { className: "check-findings" }, ...findings.map((finding) => this.finding(finding)))] : []),
      ...report.notes.map((note) => make("p", { className: "small quiet" }, note.title ? `${note.title}: ` : "", ...sentence(note.message))),
    ];
    const title = `${report.subject}: ${report.verdict}`;
    if (isBeside) {
      const summary = make("summary", {}, this.page.t("The gradients of {subject}, against numerical differentiation", { subject: report.subject }));
      return make("details", { className: "check-report", open: true }, summary, ...content);
    }
    const sign = make("span", { className: "check-sign", "aria-hidden": "true" }, report.ok ? "✓" : "✗");
    const head = answer.reports.length > 1 ? [make("h3", {}, sign, " ", title)] : []; // one alone stands in the verdict
    return make("section", { className: `check-report ${report.ok ? "check-right" : "check-wrong"}` }, ...head, ...content);
  }

  private table(arrays: ArrayTold[]): HTMLElement {
    const { page } = this;
    const head = [page.t("gradient"), page.t("shape"), page.t("checked"), page.t("rel. error"), page.t("verdict")];
    const rows = arrays.map((array) =>
      make(
        "tr",
        { className: array.ok ? "" : "check-wrong" },
        make("th", { scope: "row" }, make("code", {}, array.name)),
        make("td", {}, array.shape),
        make("td", { className: "check-number" }, array.checked.toLocaleString("en")),
        make("td", { className: "check-number" }, array.shown),
        make("td", {}, array.said),
      ),
    );
    return make(
      "div",
      { className: "check-scroll", tabIndex: 0, role: "group", "aria-label": page.t("The gradients") },
      make("table", {}, make("thead", {}, make("tr", {}, ...head.map((name) => make("th", { scope: "col" }, name)))), make("tbody", {}, ...rows)),
    );
  }

  private finding(finding: FindingTold): HTMLElement {
    const place = this.place(finding.mark);
    return make(
      "li",
      {},
      make("p", { className: "check-code" }, mistake(finding.code, finding.title), finding.array ? make("span", {}, " ", make("code", {}, finding.array)) : null),
      make("p", {}, ...sentence(finding.message)),
      finding.seen ? make("p", { className: "small quiet" }, finding.seen) : null,
      place.length ? make("div", { className: "bar" }, ...place) : null,
    );
  }

  private place(mark: Mark | null): HTMLElement[] {
    if (!mark) return [];
    return [button(this.page.t("Line {line}", { line: mark.line }), () => this.reader.goTo(mark), { className: "small check-line" })];
  }
}

/** Return what is marked in the editor for an answer. */
export function notesOf(answer: Answer): Note[] {
  const parts = answer.parts.filter((part) => !part.ok && part.mark).map((part) => ({ ...part.mark!, name: part.name, title: part.title || first(part.message), more: part.message }));
  const findings = answer.exercise ? [] : answer.reports.flatMap((report) => report.findings.filter(({ mark }) => mark).map((finding) => ({ ...finding.mark!, name: finding.array, title: finding.title, more: finding.message })));
  const broken = answer.mark ? [{ ...answer.mark, name: "", title: answer.marked ?? "", more: answer.problems.join(" ") }] : [];
  return [...parts, ...findings, ...broken];
}

/** What a program has printed. */
export function printedText(page: Page, text: string, isCut: boolean): HTMLElement[] {
  if (!text) return [];
  return [
    make("h3", {}, page.t("What it prints")),
    make("pre", { className: "check-printed", tabIndex: 0 }, text),
    ...(isCut ? [make("p", { className: "small quiet" }, page.t("It prints more than this."))] : []),
  ];
}

/** Return a mistake's name: its code, with its meaning where that is another word. */
function mistake(code: string, title: string): HTMLElement {
  return make("strong", {}, title || code);
}

function first(message: string): string {
  return message.split(/(?<=[.!?]) /)[0] ?? "";
}

function round(points: number): string {
  return String(Math.round(100 * points) / 100);
}
