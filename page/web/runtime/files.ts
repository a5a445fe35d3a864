/* The files that Python sees: its library, our toolkit, and a folder in which requests and answers lie. */

import { Directory, File, PreopenDirectory, type Inode } from "@bjorn3/browser_wasi_shim";

export interface Contents {
  library: Uint8Array; // a zip
  toolkit: [string, Uint8Array][]; // paths with what is in them
}

/** Return a root folder with fresh folders in it, so that nothing is left of what a program has done to them. */
export function rootOf({ library, toolkit }: Contents): { root: PreopenDirectory; work: Directory } {
  const work = folder();
  const root = new PreopenDirectory("/", new Map<string, Inode>([["tmp", folder()], ["work", work]]));
  place(root.dir, "usr/local/lib/python315.zip", library);
  for (const [path, content] of toolkit) place(root.dir, `toolkit/${path}`, content);
  return { root, work };
}

/** Return a file's content from the toolkit's archive: a line of JSON with paths and lengths, and the contents. */
export function toolkitOf(archive: Uint8Array): [string, Uint8Array][] {
  const headEnd = archive.indexOf(10);
  const head = JSON.parse(new TextDecoder().decode(archive.subarray(0, headEnd))) as [string, number][];
  let place = headEnd + 1;
  return head.map(([path, length]) => [path, archive.subarray(place, (place += length))]);
}

/** Put a file there, whose content is not copied. */
export function place(root: Directory, path: string, content: Uint8Array, readonly = true): File {
  const names = path.split("/");
  let home = root;
  for (const name of names.slice(0, -1)) {
    let next = home.contents.get(name);
    if (!(next instanceof Directory)) {
      next = folder();
      home.contents.set(name, next);
    }
    home = next as Directory;
  }
  const file = new File([], { readonly });
  file.data = content;
  home.contents.set(names[names.length - 1]!, file);
  return file;
}

function folder(): Directory {
  return new Directory(new Map());
}
