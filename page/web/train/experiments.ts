/* Comparisons that show something, ready to be started. */

import { N_ } from "../words";
import { type RunSettings, type Settings, usual, usualRun } from "./settings";

const EPOCHS = 40;
const deep = (activation: string) => Array.from({ length: 6 }, () => ({ units: 8, activation }));

export const EXPERIMENTS: { title: string; runs: [Partial<RunSettings>, Partial<RunSettings>] }[] = [
  { title: N_("He or zeros?"), runs: [{}, { initialization: "zeros" }] },
  { title: N_("Do gradients vanish?"), runs: [{ hidden: deep("relu") }, { hidden: deep("sigmoid"), initialization: "small" }] },
  { title: N_("SGD or Adam?"), runs: [{ optimizer: "sgd", lr: 0.1 }, { optimizer: "adam", lr: 0.01 }] },
  { title: N_("How large may the learning rate be?"), runs: [{ optimizer: "sgd", lr: 0.1 }, { optimizer: "sgd", lr: 5 }] },
  { title: N_("What does batch normalization do?"), runs: [{ hidden: deep("sigmoid") }, { hidden: deep("sigmoid"), batchNorm: true }] },
];

/** Return the settings of an experiment; the student's text stays. */
export function experiment(number: number, text: string): Settings {
  const { runs } = EXPERIMENTS[number]!;
  const [one, other] = structuredClone(runs);
  return { ...usual(), text, epochs: EPOCHS, compares: true, runs: [{ ...usualRun(), ...one }, { ...usualRun(), ...other }] };
}
