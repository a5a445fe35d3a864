/* Formulas: trees from Python become MathML, element by element; text goes in as text. */

import { make } from "../elements";
import type { Tree } from "./types";

const MATHML = "http://www.w3.org/1998/Math/MathML";
const ELEMENTS = new Set(["mi", "mn", "mo", "mtext", "mrow", "mfrac", "msup", "msub", "msubsup", "mover", "mtable", "mtr", "mtd", "matrix"]);

function element(tree: Tree | string): Node {
  if (typeof tree === "string") return document.createTextNode(tree);
  const [name, ...children] = tree;
  if (!ELEMENTS.has(name)) throw new Error(`no such element of MathML: ${name}`);
  const made = document.createElementNS(MATHML, name === "matrix" ? "mtable" : name);
  if (name === "matrix") made.setAttribute("class", "see-matrix");
  made.append(...children.map(element));
  return made;
}

function formula(...trees: Node[]): Element {
  const math = document.createElementNS(MATHML, "math");
  math.setAttribute("displaystyle", "true");
  math.setAttribute("lang", "en"); // for the same letters in both languages
  math.append(...trees);
  return math;
}

/** Return the sides of an equation, each in a piece of its own, so that a long one breaks before an equals sign. */
export function equation(sides: Tree[], last = ""): HTMLElement {
  const pieces = sides.map((side, number) => {
    const is = document.createElementNS(MATHML, "mo");
    is.textContent = "=";
    const piece = make("span", { className: "see-side" });
    piece.append(number > 0 ? formula(is, element(side)) : formula(element(side)));
    return piece;
  });
  pieces.at(-1)?.classList.toggle("see-result", sides.length > 1);
  if (last) pieces.at(-1)?.classList.add(last);
  return make("div", { className: "see-equation" }, ...pieces);
}
