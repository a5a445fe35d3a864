/* The worker in which Python runs, so that the page stays responsive, whatever a program does. */

import { start } from "chainrule:backend"; // wasi.ts or pyodide.ts, as the site was built
import { type Backend, Crash, TooOld } from "./backend";
import type { FromWorker, ToWorker } from "./messages";

const MOST_OUTPUT = 20_000; // characters of one request that are handed on

let backend: Backend;
let printed = 0;

const say = (message: FromWorker) => postMessage(message);

function output(text: string): void {
  if (printed < MOST_OUTPUT) say({ kind: "output", text: text.slice(0, MOST_OUTPUT - printed) });
  printed += text.length;
}

async function begin(site: string, image: unknown): Promise<void> {
  try {
    const loading = (share: number, what: "python" | "toolkit" | "begins") => say({ kind: "loading", share, what });
    backend = await start({ site, image, loading, output });
    say({ kind: "ready", image: image ? null : backend.image });
  } catch (error) {
    const isOld = error instanceof TooOld;
    say({ kind: "unable", message: isOld ? error.message : String(error), isOld });
  }
}

function ask({ number, request, anew }: Extract<ToWorker, { kind: "ask" }>): void {
  printed = 0;
  try {
    say({ kind: "answer", number, text: backend.ask(request, anew) });
  } catch (error) {
    if (!(error instanceof Crash)) console.error(error);
    say({ kind: "crashed", number, message: String(error) });
  }
}

addEventListener("message", ({ data }: MessageEvent<ToWorker>) => {
  if (data.kind === "begin") void begin(data.site, data.image);
  else ask(data);
});
