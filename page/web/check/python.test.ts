import assert from "node:assert/strict";
import { test } from "node:test";
import { StringStream } from "@codemirror/language";
import { parser, type State } from "./python";

/** The words of a text that have a colour, each with its name, and what is known at its end. */
function read(text: string): { words: string[]; state: State } {
  const state = parser.startState();
  const words: string[] = [];
  for (const line of text.split("\n")) {
    const stream = new StringStream(line, 4, 4);
    while (!stream.eol()) {
      stream.start = stream.pos;
      const name = parser.token(stream, state);
      assert.ok(stream.pos > stream.start, "it goes on");
      if (name) words.push(`${name}:${stream.current()}`);
    }
  }
  return { words, state };
}

test("keywords, names that are defined, strings, numbers and comments have their colours", () => {
  assert.deepEqual(read("def f(self, x): # one\n    return x * 1.5e-3 + None").words, [
    "keyword:def", "variableName.definition:f", "self:self", "comment:# one", "keyword:return", "number:1.5e-3", "bool:None",
  ]);
});

test("Korean names are names, and keywords within names are none", () => {
  assert.deepEqual(read("class 시그모이드:\n    return_값 = 3").words, ["keyword:class", "variableName.definition:시그모이드", "number:3"]);
});

test("a string goes on over lines only where it has three quotes", () => {
  assert.deepEqual(read('"""a\nb"""\nx = 1').words, ['string:"""a', 'string:b"""', "number:1"]);
  assert.deepEqual(read("'a\nx = 1").words, ["string:'a", "number:1"]);
  assert.deepEqual(read("rb'\\'' + f'{x}'").words, ["string:rb'\\''", "string:f'{x}'"]);
});

const indents: [string, string, number | null][] = [
  ["def f(x):", "", 4],
  ["def f(x):\n    return x", "", 0],
  ["class A:\n    def f(self):\n        x = 1", "", 8],
  ["if x:\n    y = 1", "else:", 0],
  ["if x:\n    return 1", "else:", 0],
  ["f(a,", "", 4],
  ["f(a,\n  b", ")", 0],
  ["x = {'a': 1", "", 4],
  ["x = y[1:2]", "", 0],
  ["# a comment:", "", 0],
  ["for x in y:  # why:", "", 4],
  ['"""text', "", null],
];
for (const [text, after, expected] of indents) {
  test(`after ${JSON.stringify(text)} a line ${JSON.stringify(after)} is indented by ${expected}`, () => {
    assert.equal(parser.indent(read(text).state, after, { unit: 4 }), expected);
  });
}
