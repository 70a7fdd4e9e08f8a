/** A response's content as it came, and as text. */
export interface Body {
  readonly bytes: Uint8Array;
  readonly text: string;
}

/**
 * Reads a response's content (unpacked, where it came packed), so much of it at most.
 * @returns undefined when it is longer than `mostBytes`; the rest is not read.
 * @throws TypeError when the connection breaks off before the end.
 */
export async function readBody(response: Response, mostBytes: number): Promise<Body | undefined> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of response.body ?? []) {
    length += chunk.byteLength;
    // Leaving the loop cancels the stream.
    if (length > mostBytes) return undefined;
    chunks.push(chunk);
  }
  const bytes = Buffer.concat(chunks);
  return { bytes, text: new TextDecoder().decode(bytes) };
}
