import { once } from 'node:events';
import { open } from 'node:fs/promises';
import { createGunzip } from 'node:zlib';
import { type Decoder, decoderFor, type EncodingNote, SAMPLE_BYTES } from './encoding.ts';
import { STDIN } from './files.ts';

type Bytes = AsyncIterable<Uint8Array>;

/**
 * How many times its size gzip may unpack to, and the bytes from which that is looked at. Records of papers come to 20
 * times; what was made to fill a disk or a memory, to 1000.
 */
const MAX_EXPANSION = 100;
const EXPANSION_LOOKED_AT = 32 * 1024 * 1024;

/**
 * The text of a file or of standard input, in pieces of bounded size: gunzipped when the content is gzip,
 * decoded as its bytes say (`decoderFor`): UTF-8, UTF-16, Windows-1252, or what an XML document declares. A byte-order
 * mark is gone; what is not of the encoding becomes U+FFFD.
 * @param onEncoding hears once of an encoding that was guessed, before the text that it concerns.
 * @throws what reading or gunzipping throws, after all text that came before it.
 */
export async function* readText(
  file: string,
  onEncoding: (note: EncodingNote) => void = () => {},
): AsyncIterable<string> {
  try {
    const bytes = await withStart(file === STDIN ? process.stdin : fileBytes(file));
    const gzipped = bytes.start[0] === 0x1f && bytes.start[1] === 0x8b;
    const plain = gzipped ? await withStart(gunzip(bytes.all)) : bytes;
    yield* decode(plain.all, decoderFor(plain.start), onEncoding);
  } finally {
    // Whoever stops early does not wait for what may never come.
    if (file === STDIN) process.stdin.destroy();
  }
}

async function* fileBytes(file: string): Bytes {
  const handle = await open(file);
  // The stream closes the handle, also for whoever stops reading early.
  yield* handle.createReadStream({ start: 0 });
}

/** All bytes, and the first of them to look at. */
async function withStart(bytes: Bytes): Promise<{ start: Uint8Array; all: Bytes }> {
  const pieces = bytes[Symbol.asyncIterator]();
  let start = Buffer.alloc(0);
  // An error while the start is read is reported after the start.
  let broken: { error: unknown } | undefined;
  while (start.length < SAMPLE_BYTES) {
    const next = await pieces.next().catch((error: unknown) => {
      broken = { error };
    });
    if (!next || next.done) break;
    start = Buffer.concat([start, next.value]);
  }
  async function* all() {
    try {
      yield start;
      if (broken) throw broken.error;
      yield* { [Symbol.asyncIterator]: () => pieces };
    } finally {
      // Whoever stops at the start lets go of the file too.
      await pieces.return?.();
    }
  }
  return { start, all: all() };
}

/**
 * Gunzips piece by piece. A pipe would drop what is still in its buffers when an error comes; here all that
 * could be gunzipped of the pieces before it is given first.
 */
async function* gunzip(bytes: Bytes): Bytes {
  const stream = createGunzip();
  const ready: Uint8Array[] = [];
  let packed = 0;
  let unpacked = 0;
  stream.on('data', (data: Uint8Array) => {
    unpacked += data.length;
    if (unpacked > EXPANSION_LOOKED_AT && unpacked > packed * MAX_EXPANSION) {
      const reason = `it unpacks to more than ${MAX_EXPANSION} times its size, as no file of papers does`;
      stream.destroy(new Error(reason));
    } else ready.push(data);
  });
  const failed = once(stream, 'end').then(
    () => undefined,
    (error: unknown) => error ?? new Error('unknown reason'),
  );
  try {
    for await (const piece of bytes) {
      packed += piece.length;
      const written = new Promise<undefined>((resolve) => stream.write(piece, () => resolve(undefined)));
      const error = await Promise.race([failed, written]);
      yield* ready.splice(0);
      if (error) throw error;
    }
    stream.end();
    const error = await failed;
    yield* ready.splice(0);
    if (error) throw error;
  } finally {
    stream.destroy();
  }
}

async function* decode(
  bytes: Bytes,
  decoder: Decoder,
  onEncoding: (note: EncodingNote) => void,
): AsyncIterable<string> {
  let reported = false;
  const report = () => {
    if (reported || !decoder.note) return;
    reported = true;
    onEncoding(decoder.note);
  };
  for await (const piece of bytes) {
    const text = decoder.decode(piece);
    report();
    if (text !== '') yield text;
  }
  const rest = decoder.end();
  report();
  if (rest !== '') yield rest;
}
