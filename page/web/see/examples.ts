/* The examples to pick: those of the documents that the course grew out of (docs/seeds.md). */

import examples from "./examples.json";

export interface Example {
  id: string;
  title: string;
  words: string;
  text: string;
}

export const EXAMPLES: readonly Example[] = examples;

/** Return the example whose text this is, if it is one. */
export function exampleOf(text: string): Example | undefined {
  return EXAMPLES.find((example) => example.text.trim() === text.trim());
}
