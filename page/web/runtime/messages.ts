/* What page and worker say to each other. */

import type { Loading } from "./backend";

export type ToWorker =
  | { kind: "begin"; site: string; image: unknown }
  | { kind: "ask"; number: number; request: string; anew: boolean };

export type FromWorker =
  | { kind: "loading"; share: number; what: Loading }
  | { kind: "ready"; image: unknown }
  | { kind: "unable"; message: string; isOld: boolean } // Python could not be loaded
  | { kind: "output"; text: string }
  | { kind: "answer"; number: number; text: string }
  | { kind: "crashed"; number: number; message: string };
