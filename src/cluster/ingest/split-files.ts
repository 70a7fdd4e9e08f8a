import { createHash } from 'node:crypto';
import { PaperSearchError } from '../../errors.ts';
import type { Paper } from '../../papers/paper.ts';
import { type InputFile, STDIN } from '../../papers/read/files.ts';
import { sizeOf } from '../../papers/read/real-path.ts';
import { keyDigest } from '../../papers/references.ts';

/** A larger file is read by every worker, and each takes its part of the records. */
const SPLIT_BYTES = 16 * 2 ** 20;

/** The part of the files that one of several workers reads. */
export interface FileShare {
  readonly files: readonly InputFile[];
  /** Files of which every worker takes a part. */
  readonly isSplit: (file: string) => boolean;
  /** Whether a record that this worker reads is of its part. Records of one file and id always are of one part. */
  readonly takes: (file: string, paper: Pick<Paper, 'id'>) => boolean;
  /** Whether this worker answers for a file that no worker reads: one that is gone. */
  readonly takesMissing: (file: string) => boolean;
  /** Equal for workers that share the same files. */
  readonly digest: string;
}

/**
 * Splits files among workers, by their sizes, so that each has about as much to do. Every worker comes to the same split.
 * @param shard 1 to `shards`.
 * @throws PaperSearchError BAD_REQUEST for standard input, which only one worker can read.
 */
export async function splitFiles(
  files: readonly InputFile[],
  shard: number,
  shards: number,
): Promise<FileShare> {
  if (shards === 1) {
    return { files, isSplit: () => false, takes: () => true, takesMissing: () => true, digest: '' };
  }
  if (files.some(({ file }) => file === STDIN)) {
    throw new PaperSearchError('BAD_REQUEST', 'Standard input cannot be shared by workers: name files.');
  }
  const sizes = await Promise.all(files.map(async (input) => ({ input, bytes: await sizeOf(input.file) })));
  const split = new Set(sizes.flatMap(({ input, bytes }) => (bytes > SPLIT_BYTES ? input.file : [])));
  const loads = new Array<number>(shards).fill(0);
  const whole = new Map<string, number>();
  // The largest first, each to the worker with the least (Graham, 1969).
  const order = sizes
    .filter(({ input }) => !split.has(input.file))
    .sort((a, b) => b.bytes - a.bytes || (a.input.file < b.input.file ? -1 : 1));
  for (const { input, bytes } of order) {
    const least = loads.indexOf(Math.min(...loads));
    loads[least]! += bytes + 1;
    whole.set(input.file, least + 1);
  }
  const partOf = (text: string) => (keyDigest(text) % shards) + 1;
  const names = sizes.map(({ input, bytes }) => [input.file, bytes]).sort();
  return {
    files: files.filter(({ file }) => split.has(file) || whole.get(file) === shard),
    isSplit: (file) => split.has(file),
    takes: (file, { id }) => !split.has(file) || partOf(`${file}\n${id}`) === shard,
    takesMissing: (file) => !split.has(file) && !whole.has(file) && partOf(file) === shard,
    digest: createHash('sha256')
      .update(JSON.stringify([shards, names]))
      .digest('hex')
      .slice(0, 24),
  };
}
