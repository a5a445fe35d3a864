/* What a diagnosis found: in full beside the curves, in short beside the charts that show it. */

import { make } from "../drawing/elements.js";
import { capital, count, isNumber } from "../drawing/numbers.js";
import { REPORT } from "./data.js";
import { byId, show } from "./parts.js";

const ELSEWHERE = [
  { box: "signals-findings", codes: ["vanishing", "exploding", "dead-units", "saturated"] },
  {
    box: "steps-findings",
    codes: ["learning-rate-too-high", "learning-rate-too-low", "noisy", "batch-too-small"],
  },
];

export function showFindings() {
  const { findings } = REPORT;
  show("no-findings", findings?.length === 0);
  show("findings", findings?.length > 0);
  if (!findings?.length) return;
  const causes = findings.filter((finding) => !finding.is_effect);
  const effects = findings.filter((finding) => finding.is_effect);
  const first = causes.length > 0 ? causes : effects; // without a cause, there is nothing to follow from
  byId("causes").append(...first.map(inFull));
  byId("effects-title").textContent = causes.length > 1 ? "What follows from these" : "What follows from it";
  byId("effects").append(...(first === causes ? effects : []).map(inFull));
  show("following", first === causes && effects.length > 0);
  for (const { box, codes } of ELSEWHERE) {
    const there = findings.filter(({ code }) => codes.includes(code));
    byId(box).append(...there.map(inShort));
    show(box, there.length > 0);
  }
}

/** Return a finding with what to do about it, and what came of trying that. */
function inFull(finding) {
  const { code, message, remedy, tried, epoch, is_effect: isEffect } = finding;
  const since = isNumber(epoch) ? [make("span", { class: "since" }, `from epoch ${count(epoch)}`)] : [];
  const advice = isEffect ? [make("p", { class: "small" }, remedy ?? "")] : named("Remedy", remedy); // or a reason
  return make(
    "li",
    { id: placeOf(finding) },
    make("p", { class: "code" }, make("b", {}, code), ...since),
    make("p", {}, message),
    ...advice,
    ...named("Tried", tried),
  );
}

/** Return words with a name before them; nothing where there are no words. */
function named(name, words) {
  return words ? [make("p", { class: "named-words" }, make("b", {}, name), make("span", {}, capital(words)))] : [];
}

/** Return a finding in a line, which leads to the rest of it. */
function inShort(finding) {
  const link = make("a", { href: `#${placeOf(finding)}` }, finding.code);
  return make("li", {}, link, ` ${finding.message}`);
}

/** Return the id of the place where a finding is told in full. */
function placeOf(finding) {
  return `finding-${REPORT.findings.indexOf(finding)}`;
}

/** Return what the curves mark: the findings that begin at one of the epochs. */
export function findingsAmong(epochs) {
  const there = (REPORT.findings ?? []).filter(({ epoch }) => epochs.includes(epoch));
  return there.map(({ code, epoch }) => ({ x: epoch, name: code, words: `${code} from epoch ${count(epoch)}` }));
}
