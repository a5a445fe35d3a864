/* The editor: CodeMirror with Python, marks, and the keys of the page. */

import { defaultKeymap, history, historyKeymap, indentWithTab } from "@codemirror/commands";
import { bracketMatching, HighlightStyle, indentOnInput, indentUnit, syntaxHighlighting } from "@codemirror/language";
import { EditorState } from "@codemirror/state";
import { drawSelection, EditorView, highlightActiveLine, highlightActiveLineGutter, highlightSpecialChars, keymap, lineNumbers } from "@codemirror/view";
import { tags } from "@lezer/highlight";
import type { Mark } from "./answer";
import { marks, type Note, oneALine, show } from "./marks";
import { python } from "./python";

const COLOURS = HighlightStyle.define([
  { tag: [tags.keyword, tags.self], color: "var(--accent)" },
  { tag: tags.string, color: "var(--third)" },
  { tag: [tags.number, tags.bool], color: "var(--second)" },
  { tag: tags.comment, color: "var(--quiet)", fontStyle: "italic" },
  { tag: tags.definition(tags.variableName), fontWeight: "600" },
]);

export interface Wishes {
  label: string;
  described: string; // the id of the element that tells how to leave it
  changed(text: string): void;
  run(): void;
}

export class Editor {
  readonly view: EditorView;

  constructor(private readonly wishes: Wishes) {
    this.view = new EditorView({ state: this.state("") });
  }

  get text(): string {
    return this.view.state.doc.toString();
  }

  /** Show another text, with nothing to undo in it. */
  open(text: string): void {
    this.view.setState(this.state(text));
  }

  /** Put another text in the place of this one; that can be undone. */
  replace(text: string): void {
    this.view.dispatch({ changes: { from: 0, to: this.view.state.doc.length, insert: text }, selection: { anchor: 0 } });
  }

  mark(notes: readonly Note[]): void {
    show(this.view, oneALine(notes));
  }

  /** Go to some lines. */
  goTo(mark: Mark): void {
    const { doc } = this.view.state;
    const line = doc.line(Math.min(mark.line, doc.lines));
    const anchor = Math.min(line.from + mark.from, line.to);
    this.view.dispatch({ selection: { anchor }, effects: EditorView.scrollIntoView(anchor, { y: "center" }) });
    this.view.focus();
    this.view.dom.scrollIntoView({ block: "nearest" });
  }

  destroy(): void {
    this.view.destroy();
  }

  private state(doc: string): EditorState {
    const { label, described, changed, run } = this.wishes;
    const runs = () => (run(), true);
    return EditorState.create({
      doc,
      extensions: [
        keymap.of([{ key: "Mod-Enter", run: runs }, { key: "Ctrl-Enter", run: runs }]),
        lineNumbers(),
        marks,
        highlightSpecialChars(),
        history(),
        drawSelection(),
        indentUnit.of("    "),
        EditorState.tabSize.of(4),
        EditorState.lineSeparator.of("\n"),
        indentOnInput(),
        bracketMatching(),
        highlightActiveLine(),
        highlightActiveLineGutter(),
        python,
        syntaxHighlighting(COLOURS),
        keymap.of([...defaultKeymap, ...historyKeymap, indentWithTab]),
        EditorView.contentAttributes.of({ "aria-label": label, "aria-describedby": described, spellcheck: "false", autocapitalize: "off", autocorrect: "off" }),
        EditorView.updateListener.of((update) => {
          if (update.docChanged) changed(this.text);
        }),
      ],
    });
  }
}
