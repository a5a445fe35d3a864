/* Where a graph is played: the picture with its controls, the sentence of the step, the explanation of a node. */

import { button, make } from "../elements";
import type { Page } from "../page";
import { explanationOf } from "./explanation";
import { Picture } from "./picture";
import { Player } from "./player";
import { sentenceOf } from "./sentences";
import { nodeOf, stateAfter, type Step, stepsOf } from "./steps";
import type { Graph } from "./types";

const SMALLEST = 0.8;
const SMALLEST_ON_PHONES = 0.95;
const PHONE = 600; // pixels
const IN_SIGHT = 200; // pixels of an explanation that was asked for
const LARGEST = 2.4;
const ZOOM = 1.25;
const FITS = 1.15; // a small graph is not made larger than that
const SPEED = "see.speed";

export class Stage {
  readonly element: HTMLElement;
  readonly explanation: HTMLElement;
  readonly player: Player;
  private readonly sentence = make("p", { className: "see-sentence", "aria-live": "polite" });
  private readonly box: HTMLElement;
  private picture: Picture | null = null;
  private steps: Step[] = [];
  private zoom = 0; // 0: as large as fits
  private chosen: number | null = null;

  constructor(private readonly page: Page) {
    const t = this.t;
    this.player = new Player(t, (index, isNext) => this.step(index, isNext), (speed) => page.store.set(SPEED, speed), page.store.get<string>(SPEED) ?? "normal");
    this.box = make("div", { className: "see-box", tabIndex: 0, role: "region", "aria-label": t("Graph; arrow keys step, space plays") });
    const zooms = make(
      "div",
      { className: "see-zooms", role: "group", "aria-label": t("Size") },
      button("−", () => this.scale(1 / ZOOM), { "aria-label": t("Smaller"), title: t("Smaller"), className: "see-control" }),
      button(t("Fit"), () => this.fit()),
      button("+", () => this.scale(ZOOM), { "aria-label": t("Larger"), title: t("Larger"), className: "see-control" }),
    );
    const legend = make(
      "p",
      { className: "small quiet see-legend" },
      make("span", { className: "see-key see-value" }, t("above: the value that flows forward")),
      make("span", { className: "see-key see-gradient" }, t("below: the gradient that flows back")),
      make("span", { className: "see-keys" }, t("Keys in the graph: ← → step, ↑ ↓ go from node to node, Enter explains, space plays")),
    );
    this.player.element.append(zooms);
    this.element = make("section", { className: "panel see-stage", "aria-label": t("Graph") }, this.player.element, this.sentence, this.box, legend);
    this.explanation = make("section", { className: "panel see-explanation", "aria-label": t("What happens at a node") });
    this.element.addEventListener("keydown", (event) => this.key(event));
    new ResizeObserver(() => this.resize()).observe(this.box);
    this.nothing();
  }

  private readonly t = (text: string, values?: Record<string, string | number>): string => this.page.t(text, values);

  show(graph: Graph): void {
    this.steps = stepsOf(graph);
    this.picture = new Picture(graph, this.t, (node) => this.choose(node));
    this.box.replaceChildren(this.picture.element);
    this.box.scrollLeft = 0;
    this.element.classList.remove("see-empty");
    this.zoom = 0;
    this.resize();
    this.player.reset(this.steps.length);
  }

  /** There is no graph. */
  nothing(): void {
    this.picture = null;
    this.steps = [];
    this.chosen = null;
    this.player.reset(1);
    this.element.classList.add("see-empty");
    this.sentence.textContent = "";
    this.box.replaceChildren(make("p", { className: "quiet" }, this.t("The graph will appear here.")));
    this.explain();
  }

  private step(index: number, isNext: boolean): void {
    const { picture, steps } = this;
    if (!picture) return;
    const step = steps[index]!;
    const node = nodeOf(picture.graph, step);
    const said = sentenceOf(picture.graph, steps, index, this.t);
    this.sentence.textContent = said;
    this.player.told(said);
    this.chosen = node;
    picture.mark(node);
    this.explain();
    this.follow(node);
    const arrive = (): void => {
      if (this.picture === picture && this.player.index === index) picture.show(stateAfter(picture.graph, steps, index), node, step.kind);
    };
    const flies = isNext && node !== null && step.kind !== "first" && !matchMedia("(prefers-reduced-motion: reduce)").matches;
    if (!flies) return arrive();
    picture.show(stateAfter(picture.graph, steps, index - 1), node, step.kind);
    void picture.fly(node, step.kind === "backward", 0.45 * this.player.milliseconds).then(arrive);
  }

  private choose(node: number): void {
    this.player.stop();
    this.chosen = node;
    this.picture?.mark(node);
    this.explain();
    this.page.status(this.t("The explanation has changed."));
    const hidden = this.explanation.getBoundingClientRect().top + IN_SIGHT - innerHeight;
    if (hidden > 0) scrollBy({ top: hidden });
  }

  private explain(): void {
    this.explanation.hidden = this.picture === null;
    const head = make("h2", {}, this.t("What happens at a node"));
    const hint = make("p", { className: "quiet" }, this.t("Step on, or pick a node, to see what it computes, its local derivative, and what the chain rule makes of it."));
    const content = this.picture && this.chosen !== null ? explanationOf(this.picture.graph, this.chosen, this.t) : [hint];
    this.explanation.replaceChildren(head, ...content);
    // What is too wide is scrolled, by the keyboard too.
    for (const side of this.explanation.querySelectorAll<HTMLElement>(".see-side")) if (side.scrollWidth > side.clientWidth) side.tabIndex = 0;
  }

  /** Keep a node in sight, and its inputs where there is room for all. */
  private follow(number: number | null): void {
    const { scrollWidth, clientWidth } = this.box;
    if (!this.picture || scrollWidth <= clientWidth) return;
    if (number === null) return this.box.scrollTo({ left: 0 });
    const { nodes, width } = this.picture.graph;
    const node = nodes[number]!;
    const left = Math.min(...node.inputs.map((source) => nodes[source]!.x - nodes[source]!.width / 2));
    const scale = scrollWidth / width;
    const middle = (node.stem - left) * scale < clientWidth ? (left + node.stem) / 2 : node.x;
    this.box.scrollTo({ left: middle * scale - clientWidth / 2 });
  }

  private key(event: KeyboardEvent): void {
    const inBox = event.target instanceof Element && this.box.contains(event.target);
    if (!this.picture || !inBox || event.ctrlKey || event.metaKey || event.altKey) return;
    const { player, picture } = this;
    const count = picture.graph.nodes.length;
    const keys: Record<string, () => void> = {
      ArrowRight: () => player.halt(player.index + 1),
      ArrowLeft: () => player.halt(player.index - 1),
      Home: () => player.halt(0),
      End: () => player.halt(this.steps.length - 1),
      ArrowDown: () => picture.focus((picture.focused() + 1) % count),
      ArrowUp: () => picture.focus((picture.focused() - 1 + count) % count),
      " ": () => player.toggle(),
    };
    const act = keys[event.key];
    if (!act) return;
    event.preventDefault();
    act();
  }

  private fit(): void {
    this.zoom = 0;
    this.resize();
  }

  private scale(factor: number): void {
    this.zoom = Math.min(Math.max((this.zoom || this.fitting()) * factor, 0.3), LARGEST);
    this.resize();
  }

  private fitting(): number {
    const width = this.picture?.graph.width ?? 1;
    const { clientWidth } = this.box;
    return Math.min(Math.max(clientWidth / width, clientWidth < PHONE ? SMALLEST_ON_PHONES : SMALLEST), FITS);
  }

  private resize(): void {
    if (!this.picture || this.box.clientWidth === 0) return;
    const { width, height } = this.picture.graph;
    const zoom = this.zoom || this.fitting();
    this.picture.element.style.width = `${zoom * width}px`;
    this.picture.element.style.height = `${zoom * height}px`;
  }
}
