/* What is written at the edges: a number, a small matrix in brackets, a shape with its norm. */

import { draw } from "../elements";
import type { Label } from "./types";

const LINE = 18;
const ROW = 17;
const CELL = 12; // between two columns
const BRACKET = 8;
const FONT = "13px system-ui, -apple-system, 'Segoe UI', 'Noto Sans KR', sans-serif";

const ruler = document.createElement("canvas").getContext("2d");

function width(text: string): number {
  if (!ruler) return 7.5 * text.length;
  ruler.font = FONT;
  return ruler.measureText(text).width;
}

/** Return a label whose lower edge (`above`) or upper edge lies at y, its middle at x. */
export function drawLabel(label: Label, x: number, y: number, above: boolean, shown = label.parts?.length ?? 0): SVGGElement {
  if (label.rows) return matrix(label, label.rows, x, y, above);
  const lines = label.norm === undefined ? [oneLine(label, shown)] : [`${label.name} ${label.text}`.trim(), `‖·‖ = ${label.norm}`];
  const top = above ? y - LINE * lines.length : y;
  return draw("g", {}, ...lines.map((line, number) => text(line, x, top + LINE * (number + 0.72), "middle")));
}

/** Return a label's line; of a sum so many parts, and the sum itself when all are there. */
function oneLine(label: Label, shown: number): string {
  const { name, text: value = "", parts } = label;
  if (parts) return shown < parts.length ? parts.slice(0, shown).join("") : `${parts.join("")} = ${value}`;
  return name ? `${name} = ${value}` : value;
}

function matrix(label: Label, rows: string[][], x: number, y: number, above: boolean): SVGGElement {
  const name = label.name ? `${label.name} =` : "";
  const columns = rows[0]!.map((_cell, column) => Math.max(...rows.map((row) => width(row[column]!))));
  const inner = columns.reduce((sum, column) => sum + column + CELL, -CELL);
  const before = name ? width(name) + 6 : 0;
  const height = ROW * rows.length;
  const top = above ? y - height - 3 : y + 3;
  let left = x - (before + inner + 2 * BRACKET) / 2;
  const group = draw("g", {});
  if (name) group.append(text(name, left, top + height / 2 + 4.5, "start"));
  left += before;
  group.append(bracket(left, top, height, 1), bracket(left + inner + 2 * BRACKET, top, height, -1));
  let right = left + BRACKET;
  columns.forEach((column, number) => {
    right += column;
    rows.forEach((row, line) => group.append(text(row[number]!, right, top + ROW * (line + 0.76), "end")));
    right += CELL;
  });
  return group;
}

function bracket(x: number, top: number, height: number, way: number): SVGPathElement {
  return draw("path", { d: `M${x + 4 * way} ${top}H${x}V${top + height}H${x + 4 * way}`, class: "see-bracket" });
}

function text(content: string, x: number, y: number, anchor: string): SVGTextElement {
  return draw("text", { x, y, "text-anchor": anchor }, content);
}
