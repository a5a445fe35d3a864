/* A Python in a worker, as the page has it: questions, answers, and an end to what takes too long. */

import type { Loading } from "./backend";
import type { FromWorker, ToWorker } from "./messages";

export type Problem = "stopped" | "late" | "crashed" | "failed" | "unable";

/** Why there is no answer. */
export class PythonError extends Error {
  constructor(
    readonly kind: Problem,
    message: string,
    readonly trace = "",
  ) {
    super(message);
  }
}

export interface Asking {
  seconds?: number; // after which it is stopped
  anew?: boolean; // by a Python in which nothing has been done before
  output?: (text: string) => void; // of what is printed, as it comes
}

export interface State {
  what: Loading | "ready" | "unable" | "old"; // the last two: it cannot run here, or the browser is too old
  share: number; // of what is to be fetched
  message: string;
}

interface Waiting {
  resolve(answer: unknown): void;
  reject(error: PythonError): void;
  job: string;
  data: object;
  options: Asking;
}

/** What all workers share: the Python that one of them has loaded. */
export interface Loaded {
  image: Promise<unknown> | null;
}

export class Python {
  state: State = { what: "python", share: 0, message: "" };
  private worker: Worker | null = null;
  private ready = false;
  private number = 0;
  private readonly queue: Waiting[] = [];
  private current: Waiting | null = null;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private readonly listeners = new Set<(state: State) => void>();
  private found: ((image: unknown) => void) | null = null;

  constructor(
    private readonly site: string,
    private readonly loaded: Loaded,
    private readonly language: () => string,
  ) {
    void this.begin();
  }

  get busy(): boolean {
    return this.current !== null;
  }

  private get isUnable(): boolean {
    return this.state.what === "unable" || this.state.what === "old";
  }

  onState(listener: (state: State) => void): void {
    this.listeners.add(listener);
    listener(this.state);
  }

  /** Ask for something; questions are answered one after the other. */
  ask<T>(job: string, data: object = {}, options: Asking = {}): Promise<T> {
    return new Promise((resolve, reject) => {
      if (this.isUnable) return reject(new PythonError("unable", this.state.message));
      this.queue.push({ resolve: resolve as (answer: unknown) => void, reject, job, data, options });
      this.next();
    });
  }

  /** Stop what runs, and what waits behind it. A new Python begins at once. */
  stop(): void {
    this.queue.splice(0).forEach(({ reject }) => reject(new PythonError("stopped", "")));
    if (this.current) this.end("stopped");
  }

  private async begin(): Promise<void> {
    this.ready = false;
    let image: unknown = null;
    if (this.loaded.image) image = await this.loaded.image;
    else this.loaded.image = new Promise((resolve) => (this.found = resolve));
    const worker = new Worker(new URL("worker.js", this.site), { type: "module" });
    this.worker = worker;
    worker.addEventListener("message", ({ data }: MessageEvent<FromWorker>) => {
      if (worker === this.worker) this.hear(data);
    });
    worker.addEventListener("error", (event) => this.tell("unable", 0, event.message || "the worker cannot be started"));
    this.say({ kind: "begin", site: this.site, image });
  }

  private hear(message: FromWorker): void {
    if (this.isUnable) return; // what is still being fetched does not matter any more
    if (message.kind === "loading") this.tell(message.what, message.share);
    else if (message.kind === "unable") this.tell(message.isOld ? "old" : "unable", 0, message.message);
    else if (message.kind === "output") this.current?.options.output?.(message.text);
    else if (message.kind === "ready") {
      this.found?.(message.image); // null where it cannot be shared
      this.found = null;
      this.ready = true;
      this.tell("ready", 1);
      this.next();
    } else if (message.number === this.number) this.done(message);
  }

  private done(message: Extract<FromWorker, { number: number }>): void {
    const asked = this.current;
    clearTimeout(this.timer);
    this.current = null;
    if (message.kind === "crashed") asked?.reject(new PythonError("crashed", message.message));
    else {
      const content = JSON.parse(message.text) as { answer?: unknown; failed?: string; trace?: string };
      if (content.failed === undefined) asked?.resolve(content.answer);
      else asked?.reject(new PythonError("failed", content.failed, content.trace));
    }
    this.next();
  }

  private next(): void {
    if (!this.ready || this.current || this.queue.length === 0) return;
    const asked = this.queue.shift()!;
    const { seconds, anew = false } = asked.options;
    this.current = asked;
    this.number++;
    if (seconds) this.timer = setTimeout(() => this.end("late"), 1000 * seconds);
    const request = JSON.stringify({ job: asked.job, language: this.language(), ...asked.data });
    this.say({ kind: "ask", number: this.number, request, anew });
  }

  /** End the worker with what runs in it. */
  private end(why: Problem): void {
    clearTimeout(this.timer);
    this.worker?.terminate();
    this.worker = null;
    const asked = this.current;
    this.current = null;
    void this.begin();
    asked?.reject(new PythonError(why, ""));
  }

  private tell(what: State["what"], share: number, message = ""): void {
    this.state = { what, share, message };
    this.listeners.forEach((listener) => listener(this.state));
    if (!this.isUnable) return;
    this.loaded.image = null;
    const waiting = [...(this.current ? [this.current] : []), ...this.queue.splice(0)];
    this.current = null;
    waiting.forEach(({ reject }) => reject(new PythonError("unable", message)));
  }

  private say(message: ToWorker): void {
    this.worker?.postMessage(message);
  }
}
