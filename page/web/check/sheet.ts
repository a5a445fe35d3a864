/* The exercises of the sheet, as the build has written them. */

import { json } from "../runtime/fetching";
import type { Language } from "../words";

export interface Part {
  question: string;
  name: string;
  points: number;
}

export interface Exercise {
  name: string;
  title: string;
  prose: string; // HTML, made when the site was built
  code: string; // with blanks
  points: number;
  parts: Part[];
  earlier: string[]; // exercises whose solutions it imports
}

const read = new Map<Language, Promise<Exercise[]>>();

/** Return the exercises in a language. */
export function exercises(site: string, language: Language): Promise<Exercise[]> {
  let found = read.get(language);
  if (!found) {
    found = json<Exercise[]>(`${site}sheet-${language}.json.gz`);
    read.set(language, found);
    found.catch(() => read.delete(language));
  }
  return found;
}
