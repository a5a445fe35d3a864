/* The data sets as tiles with small pictures, and what can be set of their points. */

import { draw, make } from "../elements";
import type { Page } from "../page";
import { field, numberOf } from "./builder";
import { DATA, type Settings } from "./settings";

const POINTS = 22; // of a picture, for each class
const SIZE = 56;
const THREE = ["..####..", ".#....#.", "......#.", "...###..", "......#.", "......#.", ".#....#.", "..####.."];

/** Return the tiles, of which one is chosen, and the fields of the points. */
export function datasets(page: Page, settings: Settings, chosen: (data: string) => void, changed: () => void): HTMLElement {
  const t = page.t.bind(page);
  const tiles = Object.entries(DATA).map(([name, { title }]) => {
    const radio = make("input", { type: "radio", name: "train-data", value: name, className: "hidden", checked: name === settings.data, onchange: () => chosen(name) });
    return make("label", { className: "train-tile" }, radio, pictureOf(name), make("span", {}, t(title)));
  });
  const number = (about: string, title: string, value: number | string, take: (value: number | string) => void) => {
    const id = `train-${about}`;
    const onchange = (event: Event) => {
      take(numberOf(event));
      changed();
    };
    return field(about, title, id, make("input", { type: "text", inputMode: "decimal", id, className: "train-number", value: String(value), onchange, "data-about": about }));
  };
  const ofPoints = [
    number("samples", t("Points"), settings.samples, (value) => (settings.samples = value)),
    number("noise", t("Noise"), settings.noise, (value) => (settings.noise = value)),
    number("data_seed", t("Seed of the data"), settings.dataSeed, (value) => (settings.dataSeed = value)),
  ];
  return make(
    "div",
    {},
    make("fieldset", { className: "train-tiles" }, make("legend", { className: "hidden" }, t("Data")), ...tiles),
    make("div", { className: "train-fields" }, ...(settings.data === "digits" ? [] : ofPoints), number("epochs", t("Epochs"), settings.epochs, (value) => (settings.epochs = value))),
    settings.data === "digits" ? make("p", { className: "small quiet" }, t("1,797 handwritten digits of 8 × 8 pixels; 359 of them are kept for the test.")) : null,
  );
}

function pictureOf(name: string): SVGSVGElement {
  const svg = draw("svg", { viewBox: `0 0 ${SIZE} ${SIZE}`, width: SIZE, height: SIZE, "aria-hidden": "true" });
  if (name === "digits") {
    THREE.forEach((row, y) => [...row].forEach((pixel, x) => pixel === "#" && svg.append(draw("rect", { class: "ink", x: 6 + 5.5 * x, y: 6 + 5.5 * y, width: 5.6, height: 5.6 }))));
    return svg;
  }
  for (const { x, y, label } of pointsOf(name)) {
    svg.append(draw("circle", { class: `class${label}`, cx: (SIZE / 2) * (1 + 0.86 * x), cy: (SIZE / 2) * (1 - 0.86 * y), r: 2.1 }));
  }
  return svg;
}

/** Return points as the data set has them, without noise (datasets/toy.py), within -1 to 1. */
export function pointsOf(name: string): { x: number; y: number; label: number }[] {
  const along = Array.from({ length: POINTS }, (_, place) => (place + 0.5) / POINTS);
  const curve = (label: number, at: (share: number) => [number, number]) => along.map((share) => ({ x: at(share)[0], y: at(share)[1], label }));
  const turn = (radius: number, angle: number): [number, number] => [radius * Math.cos(angle), radius * Math.sin(angle)];
  if (name === "spiral") return [0, 1, 2].flatMap((k) => curve(k, (r) => turn(r, (2 * Math.PI * k) / 3 + 4 * r)));
  if (name === "circles") return [1, 0.5].flatMap((radius, k) => curve(k, (share) => turn(radius, 2 * Math.PI * share)));
  if (name === "moons") {
    const upper = curve(0, (share) => turn(1, Math.PI * share));
    return [...upper, ...upper.map(({ x, y }) => ({ x: 1 - x, y: 0.5 - y, label: 1 }))].map(({ x, y, label }) => ({ x: (x - 0.5) / 1.5, y: (y - 0.25) / 1.2, label }));
  }
  const scattered = Array.from({ length: 2 * POINTS }, (_, n) => ({ x: 2 * ((0.7548777 * (n + 1)) % 1) - 1, y: 2 * ((0.5698403 * (n + 1)) % 1) - 1 }));
  return scattered.map(({ x, y }) => ({ x, y, label: x > 0 === y > 0 ? 0 : 1 }));
}
