/* What is wrong with a training, found out at its end; and what a check says of the student's layers. */

import { capital } from "../../../figures/drawing/numbers.js";
import { make } from "../elements";
import type { Page } from "../page";
import type { Diagnosed, Finding } from "./answers";

/** Return what was found, the causes before what follows from them. */
export function findingsList(page: Page, { findings, own, message }: Diagnosed): HTMLElement {
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
