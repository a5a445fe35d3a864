/* What is to be trained: the settings as the page keeps them, and as Python is asked. */

import { N_ } from "../words";

export interface Hidden {
  units: number | string;
  activation: string; // a name of ours, or "own:" and that of the student's
}

/** The settings of one network; numbers stay texts where somebody typed what is none, which Python then says. */
export interface RunSettings {
  hidden: Hidden[];
  initialization: string;
  batchNorm: boolean;
  dropout: number | string;
  optimizer: string;
  lr: number | string;
  batchSize: number | string;
  seed: number | string;
  own: Record<string, string>; // the student's layers by the role in which they stand in for ours
}

export interface Settings {
  data: string;
  samples: number | string;
  noise: number | string;
  dataSeed: number | string;
  epochs: number | string;
  compares: boolean;
  runs: [RunSettings, RunSettings];
  text: string; // with the student's layers
}

export const DATA: Record<string, { title: string; noise: number }> = {
  spiral: { title: N_("Spiral"), noise: 0.02 },
  moons: { title: N_("Moons"), noise: 0.1 },
  circles: { title: N_("Circles"), noise: 0.05 },
  xor: { title: N_("XOR"), noise: 0.1 },
  digits: { title: N_("Digits"), noise: 0 },
};
export const ACTIVATIONS: Record<string, string> = {
  relu: "ReLU",
  sigmoid: "Sigmoid",
  tanh: "Tanh",
  leaky_relu: "LeakyReLU",
  gelu: "GELU",
  softplus: "Softplus",
  none: N_("none"),
};
export const INITIALIZATIONS: Record<string, string> = {
  zeros: N_("zeros"),
  small: N_("small (0.01)"),
  xavier: "Xavier",
  he: "He",
  large: N_("large (2)"),
};
export const OPTIMIZERS: Record<string, string> = {
  sgd: "SGD",
  momentum: "Momentum",
  nesterov: "Nesterov",
  adagrad: "AdaGrad",
  rmsprop: "RMSprop",
  adam: "Adam",
  adamw: "AdamW",
};
// With these the optimizers learn both the points and the digits.
export const RATES: Record<string, number> = { sgd: 0.1, momentum: 0.02, nesterov: 0.02, adagrad: 0.05, rmsprop: 0.005, adam: 0.01, adamw: 0.01 };
export const MOST_LAYERS = 12;
export const OWN = "own:";

export function usualRun(): RunSettings {
  return {
    hidden: [
      { units: 8, activation: "relu" },
      { units: 8, activation: "relu" },
    ],
    initialization: "he",
    batchNorm: false,
    dropout: 0,
    optimizer: "adam",
    lr: 0.01,
    batchSize: 10,
    seed: 0,
    own: {},
  };
}

export function usual(): Settings {
  const runs: [RunSettings, RunSettings] = [usualRun(), { ...usualRun(), initialization: "zeros" }];
  return { data: "spiral", samples: 400, noise: 0.02, dataSeed: 0, epochs: 100, compares: false, runs, text: "" };
}

/** Return settings that were kept, with the usual ones for all that is missing or of another kind. */
export function restored(kept: unknown): Settings {
  const whole = likeUsual(usual(), kept);
  if (!(whole.data in DATA)) whole.data = "spiral";
  const runs = (kept as Partial<Settings> | undefined)?.runs;
  if (Array.isArray(runs)) whole.runs = [restoredRun(whole.runs[0], runs[0]), restoredRun(whole.runs[1], runs[1])];
  return whole;
}

function restoredRun(usual: RunSettings, kept: unknown): RunSettings {
  const run = likeUsual(usual, kept);
  const { hidden, own } = (kept ?? {}) as Partial<RunSettings>;
  const isHidden = Array.isArray(hidden) && hidden.every((layer) => typeof layer?.activation === "string" && "units" in layer);
  run.hidden = isHidden ? hidden.map((layer) => ({ ...layer })) : usual.hidden;
  run.own = typeof own === "object" && own !== null ? { ...own } : {};
  return run;
}

/** Return an object with the values of another one where they are of the same kind; a number may have become a text. */
function likeUsual<T extends object>(usual: T, kept: unknown): T {
  if (typeof kept !== "object" || kept === null) return usual;
  const pairs = Object.entries(usual).map(([name, value]) => {
    const other = (kept as Record<string, unknown>)[name];
    const fits = typeof other === typeof value || (typeof value === "number" && typeof other === "string");
    return [name, fits && !Array.isArray(value) ? other : value];
  });
  return Object.fromEntries(pairs) as T;
}

/** Return how Python is asked for the trainings: one, or two side by side on the same data. */
export function asRequest(settings: Settings): { text: string; runs: object[] } {
  const runs = settings.compares ? settings.runs : settings.runs.slice(0, 1);
  const digits = settings.data === "digits";
  const data = { data: settings.data, epochs: settings.epochs, ...(digits ? {} : { samples: settings.samples, noise: settings.noise, data_seed: settings.dataSeed }) };
  return {
    text: usesOwn(settings) ? settings.text : "",
    runs: runs.map(({ batchNorm, batchSize, hidden, ...rest }) => ({
      ...data,
      ...rest,
      hidden: hidden.map((layer) => ({ ...layer })),
      batch_norm: batchNorm,
      batch_size: batchSize,
    })),
  };
}

/** Whether a layer of the student's stands in one of the networks. */
export function usesOwn({ compares, runs }: Settings): boolean {
  return runs.slice(0, compares ? 2 : 1).some(({ hidden, own }) => hidden.some(({ activation }) => activation.startsWith(OWN)) || Object.values(own).some(Boolean));
}

/** Return by which settings two networks differ. */
export function differences(one: RunSettings, other: RunSettings): (keyof RunSettings)[] {
  const names = Object.keys(one) as (keyof RunSettings)[];
  return names.filter((name) => JSON.stringify(one[name]) !== JSON.stringify(other[name]));
}

/** Return what suits other data: images take more units, and larger batches. */
export function suitedTo(data: string, settings: Settings): Settings {
  const wasImages = settings.data === "digits";
  const isImages = data === "digits";
  const changed = { ...settings, data, noise: DATA[data]!.noise };
  if (wasImages === isImages) return changed;
  const units = isImages ? 50 : 8;
  const layers = isImages ? 1 : 2;
  const runs = settings.runs.map((run) => ({
    ...run,
    batchSize: isImages ? 20 : 10,
    hidden: isUsual(run) ? Array.from({ length: layers }, () => ({ units, activation: run.hidden[0]?.activation ?? "relu" })) : run.hidden,
  }));
  return { ...changed, epochs: isImages ? 20 : 100, runs: runs as [RunSettings, RunSettings] };
}

/** Whether a network's layers are still those of the beginning. */
function isUsual({ hidden }: RunSettings): boolean {
  const units = hidden.map((layer) => Number(layer.units));
  return String(units) === "8,8" || String(units) === "50";
}
