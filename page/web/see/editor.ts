/* The editor of the text. It is all that the view knows of editors, so that another one can take its place. */

import { make } from "../elements";

export interface Editor {
  element: HTMLElement;
  text: string;
  mark(line: number | null): void; // the line that is wrong
  focus(): void;
  destroy(): void;
}

export function editor(text: string, label: string, changed: (text: string) => void, run: () => void): Editor {
  const numbers = make("div", { className: "see-numbers", "aria-hidden": "true" });
  const area = make("textarea", { className: "see-text code", value: text, spellcheck: false, "aria-label": label, autocapitalize: "off", autocomplete: "off", wrap: "off" });
  let marked: number | null = null;
  const show = (): void => {
    const count = area.value.split("\n").length;
    area.rows = Math.min(Math.max(count, 4), 14);
    numbers.replaceChildren(...Array.from({ length: count }, (_none, line) => make("div", { className: line + 1 === marked ? "see-wrong" : "" }, String(line + 1))));
    numbers.scrollTop = area.scrollTop;
  };
  area.addEventListener("input", () => {
    marked = null;
    show();
    changed(area.value);
  });
  area.addEventListener("scroll", () => (numbers.scrollTop = area.scrollTop));
  area.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    run();
  });
  show();
  return {
    element: make("div", { className: "see-editor" }, numbers, area),
    get text() {
      return area.value;
    },
    set text(wished: string) {
      area.value = wished;
      marked = null;
      show();
    },
    mark(line) {
      marked = line;
      show();
    },
    focus: () => area.focus(),
    destroy: () => undefined,
  };
}
