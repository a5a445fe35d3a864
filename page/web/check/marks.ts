/* Marks in the editor: the lines that have to change, with what is wrong in them. A mark goes when its line is edited. */

import { type EditorState, type Range, RangeSet, StateEffect, StateField, type Text } from "@codemirror/state";
import { Decoration, type DecorationSet, EditorView, GutterMarker, gutter, WidgetType } from "@codemirror/view";
import { make } from "../elements";
import type { Mark } from "./answer";

export interface Note extends Mark {
  name?: string; // of the array or part that is wrong; empty where it is none
  title: string; // what is wrong, in few words
  more: string; // the whole message
}

interface Marked {
  lines: DecorationSet;
  gutter: RangeSet<GutterMarker>;
}

const setNotes = StateEffect.define<readonly Note[]>();
const LINE = Decoration.line({ class: "check-marked" });
const NONE: Marked = { lines: Decoration.none, gutter: RangeSet.empty };

/** What is wrong, below the line. */
class Words extends WidgetType {
  constructor(private readonly note: Note) {
    super();
  }

  override eq(other: Words): boolean {
    return other.note.title === this.note.title && other.note.from === this.note.from;
  }

  override toDOM(): HTMLElement {
    const { title, more, from } = this.note;
    const words = make("div", { className: "check-note", title: more }, make("span", {}, "▲ ", title));
    words.style.paddingLeft = `${from}ch`;
    return words;
  }

  override ignoreEvent(): boolean {
    return true;
  }
}

class Sign extends GutterMarker {
  constructor(private readonly title: string) {
    super();
  }

  override toDOM(): Node {
    return make("span", { className: "check-sign", title: this.title }, "●");
  }
}

const marked = StateField.define<Marked>({
  create: () => NONE,
  update(value, transaction) {
    for (const effect of transaction.effects) if (effect.is(setNotes)) return markedOf(effect.value, transaction.newDoc);
    if (!transaction.docChanged) return value;
    const before = transaction.startState.doc;
    const isUntouched = (from: number) => {
      const line = before.lineAt(from);
      return !transaction.changes.touchesRange(line.from, line.to);
    };
    const kept = { filter: (from: number) => isUntouched(from) };
    return {
      lines: value.lines.update(kept).map(transaction.changes),
      gutter: value.gutter.update(kept).map(transaction.changes),
    };
  },
  provide: (field) => [
    EditorView.decorations.from(field, (value) => value.lines),
    gutter({ class: "check-signs", markers: (view) => view.state.field(field).gutter, initialSpacer: () => new Sign("") }),
  ],
});

function markedOf(notes: readonly Note[], doc: Text): Marked {
  const shown = notes.filter((note) => note.line >= 1 && note.line <= doc.lines);
  const lines: Range<Decoration>[] = [];
  const signs: Range<GutterMarker>[] = [];
  for (const note of shown) {
    for (let number = note.line; number <= Math.min(note.end, doc.lines); number++) lines.push(LINE.range(doc.line(number).from));
    signs.push(new Sign(note.more).range(doc.line(note.line).from));
    const last = doc.line(Math.min(Math.max(note.line, note.end), doc.lines));
    lines.push(Decoration.widget({ widget: new Words(note), block: true, side: 1 }).range(last.to));
  }
  return { lines: Decoration.set(lines, true), gutter: RangeSet.of(signs, true) };
}

/** The extension. */
export const marks = [marked];

/** Show notes in the place of those that are there. */
export function show(view: EditorView, notes: readonly Note[]): void {
  view.dispatch({ effects: setNotes.of(notes) });
}

/** The numbers of the lines that are marked. */
export function markedLines(state: EditorState): number[] {
  const found = new Set<number>();
  state.field(marked).lines.between(0, state.doc.length, (from, _to, value) => {
    if (value === LINE) found.add(state.doc.lineAt(from).number);
  });
  return [...found].sort((one, other) => one - other);
}

/** Return one note for each line: where several mistakes are in one, they are told together. */
export function oneALine(notes: readonly Note[]): Note[] {
  const lines = grouped(notes, ({ line }) => line);
  return [...lines.values()].map((together) => {
    const titles = grouped(together, ({ title }) => title);
    const said = [...titles].map(([title, same]) => {
      const names = [...new Set(same.map(({ name }) => name ?? "").filter(Boolean))].join(", ");
      return names ? `${names}: ${title}` : title;
    });
    return { ...together[0]!, title: said.join("; "), more: [...new Set(together.map(({ more }) => more))].join("\n") };
  });
}

function grouped<T, K>(things: readonly T[], key: (thing: T) => K): Map<K, T[]> {
  const found = new Map<K, T[]>();
  for (const thing of things) found.set(key(thing), [...(found.get(key(thing)) ?? []), thing]);
  return found;
}
