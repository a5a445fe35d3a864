/* Files: the one that is handed in, and those that are opened. */

import { make } from "../elements";

/** Save a text as a file. */
export function save(name: string, text: string): void {
  const address = URL.createObjectURL(new Blob([text], { type: "text/x-python" }));
  const link = make("a", { href: address, download: name });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}

export interface Opened {
  name: string;
  data: string; // base64
}

/** Return what is in a file. */
export function content(file: File): Promise<Opened> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve({ name: file.name, data: String(reader.result).replace(/^[^,]*,/, "") });
    reader.onerror = () => reject(reader.error ?? new Error(file.name));
    reader.readAsDataURL(file);
  });
}

/** Let a file that is dropped onto an element be opened; elsewhere on the page it does nothing. */
export function dropOn(element: HTMLElement, opened: (file: File) => void): void {
  const isFile = (event: DragEvent) => [...(event.dataTransfer?.types ?? [])].includes("Files");
  const over = (on: boolean) => element.classList.toggle("check-over", on);
  element.addEventListener("dragover", (event) => {
    if (!isFile(event)) return;
    event.preventDefault();
    over(true);
  });
  element.addEventListener("dragleave", (event) => {
    if (!element.contains(event.relatedTarget as Node | null)) over(false);
  });
  element.addEventListener(
    "drop",
    (event) => {
      if (!isFile(event)) return;
      event.preventDefault();
      event.stopPropagation();
      over(false);
      const file = event.dataTransfer?.files[0];
      if (file) opened(file);
    },
    true,
  );
}
