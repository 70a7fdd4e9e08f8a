import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream, existsSync } from 'node:fs';
import { rename } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { readCorpusFile } from '../../src/papers/read/read-corpus.ts';
import { CACHE, corpusFile, papersOf, REAL_PAPERS } from './corpora.ts';
import { cachedVectors, encodedVectors } from './vectors.ts';

/** Where the papers of a run come from: the bench's own corpora, or a file. */
export interface Source {
  readonly name: string;
  /** Number of papers; infinite for the bench's own corpora, which can grow. */
  readonly available: number;
  /** Papers from this index on are synthetic. */
  readonly realPapers: number;
  /** A file (JSON Lines of papers) that begins with `count` papers. */
  file(count: number): Promise<string>;
  /** Real vectors of the first papers, up to `count`: rows × dimension. May be fewer. */
  vectors(count: number): Promise<Float32Array>;
}

/** Conference papers and ACL Anthology; recombined papers after the real ones. */
export function ownSource(): Source {
  return {
    name: 'conference papers and ACL Anthology',
    available: Number.POSITIVE_INFINITY,
    realPapers: REAL_PAPERS,
    file: corpusFile,
    vectors: cachedVectors,
  };
}

/** A file of papers in any format that paper-search reads. Read once; cached by its digest. */
export async function fileSource(file: string): Promise<Source> {
  const digest = createHash('sha256');
  for await (const chunk of createReadStream(file)) digest.update(chunk);
  const cached = join(CACHE, `file-${digest.digest('hex').slice(0, 16)}.jsonl`);
  if (!existsSync(cached)) {
    await pipeline(linesOf(file), createWriteStream(`${cached}.tmp`));
    await rename(`${cached}.tmp`, cached);
  }
  let available = 0;
  for await (const _ of papersOf(cached)) available++;
  return {
    name: join(basename(dirname(resolve(file))), basename(file)),
    available,
    realPapers: available,
    file: async () => cached,
    vectors: (count) => encodedVectors(cached, Math.min(count, available)),
  };
}

async function* linesOf(file: string): AsyncGenerator<string> {
  for await (const event of readCorpusFile({ file, named: true }, {})) {
    if (event.kind === 'paper') yield `${JSON.stringify(event.paper)}\n`;
  }
}
