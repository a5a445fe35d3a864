/* What happens in a step, said in sentences; and what a node is, for those who do not see it. */

import { N_, type Values } from "../words";
import { backOf, sharesOf, type Step } from "./steps";
import type { Graph, GraphNode } from "./types";

export type Say = (text: string, values?: Values) => string;

const SPOKEN: Record<string, string> = {
  Add: N_("plus"),
  Subtract: N_("minus"),
  Multiply: N_("times"),
  Divide: N_("divided by"),
  Power: N_("power"),
  Negative: N_("opposite sign"),
  MatMul: N_("matrix product"),
  Exp: N_("exponential function"),
  Log: N_("logarithm"),
  Sum: N_("sum"),
  Mean: N_("mean"),
  Max: N_("maximum"),
  Reshape: N_("other shape"),
  Transpose: N_("transposed"),
  Index: N_("some elements"),
  SoftmaxCrossEntropy: N_("softmax with cross entropy"),
};
const MOST_NAMED = 6;

/** Return an operation's name in words. */
export function operationName(node: GraphNode, t: Say): string {
  const name = SPOKEN[node.operation];
  return name ? t(name) : node.title;
}

export function sentenceOf(graph: Graph, steps: readonly Step[], index: number, t: Say): string {
  const step = steps[index]!;
  if (step.kind === "given") return t("These values are given: {values}.", { values: givenValues(graph) });
  if (step.kind === "first") return firstGradient(graph, t);
  const node = graph.nodes[step.node]!;
  return step.kind === "forward" ? forward(node, t) : backward(graph, steps, index, step.node, t);
}

function givenValues(graph: Graph): string {
  const given = graph.nodes.filter((node) => node.kind === "input");
  const named = given.slice(0, MOST_NAMED).map((node) => `${node.shown} = ${node.valueText}`);
  return named.join(", ") + (given.length > MOST_NAMED ? " …" : "");
}

function forward(node: GraphNode, t: Say): string {
  const { told } = node.explanation;
  return t("{sign} computes {equation}. The value flows on.", {
    sign: node.title,
    equation: `${node.shown} = ${told || node.valueText}`,
  });
}

function firstGradient(graph: Graph, t: Say): string {
  const output = graph.nodes.at(-1)!;
  const [top, name] = [graph.top, output.shown];
  return t("Backward begins at the end: {derivative}.", { derivative: `∂${top}/∂${name} = ${output.gradientText}` });
}

function backward(graph: Graph, steps: readonly Step[], index: number, number: number, t: Say): string {
  const node = graph.nodes[number]!;
  const said = [t("{sign} gets {gradient} back.", { sign: node.title, gradient: node.gradientText })];
  for (const { towards, told, value } of backOf(graph, number))
    said.push(t("It hands {product} to {name}.", { product: told || value, name: towards }));
  const before = steps.slice(0, index).filter((step) => step.kind === "backward");
  const counts = sharesOf(graph);
  for (const source of new Set(backOf(graph, number).map((back) => back.source))) {
    const count = before.reduce((sum, step) => sum + sharesTo(graph, step, source), sharesTo(graph, steps[index]!, source));
    const { shown, gradient, gradientText } = graph.nodes[source]!;
    if (counts[source]! > 1 && count === counts[source])
      said.push(
        t("Together that makes {sum} for {name}.", {
          sum: `${gradient?.parts ? gradient.parts.join("") + " = " : ""}${gradientText}`,
          name: shown,
        }),
      );
  }
  return said.join(" ");
}

function sharesTo(graph: Graph, step: Step, source: number): number {
  return step.kind === "backward" ? backOf(graph, step.node).filter((back) => back.source === source).length : 0;
}

/** Return what a node is called for those who do not see it. */
export function nodeLabel(node: GraphNode, t: Say, hasValue: boolean, hasGradient: boolean): string {
  const values = { name: node.shown, value: node.valueText, gradient: node.gradientText, operation: operationName(node, t) };
  const parts = [];
  if (node.kind === "constant") parts.push(t("constant {value}", values));
  else if (node.kind === "input") parts.push(t("given: {name} = {value}", values));
  else parts.push(hasValue ? t("{operation}: {name} = {value}", values) : t("{operation}: {name}", values));
  if (hasGradient && node.gradientText) parts.push(t("gradient {gradient}", values));
  return parts.join(", ");
}
