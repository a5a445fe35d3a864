"use strict";

/* What comes out of every layer, as pictures: a list of numbers as cells, channels as small images. */

const PICTURE_WIDTH = 680; // pixels, about, where there is room
const CELLS_IN_A_ROW = 50;

const WHAT_IT_DOES = {
  Affine: () => "weighted sums of all above",
  Convolution: ({ arrays }) => `filters of ${size(arrays.W.shape.slice(2))}`,
  MaxPooling: ({ options }) => `the largest of each ${size([options.pool_h, options.pool_w])}`,
  AveragePooling: ({ options }) => `the mean of each ${size([options.pool_h, options.pool_w])}`,
  BatchNormalization: () => "shifted and scaled, as learned",
  LayerNormalization: () => "mean 0, variance 1, then shifted and scaled",
  Dropout: () => "drops some, in training only",
  Flatten: () => "all in one row",
  ReLU: () => "what is below 0 becomes 0",
  LeakyReLU: () => "what is below 0 shrinks",
  Sigmoid: () => "squeezed between 0 and 1",
  Tanh: () => "squeezed between −1 and 1",
  GELU: () => "what is far below 0 becomes 0, smoothly",
  Softplus: () => "what is below 0 is lifted above 0, smoothly",
  Residual: () => "the input added to the branch",
};
const UNCHANGED = ["Dropout", "Flatten"]; // nothing new to see

/** Return the rows of a list for the steps of a forward pass, and a function that shows other steps in them. */
function layerRows(steps) {
  const scores = steps.findLast(({ layer }) => !UNCHANGED.includes(layer.class));
  const rows = steps.map((step) => layerRow(step, step === scores));
  const update = (taken) => rows.forEach((row, number) => row.canvas && showOutput(row, taken[number].output.values));
  return { items: rows.map((row) => row.item), update };
}

/** Return the row of a step: what the layer is, and room for its output. */
function layerRow({ layer, path, output }, isScores) {
  const name = make("b", {}, make("small", {}, path.map((outer) => `${outer} › `).join("")), layer.name);
  const does = isScores ? "the scores, one for each class" : (WHAT_IT_DOES[layer.class]?.(layer) ?? "");
  const about = make("div", { class: "about" }, name, make("span", {}, sizeOf(output.shape)), make("span", {}, does));
  const item = make("li", { class: path.length ? "inner" : "" }, about);
  if (UNCHANGED.includes(layer.class)) return { item };
  const arrangement = arrange(output.shape);
  const canvas = make("canvas", { class: "pixels", role: "img", "aria-label": `Output of ${layer.name}` });
  canvas.style.width = `${arrangement.shown}px`;
  const range = make("span", { class: "range" });
  item.append(canvas, range);
  return { item, canvas, range, arrangement };
}

/** Show the numbers that came out of a layer. */
function showOutput({ canvas, range, arrangement }, values) {
  const largest = largestOf(values);
  const tile = arrangement.width * arrangement.height;
  const tiles = Array.from({ length: values.length / tile }, (_, t) =>
    values.subarray(t * tile, (t + 1) * tile).map((value) => value / largest),
  );
  picture(canvas, () => paintTiles(canvas, tiles, { ...arrangement, colour: signedColour }));
  const [low, high] = [values.reduce((a, b) => Math.min(a, b)), values.reduce((a, b) => Math.max(a, b))];
  range.textContent = low === high ? short(low) : `${short(low)} … ${short(high)}`;
}

/** Choose how many pictures of a layer's output stand in a row, and how large they are shown. */
function arrange(shape) {
  const [number, height = 1, width = 1] = shape.length === 3 ? shape : [shape.reduce((a, b) => a * b, 1)];
  if (height * width === 1) {
    const zoom = number <= 20 ? 26 : 11;
    const columns = evenColumns(number, CELLS_IN_A_ROW);
    return { width: 1, height: 1, zoom, gap: 2, columns, shown: columns * (zoom + 2) - 2 };
  }
  const side = number <= 16 ? 52 : number <= 32 ? 42 : 32;
  const enlarged = Math.max(1, Math.round(side / width));
  const fitting = Math.max(1, Math.floor(PICTURE_WIDTH / (width * enlarged + 4)));
  const [zoom, stretched] = enlarged <= 3 ? [1, enlarged] : [Math.round(enlarged / 2), 2];
  const [columns, gap] = [evenColumns(number, fitting), stretched > 2 ? 1 : 2];
  return { width, height, zoom, gap, columns, shown: (columns * (width * zoom + gap) - gap) * stretched };
}

/** Return into how many columns, at most, some things go, so that the last row is about as full as the others. */
function evenColumns(number, most) {
  return Math.ceil(number / Math.ceil(number / most));
}

/** "30 images of 24 × 24", "200 numbers" */
function sizeOf(shape) {
  return shape.length === 3 && shape[1] * shape[2] > 1
    ? `${several(shape[0], "image")} of ${size(shape.slice(1))}`
    : several(
        shape.reduce((a, b) => a * b, 1),
        "number",
      );
}

function size([height, width]) {
  return `${height} × ${width}`;
}
