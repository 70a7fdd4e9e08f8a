/** The content of a response as bytes and as text. */
export interface Body {
  readonly bytes: Uint8Array;
  readonly text: string;
}

/**
 * Reads the content of a response, decompressed, up to a maximum size.
 * @returns undefined when it is longer than `maxBytes`; the rest is not read.
 * @throws TypeError when the connection ends early.
 */
export async function readBody(response: Response, maxBytes: number): Promise<Body | undefined> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of response.body ?? []) {
    length += chunk.byteLength;
    // Leaving the loop cancels the stream.
    if (length > maxBytes) return undefined;
    chunks.push(chunk);
  }
  const bytes = Buffer.concat(chunks);
  return { bytes, text: new TextDecoder().decode(bytes) };
}
