/* Just as much of WebAssembly's binary format as is needed to see which function needs which other one.
   https://webassembly.github.io/spec/core/binary/ */

export const [TYPES, IMPORTS, FUNCTIONS, MEMORY, EXPORTS, ELEMENTS, CODE, DATA] = [1, 2, 3, 5, 7, 9, 10, 11];
const I32_CONST = 0x41;
const END = 0x0b;

/** Reads numbers and names, one after the other. */
export class Reader {
  constructor(bytes, place = 0, end = bytes.length) {
    Object.assign(this, { bytes, place, end });
  }

  get isDone() {
    return this.place >= this.end;
  }

  byte() {
    return this.bytes[this.place++];
  }

  /** A number without a sign, seven bits a byte. */
  count() {
    let [value, factor, byte] = [0, 1, 0];
    do {
      byte = this.bytes[this.place++];
      value += (byte & 127) * factor;
      factor *= 128;
    } while (byte > 127);
    return value;
  }

  /** A number with a sign, of 32 bits. */
  signed() {
    let [value, shift, byte] = [0, 0, 0];
    do {
      byte = this.bytes[this.place++];
      value |= (byte & 127) << shift;
      shift += 7;
    } while (byte > 127);
    return shift < 32 && byte & 64 ? value | (-1 << shift) : value;
  }

  skip(count = 1) {
    for (; count > 0; count--) while (this.bytes[this.place++] > 127);
  }

  name() {
    const length = this.count();
    this.place += length;
    return new TextDecoder().decode(this.bytes.subarray(this.place - length, this.place));
  }
}

/** Return the sections of a module: id, name (of custom ones), where they and their content begin and end. */
export function sectionsOf(bytes) {
  const found = [];
  const reader = new Reader(bytes, 8);
  while (!reader.isDone) {
    const id = reader.byte();
    const length = reader.count();
    const [start, end] = [reader.place, reader.place + length];
    const name = id === 0 ? reader.name() : "";
    found.push({ id, name, start, content: reader.place, end });
    reader.place = end;
  }
  return found;
}

/** Return how many functions are imported: the numbers of the others begin there. */
export function countOfImports(reader) {
  let functions = 0;
  for (let left = reader.count(); left > 0; left--) {
    reader.name();
    reader.name();
    if (reader.byte() !== 0) throw new Error("expected that functions alone are imported");
    reader.count();
    functions++;
  }
  return functions;
}

/** Return the numbers of the functions that are exported. */
export function exported(reader) {
  const found = [];
  for (let left = reader.count(); left > 0; left--) {
    reader.name();
    const kind = reader.byte();
    const number = reader.count();
    if (kind === 0) found.push(number);
  }
  return found;
}

/** Return the functions' names by number, from the custom section "name". */
export function namesOf(reader) {
  const names = new Map();
  while (!reader.isDone) {
    const kind = reader.byte();
    const length = reader.count();
    const end = reader.place + length;
    for (let left = kind === 1 ? reader.count() : 0; left > 0; left--) names.set(reader.count(), reader.name());
    reader.place = end;
  }
  return names;
}

/** Return where the body of each function begins and ends. */
export function bodiesOf(reader) {
  return Array.from({ length: reader.count() }, () => {
    const length = reader.count();
    reader.place += length;
    return [reader.place - length, reader.place];
  });
}

/** Return the table by which functions are called through pointers: number of the function by its place. */
export function tableOf(reader) {
  const table = new Map();
  for (let left = reader.count(); left > 0; left--) {
    let place = placeOf(reader);
    for (let functions = reader.count(); functions > 0; functions--) table.set(place++, reader.count());
  }
  return table;
}

/** Call seen(word) for every word in memory as it is at the start, which might be a pointer. */
export function eachWord(reader, seen) {
  const view = new DataView(reader.bytes.buffer, reader.bytes.byteOffset);
  for (let left = reader.count(); left > 0; left--) {
    const address = placeOf(reader);
    const end = reader.count() + reader.place;
    for (let at = reader.place + ((4 - (address & 3)) & 3); at + 4 <= end; at += 4) seen(view.getUint32(at, true));
    reader.place = end;
  }
}

/** Return where a segment lies, in the table or in memory. */
function placeOf(reader) {
  if (reader.count() !== 0 || reader.byte() !== I32_CONST) throw new Error("expected a segment with a fixed place");
  const place = reader.signed();
  if (reader.byte() !== END) throw new Error("expected the end of a place");
  return place;
}

/** Go through a function's body; tell of each function that it names, and of each constant, which may be a pointer. */
export function walk(reader, { named, constant }) {
  for (let groups = reader.count(); groups > 0; groups--) {
    reader.skip();
    reader.byte();
  }
  while (!reader.isDone) {
    const code = reader.byte();
    if (code === 0x10 || code === 0x12 || code === 0xd2) named(reader.count());
    else if (code === I32_CONST) constant(reader.signed());
    else skipOperands(reader, code);
  }
  if (reader.place !== reader.end) throw new Error(`a function ends at ${reader.end}, not at ${reader.place}`);
}

/** Go past what follows an instruction. */
function skipOperands(reader, code) {
  if ((code >= 0x45 && code <= 0xc4) || PLAIN.has(code)) return;
  if (code >= 0x28 && code <= 0x3e) skipAddress(reader);
  else if (code in OPERANDS) reader.skip(OPERANDS[code]);
  else if (code >= 0x02 && code <= 0x04) skipBlockType(reader);
  else if (code === 0x0e) reader.skip(reader.count() + 1); // br_table
  else if (code === 0x1c) reader.place += reader.count(); // select with types
  else if (code === 0x1f) skipTryTable(reader);
  else if (code === 0x43 || code === 0x44) reader.place += code === 0x43 ? 4 : 8;
  else if (code === 0xfc) skipBulk(reader);
  else if (code === 0xfd) skipVector(reader);
  else throw new Error(`an unknown instruction: 0x${code.toString(16)}`);
}

const PLAIN = new Set([0x00, 0x01, 0x05, 0x0a, END, 0x0f, 0x1a, 0x1b, 0xd1]);
// Branches, locals, globals, tables, throw; call_indirect; memory.size and .grow; i64.const; ref.null
const OPERANDS = { 0x08: 1, 0x0c: 1, 0x0d: 1, 0x11: 2, 0x13: 2, 0x3f: 1, 0x40: 1, 0x42: 1, 0xd0: 1 };
for (let code = 0x20; code <= 0x26; code++) OPERANDS[code] = 1;

function skipBlockType(reader) {
  const first = reader.bytes[reader.place];
  if (first === 0x40 || (first >= 0x60 && first <= 0x7f)) reader.byte();
  else reader.skip();
}

function skipTryTable(reader) {
  skipBlockType(reader);
  for (let clauses = reader.count(); clauses > 0; clauses--) reader.skip(reader.byte() < 2 ? 2 : 1);
}

function skipAddress(reader) {
  if (reader.count() & 64) reader.skip();
  reader.skip();
}

function skipBulk(reader) {
  const code = reader.count();
  const operands = [...Array(8).fill(0), 2, 1, 2, 1, 2, 1, 2, 1, 1, 1][code];
  if (operands === undefined) throw new Error(`an unknown instruction: 0xfc ${code}`);
  reader.skip(operands);
}

function skipVector(reader) {
  const code = reader.count();
  if (code <= 11 || (code >= 84 && code <= 93)) skipAddress(reader);
  if (code === 12 || code === 13) reader.place += 16;
  if ((code >= 21 && code <= 34) || (code >= 84 && code <= 91)) reader.byte();
}
