/* Files of the site, gzipped, as a stream of what is in them. Some servers unpack such a file on the way, others hand it
   out as it is: what it is shows in its first bytes. */

/** Return the content of a file as a stream; arrived(bytes) tells of each part that came over the wire. */
export async function unpacked(address: string, arrived: (bytes: number) => void): Promise<ReadableStream<Uint8Array>> {
  const response = await fetch(address);
  if (!response.ok || !response.body) throw new Error(`${address}: ${response.status} ${response.statusText}`);
  const reader = response.body.getReader();
  const first = await reader.read();
  const isPacked = first.value?.[0] === 0x1f && first.value[1] === 0x8b;
  let next: typeof first | null = first;
  const all = new ReadableStream<BufferSource>({
    async pull(controller) {
      const { value, done } = next ?? (await reader.read());
      next = null;
      if (done) return controller.close();
      arrived(value.byteLength);
      controller.enqueue(value as BufferSource);
    },
  });
  const content = isPacked ? all.pipeThrough(new DecompressionStream("gzip")) : all;
  return content as ReadableStream<Uint8Array>;
}

/** Return the content of a file. */
export async function fetched(address: string, arrived: (bytes: number) => void): Promise<Uint8Array> {
  const stream = await unpacked(address, arrived);
  return new Uint8Array(await new Response(stream as ReadableStream<Uint8Array<ArrayBuffer>>).arrayBuffer());
}

/** Return what JSON in a file stands for. */
export async function json<T>(address: string): Promise<T> {
  const content = await fetched(address, () => undefined);
  return JSON.parse(new TextDecoder().decode(content)) as T;
}
