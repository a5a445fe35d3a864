/* The confusion matrix, and the test samples of the chosen cell. */

import { make, scrollable } from "../drawing/elements.js";
import { count, percent, several } from "../drawing/numbers.js";
import { CLASSES, REPORT, THING, nameOf, sampleAt } from "./data.js";
import { byId, show } from "./parts.js";
import { thumbnail } from "./thumbnails.js";

const MOST_ROOMY = 20; // classes, beyond which the cells are small

export class Matrix {
  constructor(chosen) {
    this.chosen = chosen;
    this.counts = REPORT.test.confusion;
    this.mostWrong = Math.max(1, ...this.counts.flatMap((row, r) => row.filter((_, c) => c !== r)));
    this.cells = this.counts.map((row, r) => row.map((_, c) => this.cell(r, c)));
    const labels = this.counts.map((_, label) => nameOf(label));
    const head = make("tr", {}, make("th", {}, "true"), ...labels.map((label) => make("th", { scope: "col" }, label)));
    const over = make("tr", {}, make("td"), make("th", { colspan: CLASSES }, "answered"));
    const rows = this.cells.map((row, r) =>
      make(
        "tr",
        {},
        make("th", { scope: "row" }, labels[r]),
        ...row.map((cell) => make("td", { role: "gridcell" }, cell)),
      ),
    );
    byId("matrix").append(make("thead", {}, over, head), make("tbody", {}, ...rows));
    byId("matrix").addEventListener("keydown", (event) => this.key(event));
    byId("matrix").classList.toggle("many", CLASSES > MOST_ROOMY);
    scrollable(byId("matrix-scroll"), "The confusion matrix");
    show("matrix-hint", REPORT.samples !== null);
    this.choose(...this.worst());
  }

  /** Return the button of a cell; what is wrong is coloured by how often it happened, what is right by its share. */
  cell(r, c) {
    const number = this.counts[r][c];
    const total = this.counts[r].reduce((a, b) => a + b, 0);
    const share = r === c ? number / Math.max(1, total) : Math.sqrt(number / this.mostWrong);
    const label = `true ${nameOf(r)}, answered ${nameOf(c)}: ${count(number)}`;
    const button = make("button", {
      type: "button",
      tabindex: -1,
      class: r === c ? "right" : "wrong",
      "aria-label": label,
    });
    button.style.setProperty("--share", share.toFixed(3));
    button.append(make("span", {}, number ? String(number) : "·"));
    if (number === 0) button.classList.add("none");
    button.addEventListener("click", () => this.choose(r, c));
    return button;
  }

  /** Return the cell of the most common mistake, or the first. */
  worst() {
    const wrong = this.counts.flatMap((row, r) => row.map((number, c) => ({ r, c, number: r === c ? 0 : number })));
    const { r, c } = wrong.reduce((worst, cell) => (cell.number > worst.number ? cell : worst));
    return [r, c];
  }

  key(event) {
    const moves = {
      ArrowUp: [-1, 0],
      ArrowDown: [1, 0],
      ArrowLeft: [0, -1],
      ArrowRight: [0, 1],
      Home: [0, -CLASSES],
      End: [0, CLASSES],
    };
    const move = moves[event.key];
    if (!move) return;
    event.preventDefault();
    const [r, c] = [0, 1].map((axis) => Math.min(CLASSES - 1, Math.max(0, this.at[axis] + move[axis])));
    this.choose(r, c);
    this.cells[r][c].focus();
  }

  /** Choose a cell, and show its samples. */
  choose(r, c) {
    if (this.at) this.mark(...this.at, false);
    this.at = [r, c];
    this.mark(r, c, true);
    const places = REPORT.samples?.cells[`${r},${c}`] ?? [];
    const number = this.counts[r][c];
    byId("cell-title").textContent = `${nameOf(r)} taken for ${nameOf(c)}${r === c ? ", rightly" : ""}`;
    byId("cell-note").textContent = this.note(number, places.length);
    byId("cell").replaceChildren(
      ...places.map((place) => thumbnail(place, this.chosen, percent(sampleAt(place).confidence, 0))),
    );
  }

  note(number, shown) {
    if (number === 0) return "This never happened.";
    const total = `${several(number, `test ${THING}`)}`;
    if (REPORT.samples === null) return `${total}.`;
    return shown < number
      ? `${total}; the ${shown} it was most sure of, with its confidence.`
      : `${total}, with its confidence.`;
  }

  mark(r, c, chosen) {
    this.cells[r][c].setAttribute("aria-pressed", chosen);
    this.cells[r][c].tabIndex = chosen ? 0 : -1;
  }
}
