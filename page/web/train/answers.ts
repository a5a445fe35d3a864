/* What Python answers to the jobs of training (page/inside/training/jobs.py). */

import type { Packed } from "./unpacked";

export interface Problem {
  message: string;
  about: string; // the setting, or "text"
  line: number;
  code: string;
  run?: number;
}

export interface OwnLayer {
  name: string;
  role: string;
  why: string;
}

export interface Data {
  classes: number;
  is_images: boolean;
  features: number;
  train: number;
  test: number;
  extents?: [[number, number], [number, number]];
  x_train?: Packed;
  t_train?: Packed;
  x_test?: Packed;
  t_test?: Packed;
  examples?: Packed;
  labels?: Packed;
}

export interface Stage {
  affine: string;
  layers: string[];
  units: number;
}

export interface Described {
  data: Data;
  stages: Stage[];
  layers: { name: string; class: string }[];
  parameters: number;
  steps_per_epoch: number;
}

export interface Maps {
  pictures: Packed;
  limits: number[];
  kind?: "weights" | "classes";
}

export interface Layer {
  name: string;
  activation: (number | null)[];
  gradient: (number | null)[];
  activation_std: number | null;
  gradient_std: number | null;
}

export interface Signals {
  layers: Layer[];
  words: { kind: string; code: string; text: string }[];
}

export interface EpochRecord {
  epoch: number;
  train_loss: number | null;
  train_accuracy: number | null;
  test_accuracy: number | null;
}

export type RunState = "ready" | "done" | "diverged" | "failed";

export interface Seen {
  state: RunState;
  said: Problem | null;
  step: number;
  epoch: number;
  epochs: number;
  seconds: number;
  loss: { steps: number[]; losses: (number | null)[] };
  history: EpochRecord[];
  boundary?: { side: number; shares: Packed; maps?: Maps[] };
  maps?: Maps[];
  signals?: Signals;
  accuracies?: { train_accuracy: number; test_accuracy: number };
  weights?: (Packed | null)[];
}

export interface Unit {
  stage: number;
  unit: number;
  name: string;
  formula: string;
  weights: { name: string; value: number | null }[];
  bias: number | null;
  value?: number | null;
  put_in?: string;
}

export interface UnitAsked {
  run: number;
  stage: number;
  unit: number;
  at?: [number, number];
}

export interface Advanced {
  runs: Seen[];
  unit?: Unit;
}

export interface Started {
  problem: Problem | null;
  runs?: Described[];
}

export interface Predicted {
  runs: { probabilities: number[]; layers: { name: string; class: string; values: Packed }[] }[];
}

export interface Finding {
  code: string;
  message: string;
  remedy: string;
  tried: { text: string } | null;
  epoch: number | null;
  is_effect: boolean;
}

export interface Diagnosed {
  findings: Finding[];
  own: { name: string; ok: boolean; code: string; says: string }[];
  message: string;
}

export interface Exported {
  name?: string;
  bytes?: string;
  text?: string;
  note: string;
  command?: string;
}
