import assert from "node:assert/strict";
import { test } from "node:test";
import { exampleOf, EXAMPLES } from "./examples";
import { hashOf, textIn } from "./link";
import { nodeLabel, sentenceOf } from "./sentences";
import { nodeOf, sharesOf, stateAfter, stepsOf } from "./steps";
import type { Graph, GraphNode } from "./types";
import korean from "./ko.json";
import { learn, translated, type Values } from "../words";

learn(korean);

const t = (text: string, values?: Values): string => translated("en", text, values);

function node(name: string, operation: string, inputs: number[], value: string, gradient: string, more: Partial<GraphNode> = {}): GraphNode {
  const place = { x: 0, y: 0, width: 46, height: 46, stem: 100 };
  const kind = operation ? "operation" : "input";
  return { ...place, kind, operation, sign: operation, title: operation, name, shown: name, inputs, value: { name, text: value }, valueText: value, gradient: { name: "", text: gradient }, gradientText: gradient, explanation: { sum: [], meaning: "" }, ...more };
}

function back(towards: string, source: number, place: number, value: string, told: string) {
  return { towards, source, place, value, told, local: [], product: [], is_share: true, notes: [] };
}

// y = x * x + x at x = 3
const GRAPH: Graph = {
  width: 400,
  height: 100,
  nodes: [
    node("x", "", [], "3", "7", { gradient: { name: "", text: "7", parts: ["1", " + 3", " + 3"] } }),
    node("u", "Multiply", [0, 0], "9", "1", { title: "×", explanation: { sum: [], meaning: "", told: "3 · 3 = 9", back: [back("x", 0, 0, "3", "1 · 3 = 3"), back("x", 0, 1, "3", "1 · 3 = 3")] } }),
    node("y", "Add", [1, 0], "12", "1", { title: "+", explanation: { sum: [], meaning: "", told: "9 + 3 = 12", back: [back("u", 1, 0, "1", "1 · 1 = 1"), back("x", 0, 1, "1", "1 · 1 = 1")] } }),
  ],
  wires: [],
  forward: [1, 2],
  backward: [2, 1],
  top: "y",
};
const STEPS = stepsOf(GRAPH);

test("the steps are what is given, forward, the first gradient, and back", () => {
  assert.deepEqual(STEPS.map(({ kind }) => kind), ["given", "forward", "forward", "first", "backward", "backward"]);
  assert.deepEqual(STEPS.map((step) => nodeOf(GRAPH, step)), [null, 1, 2, 2, 2, 1]);
});

test("values appear in their order, and stay", () => {
  const seen = STEPS.map((_step, index) => stateAfter(GRAPH, STEPS, index).hasValue);
  assert.deepEqual(seen[0], [true, false, false]);
  assert.deepEqual(seen[1], [true, true, false]);
  assert.deepEqual(seen[5], [true, true, true]);
});

test("the shares of a gradient arrive one after the other", () => {
  assert.deepEqual(stateAfter(GRAPH, STEPS, 2).arrived, [0, 0, 0]);
  assert.deepEqual(stateAfter(GRAPH, STEPS, 3).arrived, [0, 0, 1]);
  assert.deepEqual(stateAfter(GRAPH, STEPS, 4).arrived, [1, 1, 1]);
  assert.deepEqual(stateAfter(GRAPH, STEPS, 5).arrived, [3, 1, 1]);
  assert.deepEqual(sharesOf(GRAPH), [3, 1, 1]);
});

test("each step is said in sentences, with its numbers", () => {
  assert.deepEqual(
    STEPS.map((_step, index) => sentenceOf(GRAPH, STEPS, index, t)),
    [
      "These values are given: x = 3.",
      "× computes u = 3 · 3 = 9. The value flows on.",
      "+ computes y = 9 + 3 = 12. The value flows on.",
      "Backward begins at the end: ∂y/∂y = 1.",
      "+ gets 1 back. It hands 1 · 1 = 1 to u. It hands 1 · 1 = 1 to x.",
      "× gets 1 back. It hands 1 · 3 = 3 to x. It hands 1 · 3 = 3 to x. Together that makes 1 + 3 + 3 = 7 for x.",
    ],
  );
});

test("an array is told by its value where there is no product of numbers", () => {
  const whole = node("y", "MatMul", [0], "[1, 2]", "[3, 4]", { title: "@", explanation: { sum: [], meaning: "", told: "", back: [back("x", 0, 0, "[5, 6]", "")] } });
  const graph = { ...GRAPH, nodes: [GRAPH.nodes[0]!, whole], forward: [1], backward: [1] };
  const steps = stepsOf(graph);
  assert.equal(sentenceOf(graph, steps, 1, t), "@ computes y = [1, 2]. The value flows on.");
  assert.match(sentenceOf(graph, steps, 3, t), /^@ gets \[3, 4\] back\. It hands \[5, 6\] to x\./);
});

test("many given values are cut off", () => {
  const nodes = Array.from({ length: 9 }, (_none, number) => node(`x${number}`, "", [], "1", ""));
  const graph = { ...GRAPH, nodes };
  assert.match(sentenceOf(graph, stepsOf(graph), 0, t), /x5 = 1 …\.$/);
});

test("a node is named for those who do not see it, with what has flown so far", () => {
  const times = GRAPH.nodes[1]!;
  assert.equal(nodeLabel(times, t, false, false), "times: u");
  assert.equal(nodeLabel(times, t, true, true), "times: u = 9, gradient 1");
  assert.equal(nodeLabel({ ...times, kind: "constant" }, t, true, false), "constant 9");
  assert.equal(nodeLabel({ ...times, operation: "WholeLayer", title: "Softplus" }, t, true, false), "Softplus: u = 9");
});

test("a link carries any text, and another hash none", () => {
  for (const text of ["x = Variable(1.0)", "가격 = 'é' # 🍎\n\t\"'<>&", ""]) assert.equal(textIn(hashOf(text)), text);
  assert.match(hashOf("???>>>~~~"), /^#see=[A-Za-z0-9_-]+$/);
  for (const hash of ["", "#see", "#check=abc", "#see=*", "#see=_w"]) assert.equal(textIn(hash), null);
});

test("every example has its name, its words and a text of its own", () => {
  assert.equal(new Set(EXAMPLES.map(({ id }) => id)).size, EXAMPLES.length);
  for (const example of EXAMPLES) {
    assert.equal(exampleOf(` ${example.text}\n`), example);
    assert.notEqual(translated("ko", example.title), example.title);
    assert.notEqual(translated("ko", example.words), example.words);
  }
  assert.equal(exampleOf("x = 1"), undefined);
});
