/* A training in the page: it begins, runs, pauses, and says what there is to be drawn. */

import type { Page } from "../page";
import { PythonError } from "../runtime/python";
import type { Advanced, Described, EpochRecord, Problem, Seen, Started, Unit, UnitAsked } from "./answers";
import { asRequest, type Settings } from "./settings";

const LONGEST = 20; // seconds that a slice may take: in a layer that loops for ever it would take for ever
const PATIENCE = 3000; // milliseconds that a beginning may take before another one puts an end to it
const SLOW = 1500; // milliseconds, from which on one is asked whether to stop it
const SLICE = 18; // milliseconds of steps between two pictures
const FAST = 120;
const COARSE = { side: 40, maps: 2 }; // places in each direction, and every how many of them a unit's answer is told
const FINE = { side: 100, maps: 2 };
const EVERY = { accuracies: 4, maps: 2, weights: 4, signals: 8 }; // slices

export type Speed = "slow" | "usual" | "fast";
export type Doing = "nothing" | "beginning" | "training" | "paused" | "ended";

/** What is drawn of one training. */
export interface Drawn {
  described: Described;
  seen: Seen;
  history: EpochRecord[];
  signals: Seen["signals"];
  accuracies: Seen["accuracies"];
}

export interface Listener {
  begun(): void; // a new training stands there, with no step made
  drawn(isStill: boolean): void; // there is something new to draw; whether nothing comes behind it
  changed(): void; // what it is doing, or what is wrong, is something else
}

export class Session {
  doing: Doing = "nothing";
  problem: Problem | null = null;
  drawn: Drawn[] = [];
  unit: Unit | null = null;
  unitAsked: UnitAsked = { run: 0, stage: 0, unit: 0 };
  speed: Speed = "usual";
  private number = 0; // of the training: what is answered to an older one is dropped
  private slices = 0;
  isSlow = false; // so that one may want to stop it
  private beganAt = 0;
  private running = 0; // the number of the training that is under way
  private busyStill = false;

  constructor(
    private readonly page: Page,
    private readonly listener: Listener,
  ) {}

  get python() {
    return this.page.python("bench");
  }

  /** Begin a new training, of which no step is made yet. */
  async begin(settings: Settings): Promise<void> {
    const number = ++this.number;
    if (this.doing === "beginning" && performance.now() - this.beganAt > PATIENCE) this.python.stop(); // in an own layer
    else if (this.doing !== "beginning") this.beganAt = performance.now();
    this.unitAsked = { run: 0, stage: 0, unit: 0 };
    this.tell("beginning");
    try {
      const started = await this.watched(this.python.ask<Started>("train.start", asRequest(settings), { seconds: LONGEST }));
      if (number !== this.number) return;
      if (started.problem) return this.stopFor(started.problem);
      this.problem = null;
      this.slices = 0;
      this.unit = null;
      const described = started.runs!;
      const answer = await this.ask({ milliseconds: 0, epoch: described.map(() => 0), ...FINE, signals: true, accuracies: true, weights: true, unit: this.unitAsked });
      if (number !== this.number) return;
      this.drawn = described.map((each, place) => ({ described: each, seen: answer.runs[place]!, history: [], signals: undefined, accuracies: undefined }));
      this.take(answer);
      this.listener.begun();
      this.tell("paused");
      this.listener.drawn(true);
    } catch (error) {
      if (number === this.number) this.stopFor(this.said(error));
    }
  }

  /** Train until it is paused, or has come to its end. */
  async play(): Promise<void> {
    if (this.drawn.length === 0 || this.isTraining) return;
    const number = this.number;
    this.tell("training");
    if (this.running === number) return; // it was paused, but has not come to rest
    this.running = number;
    let more: object = this.isOver ? { epochs: this.drawn[0]!.seen.epochs } : {};
    try {
      do {
        const answer = await this.slice(more);
        if (number !== this.number) return;
        more = {};
        this.take(answer);
        this.listener.drawn(false);
      } while (this.isTraining && !this.isOver);
      this.running = 0;
      await this.rest();
    } catch (error) {
      if (number === this.number) this.stopFor(this.said(error));
    } finally {
      if (this.running === number) this.running = 0;
    }
  }

  pause(): void {
    if (this.isTraining) this.tell("paused");
  }

  /** Make one step. */
  async step(): Promise<void> {
    if (this.doing !== "paused") return;
    const number = this.number;
    try {
      const answer = await this.ask({ steps: 1, ...this.since(), ...FINE, signals: true, accuracies: true, weights: true, unit: this.unitAsked });
      if (number !== this.number) return;
      this.take(answer);
      this.listener.drawn(true);
      if (this.isOver) this.tell("ended");
    } catch (error) {
      if (number === this.number) this.stopFor(this.said(error));
    }
  }

  /** Stop what takes too long; the training is lost with the Python in which it ran. */
  stop(): void {
    this.python.stop();
  }

  /** Look into a unit; while it trains, with the next picture. */
  async look(asked: UnitAsked): Promise<void> {
    this.unitAsked = asked;
    if (this.isTraining || this.doing === "beginning" || this.busyStill) return;
    this.busyStill = true;
    try {
      let wanted: UnitAsked;
      do {
        wanted = this.unitAsked;
        this.unit = await this.python.ask<Unit>("train.unit", wanted, { seconds: LONGEST });
      } while (wanted !== this.unitAsked);
      this.listener.drawn(true);
    } catch (error) {
      if (!(error instanceof PythonError)) throw error;
    } finally {
      this.busyStill = false;
    }
  }

  get isTraining(): boolean {
    return this.doing === "training";
  }

  /** Whether none of the trainings goes on. */
  get isOver(): boolean {
    return this.drawn.every(({ seen }) => seen.state !== "ready");
  }

  /** A picture finer than while it runs. */
  private async rest(): Promise<void> {
    const number = this.number;
    const answer = await this.ask({ milliseconds: 0, ...this.since(), ...FINE, signals: true, accuracies: true, weights: true, unit: this.unitAsked });
    if (number !== this.number || this.running) return;
    this.take(answer);
    this.tell(this.isOver ? "ended" : "paused");
    this.listener.drawn(true);
  }

  private slice(more = {}): Promise<Advanced> {
    this.slices++;
    const amount = this.speed === "slow" ? { steps: 1 } : { milliseconds: this.speed === "fast" ? FAST : SLICE };
    const every = (count: number) => this.slices % count === 0;
    return this.ask({
      ...amount,
      ...more,
      ...this.since(),
      side: COARSE.side,
      maps: every(EVERY.maps) ? COARSE.maps : 0,
      weights: every(EVERY.weights),
      accuracies: every(EVERY.accuracies),
      signals: every(EVERY.signals),
      unit: every(EVERY.weights) ? this.unitAsked : null,
    });
  }

  private ask(request: object): Promise<Advanced> {
    return this.watched(this.python.ask<Advanced>("train.advance", request, { seconds: LONGEST }));
  }

  /** Wait for an answer; note when it takes so long that a loop may never end. */
  private async watched<T>(answer: Promise<T>): Promise<T> {
    const timer = setTimeout(() => this.note(this.python.state.what === "ready"), SLOW);
    try {
      return await answer;
    } finally {
      clearTimeout(timer);
      this.note(false);
    }
  }

  private note(isSlow: boolean): void {
    if (isSlow === this.isSlow) return;
    this.isSlow = isSlow;
    this.listener.changed();
  }

  private since() {
    return { epoch: this.drawn.map(({ history }) => history.length) };
  }

  private take(answer: Advanced): void {
    answer.runs.forEach((seen, place) => {
      const drawn = this.drawn[place]!;
      drawn.history.push(...seen.history);
      drawn.signals = seen.signals ?? drawn.signals;
      drawn.accuracies = seen.accuracies ?? drawn.accuracies;
      drawn.seen = seen;
    });
    if (answer.unit) this.unit = answer.unit;
  }

  private tell(doing: Doing): void {
    this.doing = doing;
    this.listener.changed();
  }

  private stopFor(problem: Problem): void {
    this.problem = problem;
    this.drawn = [];
    this.tell("nothing");
  }

  private said(error: unknown): Problem {
    const t = this.page.t.bind(this.page);
    const problem = (message: string, about = ""): Problem => ({ message, about, line: 0, code: "" });
    if (!(error instanceof PythonError)) throw error;
    if (error.kind === "late") return problem(t("This took more than {seconds} s and was stopped. Does a loop in your layer never end?", { seconds: LONGEST }), "text");
    if (error.kind === "stopped") return problem(t("Stopped. Press Reset to begin again."));
    if (error.kind === "crashed") return problem(t("Python broke down ({why}), as it does when the memory is full. A new one has begun; press Reset.", { why: error.message }));
    return problem(error.message);
  }
}
