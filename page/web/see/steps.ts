/* The steps of a graph: what is given, node after node forward, the first gradient, node after node back. */

import type { Graph } from "./types";

export type Step = { kind: "given" } | { kind: "forward" | "backward"; node: number } | { kind: "first" };

export function stepsOf(graph: Graph): Step[] {
  return [
    { kind: "given" },
    ...graph.forward.map((node) => ({ kind: "forward" as const, node })),
    { kind: "first" },
    ...graph.backward.map((node) => ({ kind: "backward" as const, node })),
  ];
}

/** What has flown after some steps. */
export interface State {
  hasValue: boolean[];
  arrived: number[]; // how many shares of each node's gradient
}

export function stateAfter(graph: Graph, steps: readonly Step[], index: number): State {
  const hasValue = graph.nodes.map((node) => node.kind !== "operation");
  const arrived = graph.nodes.map(() => 0);
  for (const step of steps.slice(0, index + 1)) {
    if (step.kind === "forward") hasValue[step.node] = true;
    if (step.kind === "first") arrived[graph.nodes.length - 1] = 1;
    if (step.kind === "backward") for (const { source } of backOf(graph, step.node)) arrived[source]!++;
  }
  return { hasValue, arrived };
}

export function backOf(graph: Graph, node: number) {
  return graph.nodes[node]!.explanation.back ?? [];
}

/** Return how many shares come to each node; one comes to the output from itself. */
export function sharesOf(graph: Graph): number[] {
  const counts = graph.nodes.map(() => 0);
  graph.nodes.forEach((_node, number) => backOf(graph, number).forEach(({ source }) => counts[source]!++));
  counts[graph.nodes.length - 1] = 1;
  return counts;
}

/** Return the node of a step: that which the light falls on. */
export function nodeOf(graph: Graph, step: Step): number | null {
  if (step.kind === "given") return null;
  return step.kind === "first" ? graph.nodes.length - 1 : step.node;
}
