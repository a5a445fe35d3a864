/* A text as a part of an address: compressed, and written in letters that an address may have. */

export interface Carried {
  exercise: string; // empty for a layer of one's own
  text: string;
}

const MOST_LETTERS = 1_000_000; // of a text that a link may unfold into
const URL_LETTERS: Record<string, string> = { "+": "-", "/": "_", "=": "" };

/** Return a text as letters. */
export async function packedText(carried: Carried): Promise<string> {
  const bytes = await through(new TextEncoder().encode(JSON.stringify([carried.exercise, carried.text])), new CompressionStream("deflate-raw"));
  let letters = "";
  for (const byte of bytes) letters += String.fromCharCode(byte);
  return btoa(letters).replace(/[+/=]/g, (letter) => URL_LETTERS[letter]!);
}

/** Return the text in letters; null where there is none. */
export async function unpackedText(letters: string): Promise<Carried | null> {
  try {
    const plain = atob(letters.replaceAll("-", "+").replaceAll("_", "/"));
    const bytes = Uint8Array.from(plain, (letter) => letter.charCodeAt(0));
    const content: unknown = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(await through(bytes, new DecompressionStream("deflate-raw"))));
    if (!Array.isArray(content) || content.length !== 2) return null;
    const [exercise, text] = content as unknown[];
    return typeof exercise === "string" && typeof text === "string" ? { exercise, text } : null;
  } catch {
    return null; // cut off on its way, or somebody else's
  }
}

/** Return what comes out of a stream; throws where that is more than a text may have. */
async function through(bytes: Uint8Array<ArrayBuffer>, stream: CompressionStream | DecompressionStream): Promise<Uint8Array> {
  const reader = new Blob([bytes]).stream().pipeThrough(stream as ReadableWritablePair<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>>).getReader();
  const pieces: Uint8Array[] = [];
  let length = 0;
  for (let next = await reader.read(); !next.done; next = await reader.read()) {
    pieces.push(next.value);
    length += next.value.length;
    if (length > 4 * MOST_LETTERS) throw new RangeError("too long");
  }
  const whole = new Uint8Array(length);
  pieces.reduce((place, piece) => (whole.set(piece, place), place + piece.length), 0);
  return whole;
}
