/* The plane of a training: where the network draws its lines, the points, and what it answers under the cursor. */

import { type Pair, Plane, type Point } from "../../../figures/drawing/plane.js";
import { legendEntry, shapeOf } from "../../../figures/drawing/marks.js";
import { percent, short } from "../../../figures/drawing/numbers.js";
import { make } from "../elements";
import type { Page } from "../page";
import type { Data } from "./answers";
import type { Drawn } from "./session";
import { rowsOf, unpacked } from "./unpacked";

const FULL = 255; // of a byte that holds a share

export class Boundary {
  readonly element: HTMLElement;
  private readonly plane: Plane;
  private readonly answer = make("p", { className: "small quiet train-answer" });
  private shares: { values: Uint8Array; side: number; classes: number } | null = null;

  /** chosen(at) is called when a place is chosen. */
  constructor(
    private readonly page: Page,
    private readonly data: Data,
    label: string,
    chosen: (at: Pair) => void,
  ) {
    const frame = make("div", { className: "plane-frame", tabIndex: 0, role: "application", "aria-label": `${label}: ${page.t("the plane; arrow keys move the cross")}` });
    this.plane = new Plane(frame, {
      extents: data.extents!,
      features: ["x1", "x2"],
      chosen: (at) => {
        chosen(at);
        this.tell();
      },
      moved: () => page.status(this.answer.textContent ?? ""),
    });
    this.plane.showPoints([...pointsOf(data, "train"), ...pointsOf(data, "test")]);
    this.element = make("div", { className: "train-plane" }, frame, this.answer, this.legend());
  }

  show({ seen }: Drawn): void {
    if (!seen.boundary) return;
    const bytes = unpacked(seen.boundary.shares) as Uint8Array;
    this.shares = { values: bytes, side: seen.boundary.side, classes: this.data.classes };
    this.plane.showShares({ ...this.shares, values: Float32Array.from(bytes, (byte) => byte / FULL) });
    this.tell();
  }

  /** Say what the network answers at the cross. */
  private tell(): void {
    const at = this.plane.at;
    if (!at || !this.shares) {
      this.answer.textContent = this.page.t("Point at the plane, or move the cross by the arrow keys: what the network answers there stands here.");
      return;
    }
    const shares = this.sharesAt(at);
    const best = shares.reduce((most, share, label) => (share > shares[most]! ? label : most), 0);
    this.answer.textContent = this.page.t("x1 = {x1}, x2 = {x2}: class {label}, {share}", {
      x1: short(at[0], 2),
      x2: short(at[1], 2),
      label: best,
      share: percent((shares[best] ?? 0) / FULL, 0),
    });
  }

  private sharesAt(at: Pair): number[] {
    const { values, side, classes } = this.shares!;
    const [[left, right], [bottom, top]] = this.data.extents!;
    const place = (share: number) => Math.min(side - 1, Math.max(0, Math.floor(share * side)));
    const start = (place((top - at[1]) / (top - bottom)) * side + place((at[0] - left) / (right - left))) * classes;
    return [...values.subarray(start, start + classes)];
  }

  private legend(): HTMLElement {
    const { classes, train, test } = this.data;
    const t = this.page.t.bind(this.page);
    return make(
      "ul",
      { className: "legend row" },
      ...Array.from({ length: classes }, (_, label) => legendEntry(shapeOf(label, 5, "large"), t("class {label}", { label }))),
      legendEntry(shapeOf(0, 2.6, "small"), t("small: {count} to train on", { count: train })),
      legendEntry(shapeOf(0, 4.4, "large"), t("edged: {count} for the test", { count: test })),
    );
  }
}

function pointsOf(data: Data, part: "train" | "test"): Point[] {
  const labels = unpacked(data[`t_${part}`]!);
  const kind = part === "train" ? "small" : "large";
  return rowsOf(data[`x_${part}`]!).map((at, number) => ({ at, label: labels[number]!, kind }));
}
