/* Cuts a Python that was linked with everything down to Python and NumPy: `node cut.mjs WHOLE.wasm CUT.wasm`.

   Functions that nothing kept can reach get a body that does nothing but stop. The kept ones are those of the modules
   before the first package that is left out, and whatever they, the exports and the pointers in memory lead to. */

import { readFileSync, writeFileSync } from "node:fs";
import * as wasm from "./wasm.mjs";

// The object files lie one behind the other: Python, NumPy, then the packages, and behind them the libraries.
const FIRST_LEFT_OUT = /^PyInit__cyutility$/;
const LAST_LEFT_OUT = /_11statsmodels_/;
// Libraries of the packages that are left out, whose tables of functions in memory would keep them.
const LIBRARIES = /^(sqlite3|FT_|ft_|tt_|cff_|cf2_|hb_|OT::|xml|xslt|qh_|Highs|HEkk|HFactor|png_|jpeg)/;
const LARGEST_MEMORY = 1 << 30; // bytes; who wants more gets a MemoryError
const PAGE = 1 << 16;
const BEGINNING = "__wasm_call_ctors"; // calls what sets up each library before anything else runs
const CONSTRUCTOR = /^(_GLOBAL__sub_I_|__cxx_global_var_init)/; // of constants of C++ code
const STOP = Uint8Array.of(3, 0, 0, 0x0b); // its length, no locals, unreachable, end
const RETURN = Uint8Array.of(2, 0, 0x0b);

export function cut(bytes) {
  const sections = wasm.sectionsOf(bytes);
  const reader = (id, name = "") => {
    const { content, end } = sections.find((section) => section.id === id && section.name === name);
    return new wasm.Reader(bytes, content, end);
  };
  const bodies = wasm.bodiesOf(reader(wasm.CODE));
  const first = wasm.countOfImports(reader(wasm.IMPORTS));
  const names = wasm.namesOf(reader(0, "name"));
  const kept = reached(bytes, bodies, first, names, reader);
  const atTheBeginning = new Set();
  const [start, end] = bodies[[...names.keys()].find((number) => names.get(number) === BEGINNING) - first];
  wasm.walk(new wasm.Reader(bytes, start, end), { named: (n) => atTheBeginning.add(n), constant: () => {} });
  const bodyOf = ([start, end], place) => {
    if (kept.has(place + first)) return [length(end - start), bytes.subarray(start, end)];
    return [atTheBeginning.has(place + first) ? RETURN : STOP];
  };
  return joined([bytes.subarray(0, 8), ...sections.flatMap((section) => {
    if (section.id === 0 && section.name !== "target_features") return []; // names, and who built it
    if (section.id === wasm.CODE) return withLength(wasm.CODE, [length(bodies.length), ...bodies.flatMap(bodyOf)]);
    if (section.id === wasm.MEMORY) return withLength(wasm.MEMORY, limited(reader(wasm.MEMORY)));
    return withLength(section.id, [bytes.subarray(section.start, section.end)]);
  })]);
}

/** Return the numbers of the functions that are needed. */
function reached(bytes, bodies, first, names, reader) {
  const numbers = [...names.keys()].sort((a, b) => a - b);
  const from = numbers.find((number) => FIRST_LEFT_OUT.test(names.get(number)));
  const to = numbers.findLast((number) => LAST_LEFT_OUT.test(names.get(number)));
  if (from === undefined || to === undefined) throw new Error("this Python is not made of the parts that are known");
  const isLeftOut = (number, name) =>
    (number >= from && number <= to) || (number > to && CONSTRUCTOR.test(name)) || LIBRARIES.test(name);
  const table = wasm.tableOf(reader(wasm.ELEMENTS));
  const found = new Set();
  const waiting = [];
  const need = (number) => {
    if (number < first || found.has(number) || isLeftOut(number, names.get(number) ?? "")) return;
    found.add(number);
    waiting.push(number);
  };
  const pointer = (place) => table.has(place) && need(table.get(place));
  wasm.exported(reader(wasm.EXPORTS)).forEach(need);
  for (let number = first; number < from; number++) need(number);
  wasm.eachWord(reader(wasm.DATA), (word) => table.get(word) > to && pointer(word));
  while (waiting.length > 0) {
    const [start, end] = bodies[waiting.pop() - first];
    wasm.walk(new wasm.Reader(bytes, start, end), { named: need, constant: pointer });
  }
  return found;
}

/** The one memory, as large as it was at first, and with a limit. */
function limited(reader) {
  if (reader.count() !== 1 || reader.byte() !== 0) throw new Error("expected one memory without a limit");
  return [Uint8Array.of(1, 1), length(reader.count()), length(LARGEST_MEMORY / PAGE)];
}

function withLength(id, parts) {
  return [Uint8Array.of(id), length(parts.reduce((sum, part) => sum + part.length, 0)), ...parts];
}

function length(number) {
  const bytes = [];
  do {
    bytes.push((number % 128) + (number >= 128 ? 128 : 0));
    number = Math.floor(number / 128);
  } while (number > 0);
  return Uint8Array.from(bytes);
}

function joined(parts) {
  return Buffer.concat(parts);
}

if (process.argv[1] === import.meta.filename || process.argv[1]?.endsWith("cut.mjs")) {
  const [whole, part] = process.argv.slice(2);
  writeFileSync(part, cut(readFileSync(whole)));
}
