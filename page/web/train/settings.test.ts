import assert from "node:assert/strict";
import { test } from "node:test";
import { asRequest, differences, restored, suitedTo, usual, usualRun, usesOwn } from "./settings";

test("what was kept comes back, and what is of another kind does not", () => {
  const kept = { ...usual(), data: "moons", lr: 3, compares: "yes", runs: [{ lr: "0.5", hidden: [{ units: "4", activation: "tanh" }] }, null] };
  const settings = restored(JSON.parse(JSON.stringify(kept)));
  assert.equal(settings.data, "moons");
  assert.equal(settings.compares, false);
  assert.equal(settings.runs[0].lr, "0.5");
  assert.deepEqual(settings.runs[0].hidden, [{ units: "4", activation: "tanh" }]);
  assert.equal(settings.runs[1].initialization, "zeros");
});

for (const damaged of [undefined, null, 3, "text", [], { runs: 4 }, { data: "mnist", runs: [{ hidden: [3], own: null }] }]) {
  test(`settings that cannot be read are the usual ones: ${JSON.stringify(damaged)}`, () => {
    assert.deepEqual(restored(damaged), usual());
  });
}

test("one network is asked for, or two on the same data", () => {
  const settings = usual();
  assert.equal(asRequest(settings).runs.length, 1);
  const { runs } = asRequest({ ...settings, compares: true });
  assert.equal(runs.length, 2);
  assert.deepEqual(
    runs.map((run) => (run as { samples: number }).samples),
    [400, 400],
  );
});

test("digits are asked for without what only points have", () => {
  const [run] = asRequest(suitedTo("digits", usual())).runs as Record<string, unknown>[];
  assert.equal(run!.data, "digits");
  assert.ok(!("noise" in run!));
  assert.equal(run!.batch_size, 20);
});

test("the student's text goes along only where a layer of it is used", () => {
  const settings = { ...usual(), text: "class Mine: pass" };
  assert.equal(asRequest(settings).text, "");
  settings.runs[0].hidden[0]!.activation = "own:Mine";
  assert.equal(usesOwn(settings), true);
  assert.equal(asRequest(settings).text, settings.text);
});

test("a layer of the second network counts only where it is trained, too", () => {
  const settings = usual();
  settings.runs[1].own = { affine: "MyAffine" };
  assert.equal(usesOwn(settings), false);
  assert.equal(usesOwn({ ...settings, compares: true }), true);
});

test("two networks differ by the settings that are not the same", () => {
  assert.deepEqual(differences(usualRun(), usualRun()), []);
  assert.deepEqual(differences(usualRun(), { ...usualRun(), lr: 0.1, hidden: [] }), ["hidden", "lr"]);
});

test("what suits the digits comes with them, but not in place of what was built", () => {
  const digits = suitedTo("digits", usual());
  assert.deepEqual(digits.runs[0].hidden, [{ units: 50, activation: "relu" }]);
  assert.equal(digits.epochs, 20);
  const built = usual();
  built.runs[0].hidden = [{ units: 3, activation: "tanh" }];
  assert.deepEqual(suitedTo("digits", built).runs[0].hidden, built.runs[0].hidden);
  assert.equal(suitedTo("moons", usual()).noise, 0.1);
});
