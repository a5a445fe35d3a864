import assert from "node:assert/strict";
import { test } from "node:test";
import { EXPERIMENTS, experiment } from "./experiments";
import { differences } from "./settings";

for (const [number, { title }] of EXPERIMENTS.entries()) {
  test(`the experiment "${title}" compares two networks that differ, and changes nothing of itself when it is changed`, () => {
    const settings = experiment(number, "text");
    assert.equal(settings.compares, true);
    assert.equal(settings.text, "text");
    assert.notDeepEqual(differences(...settings.runs), []);
    settings.runs[0].hidden.push({ units: 1, activation: "none" });
    assert.notDeepEqual(experiment(number, "text"), settings);
  });
}
