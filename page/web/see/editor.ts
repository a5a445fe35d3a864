/* The editor of the text: that of the tab Check. It is all that the view knows of editors, so that another one can take
   its place. */

import { Editor as CodeEditor } from "../check/editor";
import { make } from "../elements";

export interface Editor {
  element: HTMLElement;
  text: string;
  mark(line: number | null, message: string): void; // the line that is wrong
  focus(): void;
  destroy(): void;
}

const HOW_TO_LEAVE = "see-how-to-leave";

export function editor(text: string, label: string, leaving: string, changed: (text: string) => void, run: () => void): Editor {
  const code = new CodeEditor({ label, described: HOW_TO_LEAVE, changed, run });
  code.open(text);
  return {
    element: make("div", {}, make("div", { className: "check-editor see-editor" }, code.view.dom), make("p", { id: HOW_TO_LEAVE, className: "small quiet see-leaving" }, leaving)),
    get text() {
      return code.text;
    },
    set text(wished: string) {
      code.open(wished);
    },
    mark(line, message) {
      code.mark(line === null ? [] : [{ line, end: line, from: 0, to: 0, title: "", more: message }]);
    },
    focus: () => code.view.focus(),
    destroy: () => code.destroy(),
  };
}
