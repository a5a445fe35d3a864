import assert from "node:assert/strict";
import { test } from "node:test";
import { raised, withPowers } from "./signals";

test("powers of ten are raised", () => {
  assert.equal(raised(-12), "⁻¹²");
  assert.equal(withPowers("they shrink by 10^6, and by 10^-2."), "they shrink by 10⁶, and by 10⁻².");
});
