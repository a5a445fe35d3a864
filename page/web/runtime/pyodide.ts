/* Pyodide, for sites that would rather have Python loaded from its CDN than lie in the site itself. */

import { type Backend, type Begin, Crash } from "./backend";
import { fetched } from "./fetching";
import { toolkitOf } from "./files";

declare const PYODIDE: string; // the address of its folder; the build puts it there

interface Pyodide {
  loadPackage(name: string): Promise<unknown[]>; // what was loaded
  runPython(code: string): unknown;
  globals: { get(name: string): (text: string) => string };
  FS: { mkdirTree(path: string): void; writeFile(path: string, content: Uint8Array): void };
}

const BEGINNING = `
import sys
sys.path.insert(0, "/toolkit")
from page.inside.answering import answer_text
`;

export async function start({ site, loading, output }: Begin): Promise<Backend> {
  loading(0, "python");
  const { loadPyodide } = (await import(`${PYODIDE}pyodide.mjs`)) as { loadPyodide(options: object): Promise<Pyodide> };
  const said = (text: string) => output(`${text}\n`);
  const python = await loadPyodide({ indexURL: PYODIDE, stdout: said, stderr: said });
  loading(0.5, "python");
  const numpy = await python.loadPackage("numpy");
  if (numpy.length === 0) throw new Error(`${PYODIDE} gives no NumPy`);
  for (const [path, content] of toolkitOf(await fetched(`${site}runtime/toolkit.gz`, () => {}))) {
    const whole = `/toolkit/${path}`;
    python.FS.mkdirTree(whole.slice(0, whole.lastIndexOf("/")));
    python.FS.writeFile(whole, content);
  }
  loading(1, "begins");
  python.runPython(BEGINNING);
  const answer = python.globals.get("answer_text");
  return {
    image: null, // its memory cannot be copied: each worker loads its own, and `anew` has no effect
    ask(request) {
      try {
        return answer(request);
      } catch (error) {
        throw new Crash(String(error));
      }
    },
  };
}
