/* The page, put together. */

import { showAbout, showContents } from "./about.js";
import { showCurves } from "./curves.js";
import { CLASSES, REPORT, sampleAt } from "./data.js";
import { Desk } from "./desk.js";
import { showDistributions } from "./distributions.js";
import { showDownloads } from "./downloads.js";
import { showFindings } from "./findings.js";
import { showFit } from "./fit.js";
import { Matrix } from "./matrix.js";
import { showMistakes } from "./mistakes.js";
import { byId, show } from "./parts.js";
import { showPlane } from "./plane.js";
import { showTraces } from "./traces.js";
import { UNKNOWN } from "./trained.js";
import { showWeights } from "./weights.js";

const desk = REPORT.image && UNKNOWN.length === 0 ? new Desk() : null;

/** Send a test sample through the network, and show the desk on which it happens. */
function sendThrough(place) {
  if (!desk) return;
  desk.pick(place);
  byId("canvas").focus({ preventScroll: true });
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  byId("draw").scrollIntoView({ behavior: calm ? "auto" : "smooth" });
}

showAbout();
showDownloads();
for (const part of document.querySelectorAll(".bars, .verdict")) {
  part.classList.toggle("named", REPORT.classes.length > 0);
}
const plane = showPlane();
showFit();
showFindings();
showCurves();
show("confusion", CLASSES > 0);
const matrix = CLASSES > 0 ? new Matrix(sendThrough) : null;
showMistakes(sendThrough);
showWeights();
showDistributions();
showTraces();
show("draw", REPORT.image !== null);
showContents();

if (desk) {
  desk.pick(REPORT.samples.examples.find((place) => sampleAt(place).label === sampleAt(place).predicted) ?? 0, {
    invites: true,
  });
} else if (REPORT.image) {
  for (const part of ["desk", "picking", "passing"]) show(part, false);
  byId("cannot-draw").textContent =
    `This network cannot work here: the page does not know what its layer ${UNKNOWN.join(", ")} does.`;
  show("cannot-draw", true);
}
