/* A CPython for WASI, with NumPy in it, that lies in the site. All that it is at some moment are its memory and its files:
   once it has begun and the toolkit is imported, a copy is kept, and each further interpreter begins as that copy. */

import { ConsoleStdout, type Directory, File, OpenFile, WASI, WASIProcExit } from "@bjorn3/browser_wasi_shim";
import { type Backend, type Begin, Crash, TooOld } from "./backend";
import { fetched, unpacked } from "./fetching";
import { type Contents, place, rootOf, toolkitOf } from "./files";

const ENVIRONMENT = ["HOME=/work", "TMPDIR=/tmp"];
const BEGINNING = "import sys; sys.path.insert(0, '/toolkit'); from page.inside import answering";
const REQUEST = "answering.answer_file('/work/request.json', '/work/answer.json')";

// A module with a function that takes an exception: only browsers of 2025 and later know that type.
const WITH_EXCEPTIONS = Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0, 1, 5, 1, 0x60, 1, 0x69, 0);

interface Exports {
  memory: WebAssembly.Memory;
  _initialize(): void;
  host_alloc(length: number): number;
  turn(place: number, length: number): number;
}

interface Image {
  module: WebAssembly.Module;
  contents: Contents;
  memory: Uint8Array;
}

export async function start({ site, image, loading, output }: Begin): Promise<Backend> {
  if (image) return new Wasi(image as Image, output);
  if (!WebAssembly.validate(WITH_EXCEPTIONS)) throw new TooOld("WebAssembly exceptions");
  if (!("DecompressionStream" in globalThis)) throw new TooOld("DecompressionStream");
  const { module, contents } = await load(site, loading);
  loading(1, "begins");
  const python = new Interpreter(module, contents, output);
  python.initialize();
  python.run(BEGINNING);
  return new Wasi({ module, contents, memory: python.bytes().slice() }, output, python);
}

/** Fetch what is needed, all at once, and tell how much of it has come. */
async function load(site: string, loading: Begin["loading"]): Promise<{ module: WebAssembly.Module; contents: Contents }> {
  const sizes = (await (await fetch(`${site}runtime/sizes.json`)).json()) as Record<string, number>;
  const whole = Object.values(sizes).reduce((sum, size) => sum + size, 0);
  let come = 0;
  const arrived = (bytes: number) => loading((come += bytes) / whole, "python");
  const compiled = async () => {
    const headers = { "Content-Type": "application/wasm" };
    const stream = await unpacked(`${site}runtime/python.wasm.gz`, arrived);
    return WebAssembly.compileStreaming(new Response(stream as ReadableStream<Uint8Array<ArrayBuffer>>, { headers }));
  };
  const [module, library, toolkit] = await Promise.all([
    compiled(),
    fetched(`${site}runtime/library.zip.gz`, arrived),
    fetched(`${site}runtime/toolkit.gz`, arrived),
  ]);
  return { module, contents: { library, toolkit: toolkitOf(toolkit) } };
}

/** Answers requests, by one interpreter or by a new one each. */
class Wasi implements Backend {
  constructor(
    readonly image: Image,
    private readonly output: (text: string) => void,
    private python: Interpreter | null = null,
  ) {}

  ask(request: string, anew: boolean): string {
    if (anew) this.python = null;
    this.python ??= this.begun();
    try {
      return this.python.ask(request);
    } catch (error) {
      this.python = null;
      throw error;
    }
  }

  private begun(): Interpreter {
    const python = new Interpreter(this.image.module, this.image.contents, this.output);
    python.begin(this.image.memory);
    return python;
  }
}

class Interpreter {
  private readonly exports: Exports;
  private readonly work: Directory;

  constructor(module: WebAssembly.Module, contents: Contents, output: (text: string) => void) {
    const { root, work } = rootOf(contents);
    const decoder = new TextDecoder();
    const said = () => new ConsoleStdout((bytes) => output(decoder.decode(bytes, { stream: true })));
    const system = new WASI(["python"], ENVIRONMENT, [new OpenFile(new File([])), said(), said(), root], { debug: false });
    const instance = new WebAssembly.Instance(module, {
      wasi_snapshot_preview1: system.wasiImport as WebAssembly.ModuleImports,
      host: { call: () => -1 },
    });
    system.inst = instance as unknown as { exports: Exports };
    this.exports = instance.exports as unknown as Exports;
    this.work = work;
  }

  bytes(): Uint8Array {
    return new Uint8Array(this.exports.memory.buffer);
  }

  /** Begin as Python does. */
  initialize(): void {
    this.exports._initialize();
  }

  /** Begin as a copy of another one. */
  begin(memory: Uint8Array): void {
    const missing = memory.length - this.exports.memory.buffer.byteLength;
    if (missing > 0) this.exports.memory.grow(missing >> 16);
    this.bytes().set(memory);
  }

  ask(request: string): string {
    place(this.work, "request.json", new TextEncoder().encode(request));
    place(this.work, "answer.json", new Uint8Array(), false);
    this.run(REQUEST);
    const answer = this.work.contents.get("answer.json");
    return answer instanceof File ? new TextDecoder().decode(answer.data) : "";
  }

  /** Run some lines. */
  run(code: string): void {
    const bytes = new TextEncoder().encode(code);
    try {
      const address = this.exports.host_alloc(bytes.length);
      this.bytes().set(bytes, address);
      const status = this.exports.turn(address, bytes.length);
      if (status !== 0) throw new Crash(`Python ended with status ${status}`);
    } catch (error) {
      if (error instanceof WASIProcExit) throw new Crash(`Python was left with status ${error.code}`);
      if (error instanceof WebAssembly.RuntimeError || error instanceof RangeError) throw new Crash(String(error));
      throw error;
    }
  }
}
