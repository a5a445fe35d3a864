/* What can be taken along: files that the browser saves. */

import { button, make } from "../elements";
import type { Page } from "../page";
import type { Exported } from "./answers";
import { bytesOf } from "./unpacked";

const FORMS = ["model", "python", "onnx"] as const;

/** Return the buttons for the network of a run, and where stands what is to be said of a file. */
export function takingAlong(page: Page, name: string, ask: (form: string) => Promise<Exported>): HTMLElement {
  const t = page.t.bind(page);
  const titles = { model: t("Model file (.npz)"), python: t("Python that trains the same"), onnx: "ONNX" };
  const said = make("div", { className: "small quiet", role: "status" });
  const take = async (form: string) => {
    const file = await ask(form);
    if (file.name) save(file.name, file.text === undefined ? bytesOf(file.bytes ?? "") : file.text);
    said.replaceChildren(...toldOf(page, file));
  };
  const buttons = FORMS.map((form) => button(titles[form], () => void take(form).catch((error: Error) => said.replaceChildren(error.message)), { "data-form": form }));
  return make("div", { className: "train-taking" }, make("div", { className: "bar" }, name ? make("b", {}, name) : null, ...buttons), said);
}

function toldOf(page: Page, { name, note, command }: Exported): (Node | string)[] {
  const saved = name ? [make("p", {}, page.t("Saved: {file}.", { file: name }), " ", note)] : [make("p", {}, note)];
  return command ? [...saved, make("pre", {}, command)] : saved;
}

function save(name: string, content: BlobPart): void {
  const address = URL.createObjectURL(new Blob([content]));
  make("a", { href: address, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}
