/* What is wrong with a training, found out at its end; and what a check says of the student's layers. */

import { capital } from "../../../figures/drawing/numbers.js";
import { button, make } from "../elements";
import type { Page } from "../page";
import type { Diagnosed, Finding } from "./answers";
import type { Session } from "./session";

const LONGEST = 60; // seconds that a diagnosis may take in a slow browser

/** Finds out what is wrong with trainings, when it is asked to. */
export class Diagnosis {
  readonly element: HTMLElement;
  private readonly found = make("div");
  private foundAt = ""; // at which steps

  constructor(
    private readonly page: Page,
    private readonly session: Session,
    private readonly names: string[],
  ) {
    this.element = make("div", {}, button(page.t("Look for what is wrong"), () => void this.find()), this.found);
  }

  async find(): Promise<void> {
    const now = this.session.drawn.map(({ seen }) => seen.step).join();
    if (now === this.foundAt) return;
    this.foundAt = now;
    const t = this.page.t.bind(this.page);
    this.found.replaceChildren(make("p", { className: "small quiet" }, t("Remedies are tried on copies …")));
    try {
      const answers: Diagnosed[] = [];
      for (const run of this.names.keys()) answers.push(await this.session.python.ask<Diagnosed>("train.diagnose", { run }, { seconds: LONGEST }));
      if (this.foundAt !== now) return;
      const lists = answers.map((answer, run) => make("div", {}, this.names[run] ? make("h3", {}, this.names[run]!) : null, findingsList(this.page, answer)));
      this.found.replaceChildren(make("div", { className: lists.length > 1 ? "split" : "" }, ...lists));
      this.page.status(t("The findings are there."));
    } catch (error) {
      this.foundAt = "";
      this.found.replaceChildren(make("p", { className: "error" }, (error as Error).message || t("Stopped.")));
    }
  }
}

/** Return what was found, the causes before what follows from them. */
function findingsList(page: Page, { findings, own, message }: Diagnosed): HTMLElement {
  const t = page.t.bind(page);
  const causes = findings.filter((finding) => !finding.is_effect);
  const effects = findings.filter((finding) => finding.is_effect);
  const [first, second] = causes.length > 0 ? [causes, effects] : [effects, []];
  const wrong = own.filter(({ ok }) => !ok);
  return make(
    "div",
    { className: "train-findings" },
    message ? make("p", { className: findings.length + wrong.length === 0 ? "well" : "" }, message) : null,
    own.length > 0 ? make("ul", {}, ...own.map((layer) => make("li", { className: layer.ok ? "well" : "" }, make("p", {}, make("b", {}, layer.name), ` ${layer.code}`), make("p", {}, layer.says)))) : null,
    make("ul", {}, ...first.map((finding) => inFull(page, finding))),
    second.length > 0 ? make("h3", {}, causes.length > 1 ? t("What follows from these") : t("What follows from it")) : null,
    make("ul", { className: "effects" }, ...second.map((finding) => inFull(page, finding))),
  );
}

function inFull(page: Page, { code, message, remedy, tried, epoch }: Finding): HTMLElement {
  const t = page.t.bind(page);
  const since = epoch === null ? null : make("span", { className: "small quiet" }, " ", t("from epoch {epoch}", { epoch }));
  return make(
    "li",
    {},
    make("p", {}, make("b", {}, code), since),
    make("p", {}, message),
    remedy ? make("p", { className: "small" }, make("b", {}, t("Remedy")), " ", remedy) : null,
    tried ? make("p", { className: "small" }, make("b", {}, t("Tried")), " ", capital(tried.text)) : null,
  );
}
