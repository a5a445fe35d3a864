/* Loss and accuracy while it trains. */

import { Chart } from "../../../figures/drawing/charts.js";
import { count, percent, percentTick, short } from "../../../figures/drawing/numbers.js";
import { make } from "../elements";
import type { Page } from "../page";
import type { Drawn } from "./session";

const MOST = 300; // epochs that a line has a point for
const STEEP = 100; // times the median
const LOOKS = ["train", "test"];

export class Curves {
  readonly element: HTMLElement;
  private readonly loss: Chart;
  private readonly accuracy: Chart;

  constructor(
    private readonly page: Page,
    runs: Drawn[],
  ) {
    const t = page.t.bind(page);
    const one = { xs: [0, 1], series: [], height: 170 };
    this.loss = new Chart({ ...one, title: t("Loss, step by step"), xName: t("step"), from: 0, writeX: (step: number) => count(Math.round(step)) });
    this.accuracy = new Chart({
      ...one,
      title: runs.length > 1 ? t("Accuracy in the test, by epoch") : t("Accuracy, by epoch"),
      xName: t("epoch"),
      to: 1,
      write: (share: unknown) => percent(share as number, 1),
      tick: percentTick,
    });
    this.element = make("div", { className: "train-curves" }, this.loss.figure, this.accuracy.figure);
  }

  show(runs: Drawn[]): void {
    const several = runs.length > 1;
    const names = several ? ["A", "B"] : [""];
    const longest = runs.reduce((most, run) => (run.seen.loss.steps.length > most.seen.loss.steps.length ? run : most));
    const { steps } = longest.seen.loss;
    this.loss.update({
      xs: steps.length > 0 ? steps : [0],
      series: runs.map(({ seen }, place) => ({ name: names[place], values: onSteps(seen.loss, steps), look: LOOKS[place]! })),
      write: (loss: unknown) => short(loss as number),
      ...scaleOf(runs.flatMap((run) => run.seen.loss.losses)),
    });
    const epochs = runs.reduce((most, { history }) => Math.max(most, history.length), 0);
    const shown = thinned(epochs, MOST);
    const [first] = runs;
    const line = (run: Drawn, key: "train_accuracy" | "test_accuracy") => shown.map((epoch) => run.history[epoch]?.[key] ?? null);
    const t = this.page.t.bind(this.page);
    this.accuracy.update({
      ...(epochs > 0 ? { from: undefined } : { from: 0 }),
      xs: epochs > 0 ? shown.map((epoch) => epoch + 1) : [0],
      series: several
        ? runs.map((run, place) => ({ name: names[place], values: line(run, "test_accuracy"), look: LOOKS[place]! }))
        : [
            { name: t("training"), values: line(first!, "train_accuracy"), look: "train" },
            { name: t("test"), values: line(first!, "test_accuracy"), look: "test" },
          ],
    });
  }
}

/** Return at most so many of some places, about equally far from each other, the first and the last among them. */
export function thinned(places: number, most: number): number[] {
  if (places <= most) return Array.from({ length: places }, (_, place) => place);
  return Array.from({ length: most }, (_, number) => Math.round((number * (places - 1)) / (most - 1)));
}

/** Return a logarithmic scale where the largest losses would press all others to the ground. */
function scaleOf(losses: (number | null)[]): { logarithmic: boolean; from: number | undefined } {
  const known = losses.filter((loss): loss is number => loss !== null && loss > 0).sort((a, b) => a - b);
  const logarithmic = known.length > 0 && known.at(-1)! > STEEP * known[Math.floor(known.length / 2)]!;
  return { logarithmic, from: logarithmic ? undefined : 0 };
}

/** Return the losses of a run at the steps of another one, which has come further; it ended before the others. */
function onSteps({ steps, losses }: Drawn["seen"]["loss"], asked: number[]): (number | null)[] {
  if (steps === asked) return losses;
  const last = steps.at(-1) ?? 0;
  return asked.map((step) => {
    if (step > last) return null;
    const place = steps.findIndex((own) => own >= step);
    return losses[place] ?? null;
  });
}
