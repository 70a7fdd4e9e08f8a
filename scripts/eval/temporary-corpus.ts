import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bm25Engine } from '../../src/indexes/keyword/bm25/engine.ts';
import { openSnapshot } from '../../src/indexes/store/snapshot-reader.ts';
import { ingest } from '../../src/ingest/ingest.ts';
import type { Corpus } from '../../src/search/corpus.ts';
import { OpenedSnapshot } from '../../src/search/opened-snapshot.ts';
import { rerankersOf } from '../../src/search/rerank/rerankers.ts';
import { product } from '../bench/product.ts';
import { encodingDigest } from './code-digest.ts';
import { KeptEncoder } from './kept-encoder.ts';

const CACHE = fileURLToPath(new URL('.cache/', import.meta.url));

/**
 * Runs a task over the papers of a file, in an index that is removed afterwards. Vectors are cached, so that only the
 * first time encodes.
 */
export async function withTemporaryCorpus<T>(
  file: string,
  task: (corpus: Corpus) => T | Promise<T>,
): Promise<T> {
  const temporary = await mkdtemp(join(tmpdir(), 'paper-search-eval-'));
  const encoder = await KeptEncoder.open(
    product.createProcessEncoder(),
    join(CACHE, `vectors-${encodingDigest()}`),
  );
  try {
    await ingest([file], { index: temporary, encoder, corpusMap: false });
    const stored = await openSnapshot(temporary);
    const opened = await OpenedSnapshot.open(stored, bm25Engine.load(stored.readKeywordIndex()), {
      encoder,
      rerankers: rerankersOf([]),
    });
    const result = await task(opened.corpusFor(undefined));
    await opened.close();
    return result;
  } finally {
    await encoder.close();
    await rm(temporary, { recursive: true, force: true });
  }
}
