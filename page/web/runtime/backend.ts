/* What the page asks of a Python, whichever it is. The build bundles one of the files beside this one: wasi.ts, a
   Python that lies in the site itself, or pyodide.ts, one that is loaded from another host. */

export interface Backend {
  /** Answer one request; both are JSON texts. With `anew`, Python is as it was in the beginning, as far as the backend
      can do that. Throws a {@link Crash} when Python has come to its end; then the next request finds a new one. */
  ask(request: string, anew: boolean): string;
  /** What another worker needs in order to begin where this one did. */
  readonly image: unknown;
}

export interface Begin {
  site: string; // the address of the site's folder
  image?: unknown; // of a backend that was there before
  loading(share: number, what: Loading): void;
  output(text: string): void; // what is printed, as it comes
}

export type Loading = "python" | "toolkit" | "begins";

export type Start = (begin: Begin) => Promise<Backend>;

/** Python ended: it left, ran out of memory or of its stack, and holds nothing that could be trusted. */
export class Crash extends Error {}

/** The browser lacks something that this Python needs. */
export class TooOld extends Error {}
