import { createHash } from 'node:crypto';
import { type FileHandle, open, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip, createGzip } from 'node:zlib';
import { messageOf, PaperSearchError } from '../../errors.ts';
import { syncFolder } from '../../indexes/store/durable.ts';
import { unreadable } from '../../indexes/store/unreadable.ts';
import { makeFolder } from '../../util/make-folder.ts';
import { pause } from '../../util/pause.ts';
import type { PoolFile, TakenPool } from '../events.ts';
import { type Pool, type PooledPaper, rowsOf } from './pool.ts';

/*
 * The files of a pool: `pool-1.jsonl.gz` has a paper a line, `pool-1.vectors` the vectors as 32-bit floats, little-endian,
 * row by row. They never change. A file that no event names was left by an interrupted change, and is written over.
 */

const NEWLINE = 10;
/** Papers between two pauses. */
const PAPERS_A_ROUND = 200;
/** Bytes of vectors that are written at once. */
const CHUNK = 1 << 24;

/** What is written of a pool. */
export type PoolContent = Pick<Pool, 'papers' | 'vectors'>;

/**
 * Writes the files of a pool, and returns when they are on the disk.
 * @param folder of the review. @param number of the pool, from 1.
 * @throws PaperSearchError INDEX_UNWRITABLE.
 */
export async function writePool(
  folder: string,
  number: number,
  { papers, vectors }: PoolContent,
): Promise<Pick<TakenPool, 'papers' | 'vectors'>> {
  try {
    await makeFolder(folder);
    const written = await writeFile(folder, `pool-${number}.jsonl.gz`, (write) =>
      pipeline(Readable.from(linesOf(papers)), createGzip(), async (chunks: AsyncIterable<Buffer>) => {
        for await (const chunk of chunks) await write(chunk);
      }),
    );
    const withVectors = vectors && {
      ...(await writeFile(folder, `pool-${number}.vectors`, async (write) => {
        const { buffer, byteOffset, byteLength } = vectors.values;
        const bytes = new Uint8Array(buffer, byteOffset, byteLength);
        for (let at = 0; at < bytes.length; at += CHUNK) await write(bytes.subarray(at, at + CHUNK));
      })),
      dimensions: vectors.dimensions,
      model: vectors.model,
    };
    await syncFolder(folder);
    return { papers: written, ...(withVectors && { vectors: withVectors }) };
  } catch (cause) {
    const message = `Cannot write the pool of papers to "${folder}": ${messageOf(cause)}. The review is as it was.`;
    throw new PaperSearchError('INDEX_UNWRITABLE', message, { details: { folder }, cause });
  }
}

/**
 * Reads a pool, and checks that its files are those of its event.
 * @throws PaperSearchError INDEX_CORRUPT with the file for one that is missing or has changed; INDEX_UNREADABLE.
 */
export async function readPool(folder: string, taken: TakenPool): Promise<Pool> {
  const papers = await papersOf(await readChecked(folder, taken.papers), join(folder, taken.papers.name));
  const vectors = taken.vectors && {
    values: floatsOf(await readChecked(folder, taken.vectors)),
    dimensions: taken.vectors.dimensions,
    model: taken.vectors.model,
  };
  if (vectors && vectors.values.length !== papers.length * vectors.dimensions) {
    throw damaged(join(folder, taken.vectors!.name), 'it has not one vector a paper');
  }
  return {
    digest: digestOf(taken),
    papers,
    ...(vectors && { vectors }),
    rows: rowsOf(papers),
  };
}

/** One digest for the files of a pool. */
function digestOf({ papers, vectors }: Pick<TakenPool, 'papers' | 'vectors'>): string {
  return createHash('sha256')
    .update(`${papers.sha256} ${vectors?.sha256 ?? ''}`)
    .digest('hex');
}

async function* linesOf(papers: readonly PooledPaper[]): AsyncGenerator<string> {
  for (let from = 0; from < papers.length; from += PAPERS_A_ROUND) {
    await pause();
    yield papers
      .slice(from, from + PAPERS_A_ROUND)
      .map((each) => `${JSON.stringify(each)}\n`)
      .join('');
  }
}

async function writeFile(
  folder: string,
  name: string,
  content: (write: (bytes: Uint8Array) => Promise<void>) => Promise<void>,
): Promise<PoolFile> {
  const hash = createHash('sha256');
  let bytes = 0;
  const handle: FileHandle = await open(join(folder, name), 'w');
  try {
    await content(async (chunk) => {
      hash.update(chunk);
      bytes += chunk.length;
      await handle.writeFile(chunk);
    });
    await handle.sync();
  } finally {
    await handle.close();
  }
  return { name, sha256: hash.digest('hex'), bytes };
}

async function readChecked(folder: string, { name, sha256, bytes }: PoolFile): Promise<Buffer> {
  const file = join(folder, name);
  const found = await readFile(file).catch((cause: NodeJS.ErrnoException) => {
    if (cause.code === 'ENOENT') throw damaged(file, 'it is missing');
    throw unreadable(file, cause);
  });
  if (found.length !== bytes) throw damaged(file, `it has ${found.length} bytes instead of ${bytes}`);
  if (createHash('sha256').update(found).digest('hex') !== sha256) {
    throw damaged(file, 'its bytes are not those that were written');
  }
  return found;
}

async function papersOf(bytes: Buffer, file: string): Promise<PooledPaper[]> {
  const papers: PooledPaper[] = [];
  let rest: Buffer = Buffer.alloc(0);
  try {
    await pipeline(Readable.from([bytes]), createGunzip(), async (chunks: AsyncIterable<Buffer>) => {
      for await (const chunk of chunks) {
        const text = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
        let start = 0;
        for (let end = text.indexOf(NEWLINE); end !== -1; end = text.indexOf(NEWLINE, start)) {
          papers.push(JSON.parse(text.toString('utf8', start, end)) as PooledPaper);
          start = end + 1;
        }
        rest = text.subarray(start);
      }
    });
  } catch (cause) {
    throw damaged(file, messageOf(cause));
  }
  return papers;
}

function floatsOf(bytes: Buffer): Float32Array {
  // A buffer may begin at any byte of its memory, and floats may not.
  const aligned = bytes.byteOffset % Float32Array.BYTES_PER_ELEMENT === 0 ? bytes : Uint8Array.from(bytes);
  return new Float32Array(
    aligned.buffer,
    aligned.byteOffset,
    aligned.byteLength / Float32Array.BYTES_PER_ELEMENT,
  );
}

function damaged(file: string, reason: string): PaperSearchError {
  const message = `The pool of papers of a review is damaged: ${file}: ${reason}. Restore the folder of the review from a backup.`;
  return new PaperSearchError('INDEX_CORRUPT', message, { details: { file } });
}
