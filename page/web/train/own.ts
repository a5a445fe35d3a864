/* The student's own layers: a text, taken from the part Check or typed here, and which layers stand in it. */

import { button, make } from "../elements";
import type { Page } from "../page";
import { PythonError } from "../runtime/python";
import type { OwnLayer, Problem } from "./answers";

// The exercises of Check with layers that can stand in a network here, and a layer of one's own.
const EXERCISES = ["affine", "relu", "sigmoid", "batch_normalization", "dropout", "softmax_with_loss", ""];
const WAIT = 500; // milliseconds behind the last key
const LONGEST = 20; // seconds
const EXAMPLE = `class Swish:
    """y = x sigmoid(x)"""

    def forward(self, x):
        self.x = x
        self.s = 1 / (1 + np.exp(-x))
        return x * self.s

    def backward(self, dout):
        return dout * (self.s + self.x * self.s * (1 - self.s))
`;

export interface Found {
  layers: OwnLayer[];
  problem: Problem | null;
}

export class OwnLayers {
  readonly element: HTMLDetailsElement;
  found: OwnLayer[] = [];
  private readonly text: HTMLTextAreaElement;
  private readonly list = make("ul", { className: "train-own" });
  private timer: ReturnType<typeof setTimeout> | undefined;
  private read: string | null = null;

  /** changed(text) is called when the text, or what was found in it, is another one. */
  constructor(
    private readonly page: Page,
    text: string,
    private readonly changed: (text: string) => void,
  ) {
    const t = page.t.bind(page);
    this.text = make("textarea", { value: text, rows: 12, spellcheck: false, className: "code", autocapitalize: "off", "aria-label": t("Python with your layers"), oninput: () => this.soon() });
    this.element = make(
      "details",
      { open: text.trim() !== "" },
      make("summary", {}, t("Your own layers")),
      make("p", { className: "small quiet" }, t("Classes with forward and backward. One without arguments can stand as an activation; one that takes (W, b), (gamma, beta) or a share, or a loss, in place of ours.")),
      make("div", { className: "bar" }, button(t("Take what I wrote in Check"), () => this.fromCheck()), button(t("Example"), () => this.add(EXAMPLE))),
      this.text,
      this.list,
    );
    if (text.trim()) void this.look();
  }

  get value(): string {
    return this.text.value;
  }

  /** Put a text in place of the one that is there. */
  put(text: string): void {
    this.element.open = true;
    this.text.value = text;
    void this.look();
  }

  destroy(): void {
    clearTimeout(this.timer);
  }

  private fromCheck(): void {
    const texts = EXERCISES.map((name) => this.page.store.get<unknown>(`check.text.${name}`)).filter((text): text is string => typeof text === "string" && text.trim() !== "");
    if (texts.length === 0) this.say([make("li", {}, this.page.t("In Check, no layer has been written yet."))]);
    else this.put(texts.map((text) => text.trim()).join("\n\n\n") + "\n");
  }

  private add(text: string): void {
    this.put(this.text.value.trim() ? `${this.text.value.trim()}\n\n\n${text}` : text);
  }

  private soon(): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.look(), WAIT);
  }

  /** Find out which layers there are. */
  private async look(): Promise<void> {
    const text = this.text.value;
    if (text === this.read) return;
    this.read = text;
    const t = this.page.t.bind(this.page);
    try {
      const { layers, problem } = await this.page.python("bench").ask<Found>("train.own", { text }, { seconds: LONGEST });
      if (text !== this.text.value) return;
      this.found = layers;
      this.say(problem ? [make("li", { className: "error" }, problem.message, problem.code ? make("pre", {}, problem.code) : null)] : layers.map((layer) => this.item(layer)));
      this.changed(text);
    } catch (error) {
      if (!(error instanceof PythonError)) throw error;
      const late = error.kind === "late" ? t("Running this text took more than {seconds} s: does a loop in it never end?", { seconds: LONGEST }) : error.message;
      this.say([make("li", { className: "error" }, late || t("Stopped."))]);
    }
  }

  private item({ name, role, why }: OwnLayer): HTMLElement {
    const t = this.page.t.bind(this.page);
    const roles: Record<string, string> = {
      activation: t("can be chosen as an activation"),
      affine: t("can stand in place of Affine"),
      batch_norm: t("can stand in place of BatchNormalization"),
      dropout: t("can stand in place of Dropout"),
      loss: t("can stand in place of SoftmaxWithLoss"),
    };
    return make("li", {}, make("b", { className: "code" }, name), " ", roles[role] ?? t("cannot stand in this network: {why}", { why }));
  }

  private say(items: HTMLElement[]): void {
    this.list.replaceChildren(...items);
  }
}
