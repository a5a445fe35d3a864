/* What a student has written, and how far the sheet is done: kept in the browser, exercise by exercise. */

import type { Store } from "../store";

const MOST_BEFORE = 5; // texts of an exercise that one can go back to

export type Why = "reset" | "link" | "file";

/** A text in whose place another one came, and why. */
export interface Before {
  text: string;
  why: Why;
}

export class Work {
  constructor(private readonly store: Store) {}

  /** The exercise that is open; empty for a layer of one's own. */
  get current(): string | undefined {
    return asText(this.store.get("check.current"));
  }

  set current(name: string) {
    this.store.set("check.current", name);
  }

  /** What was written for an exercise; undefined where nothing was. */
  text(name: string): string | undefined {
    return asText(this.store.get(`check.text.${name}`));
  }

  /** Keep what was written; null where it is as it was handed out. */
  keep(name: string, text: string | null): void {
    this.store.set(`check.text.${name}`, text);
  }

  /** The texts that one can go back to, the last one at the end. */
  before(name: string): Before[] {
    const found = this.store.get<unknown>(`check.before.${name}`);
    return Array.isArray(found) ? (found as Before[]).filter((one) => typeof one?.text === "string") : [];
  }

  /** Keep a text in whose place another one comes. */
  putAside(name: string, text: string, why: Why): void {
    this.store.set(`check.before.${name}`, [...this.before(name), { text, why }].slice(-MOST_BEFORE));
  }

  /** Return the last text that was put aside, and forget it. */
  takeBack(name: string): Before | undefined {
    const texts = this.before(name);
    const last = texts.pop();
    this.store.set(`check.before.${name}`, texts);
    return last;
  }

  isDone(name: string): boolean {
    return this.done().includes(name);
  }

  /** Note whether an exercise is done; once it is, it stays so. */
  noteDone(name: string): void {
    if (!this.isDone(name)) this.store.set("check.done", [...this.done(), name]);
  }

  private done(): string[] {
    const found = this.store.get<unknown>("check.done");
    return Array.isArray(found) ? found.filter((name) => typeof name === "string") : [];
  }
}

function asText(value: unknown): string | undefined {
  return typeof value === "string" ? value : undefined;
}
