/* The graph as a picture in which every node is a button: values above the edges, gradients below. */

import { draw } from "../elements";
import { drawLabel } from "./labels";
import { nodeLabel, type Say } from "./sentences";
import { backOf, sharesOf, type State } from "./steps";
import type { Graph, GraphNode, Wire } from "./types";

const BACK = 9; // from an edge down to the arrow of its gradient
const HEAD = 9;
const MOST_SAID = 9; // letters of what flies

export class Picture {
  readonly element: SVGSVGElement;
  private readonly nodes: SVGGElement[];
  private readonly values: (SVGGElement | null)[];
  private readonly gradients: SVGGElement[];
  private readonly wires: SVGPathElement[] = [];
  private readonly stems: SVGPathElement[];
  private readonly flying = draw("g", { class: "see-flying", "aria-hidden": "true" });
  private readonly shares: number[];
  private state: State | null = null;

  constructor(
    readonly graph: Graph,
    private readonly t: Say,
    private readonly choose: (node: number) => void,
  ) {
    const { width, height, nodes } = graph;
    this.shares = sharesOf(graph);
    this.element = draw("svg", { viewBox: `0 0 ${width} ${height}`, class: "see-picture", role: "group", "aria-label": t("The graph") });
    const edges = draw("g", { "aria-hidden": "true" });
    this.stems = nodes.map((node) => line(`M${node.x + node.width / 2} ${node.y}H${node.stem}`, "see-edge"));
    this.wires = graph.wires.map((wire) => line(pathOf(wire), "see-edge"));
    edges.append(...this.stems, ...this.wires, ...graph.wires.filter((wire) => wire.target !== null).map((wire) => head(...wire.end, 1, "see-head")));
    edges.append(head(nodes.at(-1)!.stem + 3, nodes.at(-1)!.y, 1, "see-head"), ...branches(graph));
    this.values = nodes.map((node, number) => this.value(node, number));
    this.gradients = nodes.map(() => draw("g", { class: "see-label see-gradient" }));
    const labels = draw("g", { "aria-hidden": "true" }, ...this.values, ...this.gradients);
    this.nodes = nodes.map((node, number) => this.node(node, number));
    this.element.append(edges, labels, ...this.nodes, this.flying);
  }

  /** Show what has flown so far, and let the light fall on a node. */
  show(state: State, lit: number | null, kind: string): void {
    this.flying.replaceChildren();
    this.graph.nodes.forEach((node, number) => {
      const hasValue = state.hasValue[number]!;
      const arrived = state.arrived[number]!;
      const [value, gradient] = [this.values[number], this.gradients[number]!];
      value?.classList.toggle("see-on", hasValue);
      this.stems[number]!.classList.toggle("see-flown", hasValue);
      if (this.state?.arrived[number] !== arrived || !this.state) gradient.replaceChildren(...this.gradient(node, number, arrived));
      gradient.classList.toggle("see-on", arrived > 0 && node.gradient !== null);
      const element = this.nodes[number]!;
      element.setAttribute("aria-label", nodeLabel(node, this.t, hasValue, arrived === this.shares[number] && arrived > 0));
      element.classList.toggle("see-lit-forward", number === lit && kind === "forward");
      element.classList.toggle("see-lit-backward", number === lit && kind !== "forward");
    });
    this.graph.wires.forEach((wire, number) => this.wires[number]!.classList.toggle("see-flown", state.hasValue[wire.source]!));
    this.state = state;
  }

  /** Mark the node whose explanation is shown. */
  mark(chosen: number | null): void {
    this.nodes.forEach((node, number) => {
      node.classList.toggle("see-chosen", number === chosen);
      node.setAttribute("aria-pressed", String(number === chosen));
    });
  }

  focus(node: number): void {
    this.nodes[node]?.focus();
  }

  /** Return which node has the focus, -1 for none. */
  focused(): number {
    return this.nodes.indexOf(document.activeElement as SVGGElement & Element as SVGGElement);
  }

  /** Let something fly along the edges that enter a node, or back along them; then do what comes after. */
  fly(node: number, backwards: boolean, milliseconds: number): Promise<void> {
    const flights = this.routes(node, backwards).map(({ route, value }) => {
      const dot = draw("circle", { r: 5.5, class: backwards ? "see-dot see-dot-back" : "see-dot" });
      const said = draw("text", { class: backwards ? "see-said-back" : "" }, value.length <= MOST_SAID ? value : "");
      this.flying.append(route, dot, said);
      return { dot, said, route, length: route.getTotalLength() };
    });
    const begun = performance.now();
    return new Promise((resolve) => {
      const frame = (now: number): void => {
        const share = Math.min((now - begun) / milliseconds, 1);
        const eased = share < 0.5 ? 2 * share * share : 1 - 2 * (1 - share) * (1 - share);
        for (const { dot, said, route, length } of flights) {
          const { x, y } = route.getPointAtLength((backwards ? 1 - eased : eased) * length);
          dot.setAttribute("cx", String(x));
          dot.setAttribute("cy", String(y));
          said.setAttribute("x", String(x));
          said.setAttribute("y", String(backwards ? y + 20 : y - 10));
        }
        if (share < 1 && flights.length && this.flying.contains(flights[0]!.dot)) requestAnimationFrame(frame);
        else resolve();
      };
      frame(begun);
    });
  }

  /** Return the ways from the inputs of a node to it, and what flows there; back, only those on which a gradient flows. */
  private routes(node: number, backwards: boolean): { route: SVGPathElement; value: string }[] {
    const { wires, nodes } = this.graph;
    const shares = new Map(backOf(this.graph, node).map(({ place, value }) => [place, value]));
    return wires
      .filter((wire) => wire.target === node)
      .sort((a, b) => a.end[1] - b.end[1])
      .map((wire, place) => ({ wire, value: backwards ? shares.get(place) : nodes[wire.source]!.valueText }))
      .filter((one): one is { wire: Wire; value: string } => one.value !== undefined)
      .map(({ wire, value }) => {
        const { x, width, y } = nodes[wire.source]!;
        const lanes = wires.filter((lane) => lane.source === wire.source && lane.target === null && lane.end[0] <= wire.start[0] + 0.5);
        const way = [...lanes.sort((a, b) => a.start[0] - b.start[0]), wire].map((piece) => pathOf(piece).replace("M", "L"));
        return { route: draw("path", { d: `M${x + width / 2} ${y}${way.join("")}`, fill: "none" }), value };
      });
  }

  private value(node: GraphNode, number: number): SVGGElement | null {
    if (!node.value) return null;
    const group = draw("g", { class: "see-label see-value", "data-node": number });
    group.append(drawLabel(node.value, middle(node), node.y - 5, true));
    return group;
  }

  private gradient(node: GraphNode, number: number, arrived: number): SVGElement[] {
    if (!node.gradient || arrived === 0) return [];
    const [left, right, y] = [node.x + node.width / 2 + 5, node.stem - 5, node.y + BACK];
    const waits = arrived < this.shares[number]! && !node.gradient.parts;
    const label = waits ? { name: "", text: "…" } : node.gradient;
    return [line(`M${right} ${y}H${left + HEAD / 2}`, "see-back"), head(left, y, -1, "see-back-head"), drawLabel(label, middle(node), y + 3, false, arrived)];
  }

  private node(node: GraphNode, number: number): SVGGElement {
    const { x, y, width, height, kind, sign } = node;
    const shape =
      kind === "operation"
        ? draw("ellipse", { cx: x, cy: y, rx: width / 2, ry: height / 2 })
        : draw("rect", { x: x - width / 2, y: y - height / 2, width, height, rx: 8 });
    const lines = sign.split("\n");
    const texts = lines.map((text, place) => draw("text", { x, y: y + 18 * (place - (lines.length - 1) / 2), class: text.length === 1 && kind === "operation" ? "see-sign-large" : "see-sign-small" }, text));
    const group = draw("g", { class: `see-node see-${kind}`, role: "button", tabindex: 0, "data-node": number, "data-name": node.name }, shape, ...texts);
    group.addEventListener("click", () => this.choose(number));
    group.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" && event.key !== " ") return;
      event.preventDefault();
      event.stopPropagation();
      this.choose(number);
    });
    return group;
  }
}

function middle(node: GraphNode): number {
  return (node.x + node.width / 2 + node.stem) / 2;
}

function line(d: string, name: string): SVGPathElement {
  return draw("path", { d, class: name });
}

function pathOf({ start, bend, end }: Wire): string {
  const half = (start[0] + bend[0]) / 2;
  return `M${start[0]} ${start[1]}C${half} ${start[1]} ${half} ${bend[1]} ${bend[0]} ${bend[1]}H${end[0]}`;
}

function head(x: number, y: number, way: number, name: string): SVGPathElement {
  return draw("path", { d: `M${x} ${y}l${-HEAD * way} -4v8z`, class: name });
}

/** Return a dot wherever an edge branches. */
function branches(graph: Graph): SVGCircleElement[] {
  const starts = new Map<string, number>();
  for (const { start } of graph.wires) starts.set(String(start), (starts.get(String(start)) ?? 0) + 1);
  return [...starts]
    .filter(([, count]) => count > 1)
    .map(([start]) => {
      const [cx, cy] = start.split(",").map(Number) as [number, number];
      return draw("circle", { cx, cy, r: 3.5, class: "see-branch" });
    });
}
