/* What the parts of the page may use of it. */

import type { Python } from "./runtime/python";
import type { Store } from "./store";
import type { Language, Values } from "./words";

export type TabName = "check" | "see" | "train";
export type Wishes = Record<string, unknown>;

export interface Page {
  readonly language: Language;
  readonly store: Store;
  readonly site: string; // the address of the site's folder
  python(name: string): Python;
  t(text: string, values?: Values): string;
  status(text: string): void; // said to those who do not see it
  tab(name: TabName, wishes?: Wishes): void;
}

export interface View {
  element: HTMLElement;
  shown?(wishes?: Wishes): void;
  hidden?(): void;
  destroy?(): void;
}
