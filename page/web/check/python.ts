/* Python for the editor: its colours, and how far a new line is indented. It is a reader of single lines, a tenth of the
   size of a whole grammar, of which the page would need nothing else. */

import { StreamLanguage, type StringStream } from "@codemirror/language";

const KEYWORDS = new Set(
  "and as assert async await break class continue def del elif else except finally for from global if import in is lambda nonlocal not or pass raise return try while with yield".split(" "),
);
const CONSTANTS = new Set(["True", "False", "None"]);
const LEAVES = /^(return|raise|pass|break|continue)\b/;
const DEDENTS = /^(else\s*:|elif\b|except\b|finally\s*:)/;
const STRING = /^(?:[rbuf]|br|rb|fr|rf)?('''|"""|'|")/i;
const NUMBER = /^(?:0[xob][\da-f_]+|(?:\d[\d_]*\.?[\d_]*|\.\d[\d_]*)(?:e[+-]?\d[\d_]*)?j?)/i;
const NAME = /^[\p{L}_][\p{L}\p{M}\p{N}_]*/u;

export interface State {
  quote: string; // with which the string that is open ends; empty where none is
  depth: number; // of brackets that are open
  indent: number; // columns, of the statement that is read
  opens: boolean; // whether it ends with a colon, so that a block follows
  leaves: boolean; // whether nothing can follow in its block
  defines: boolean; // whether the next word is the name of a function or class
}

export const parser = {
  name: "python",
  startState: (): State => ({ quote: "", depth: 0, indent: 0, opens: false, leaves: false, defines: false }),
  token,
  indent(state: State, textAfter: string, context: { unit: number }): number | null {
    if (state.quote) return null;
    if (state.depth > 0) return state.indent + (/^[)\]}]/.test(textAfter) ? 0 : context.unit);
    const inner = state.indent + (state.opens ? context.unit : state.leaves ? -context.unit : 0);
    const isBack = DEDENTS.test(textAfter) && !state.leaves;
    return Math.max(0, inner - (isBack ? context.unit : 0));
  },
  languageData: { commentTokens: { line: "#" }, indentOnInput: /^\s*([)\]}]|else:|elif |except |finally:)$/ },
};

export const python = StreamLanguage.define<State>(parser);

function token(stream: StringStream, state: State): string | null {
  if (stream.sol() && !state.quote && state.depth === 0) begin(stream, state);
  if (state.quote) return string(stream, state);
  if (stream.eatSpace()) return null;
  if (stream.peek() === "#") {
    stream.skipToEnd();
    return "comment";
  }
  const opened = stream.match(STRING) as RegExpMatchArray | null;
  if (opened) {
    state.quote = opened[1]!;
    state.opens = false;
    return string(stream, state);
  }
  const before = state.opens;
  state.opens = false;
  if (stream.match(NUMBER)) return "number";
  const name = stream.match(NAME) as RegExpMatchArray | null;
  if (name) return word(name[0], state);
  const letter = stream.next() ?? "";
  if ("([{".includes(letter)) state.depth++;
  else if (")]}".includes(letter)) state.depth = Math.max(0, state.depth - 1);
  else if (letter === ":" && state.depth === 0) state.opens = true;
  else if (letter === "\\" && stream.eol()) state.opens = before;
  return null;
}

/** A new statement begins, unless the line is empty. */
function begin(stream: StringStream, state: State): void {
  const text = stream.string.trimStart();
  if (!text || text.startsWith("#")) return;
  state.indent = stream.indentation();
  state.opens = false;
  state.defines = false;
  state.leaves = LEAVES.test(text);
}

function word(name: string, state: State): string | null {
  if (state.defines) {
    state.defines = false;
    return "variableName.definition";
  }
  state.defines = name === "def" || name === "class";
  if (KEYWORDS.has(name)) return "keyword";
  if (CONSTANTS.has(name)) return "bool";
  return name === "self" ? "self" : null;
}

/** Read to the end of a string, or of the line where it goes on in the next. */
function string(stream: StringStream, state: State): string {
  const isLong = state.quote.length === 3;
  while (!stream.eol()) {
    if (stream.match(state.quote)) {
      state.quote = "";
      return "string";
    }
    if (stream.next() === "\\" && !stream.eol()) stream.next();
  }
  if (!isLong && !stream.string.endsWith("\\")) state.quote = "";
  return "string";
}
