/* What happens at one node, with the numbers put in: forward, its own derivatives, the chain rule's products. */

import { make } from "../elements";
import { equation } from "./mathematics";
import { operationName, type Say } from "./sentences";
import type { Back, Graph, GraphNode } from "./types";

export function explanationOf(graph: Graph, number: number, t: Say): HTMLElement[] {
  const node = graph.nodes[number]!;
  const { words, forward, back = [], sum, meaning } = node.explanation;
  return [
    heading(node, t),
    ...(words ? [make("p", {}, words)] : []),
    ...(forward ? [part(t("Forward"), "forward", equation(forward, "see-value"))] : []),
    ...back.map((one) => derivative(one, t)),
    ...(sum.length ? [part(sum.length > 2 ? t("What comes back adds up") : t("What comes back"), "backward", equation(sum, "see-gradient"))] : []),
    ...(meaning ? [make("p", { className: "small quiet" }, meaning)] : []),
  ];
}

function heading(node: GraphNode, t: Say): HTMLElement {
  const name = node.shown;
  const said =
    node.kind === "operation"
      ? [make("span", { className: "see-sign" }, node.title), `${operationName(node, t) === node.title ? "" : ` ${operationName(node, t)}:`} ${name} = ${node.valueText}`]
      : [node.kind === "input" ? t("Given: {name} = {value}", { name, value: node.valueText }) : t("Constant: {value}", { value: node.valueText })];
  return make("h3", { className: "see-heading" }, ...said.map((text) => (typeof text === "string" ? document.createTextNode(text) : text)));
}

function derivative(back: Back, t: Say): HTMLElement {
  const name = back.towards;
  const title = back.is_share ? t("Back to {name}, one share", { name }) : t("Back to {name}", { name });
  return part(
    title,
    "backward",
    ...(back.local.length ? [make("p", { className: "small quiet" }, t("Local derivative")), equation(back.local)] : []),
    make("p", { className: "small quiet" }, back.local.length ? t("The chain rule: what came back, times the local derivative") : t("What its backward computes")),
    equation(back.product, "see-gradient"),
    ...back.notes.map((note) => make("p", { className: "small quiet" }, note)),
  );
}

function part(title: string, kind: string, ...content: HTMLElement[]): HTMLElement {
  return make("section", { className: `see-part see-${kind}` }, make("h4", {}, title), ...content);
}
