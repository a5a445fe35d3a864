import assert from "node:assert/strict";
import { test } from "node:test";
import korean from "./ko.json";
import { learn, translated, wishedLanguage } from "./words";

learn(korean);

test("a text without a translation stays English, and has its values", () => {
  assert.equal(translated("ko", "{n} of {m} frogs", { n: 1, m: 2 }), "1 of 2 frogs");
});

test("a text with a translation is Korean where that is spoken", () => {
  assert.equal(translated("ko", "Check"), "검사");
  assert.equal(translated("en", "Check"), "Check");
});

test("the language is the one that was chosen, else the browser's first that is known, else English", () => {
  assert.equal(wishedLanguage("ko", ["en-US"]), "ko");
  assert.equal(wishedLanguage(undefined, ["ja", "ko-KR", "en"]), "ko");
  assert.equal(wishedLanguage("xx", ["ja"]), "en");
});
