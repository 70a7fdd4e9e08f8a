import type { Encoder } from '../encode/encoder.ts';
import { createProcessEncoder } from '../encode/process-encoder.ts';
import { PaperSearchError } from '../errors.ts';
import { DEFAULT_KEYWORD_ENGINE, KEYWORD_ENGINES, keywordEngineOf } from '../indexes/keyword/engines.ts';
import { corrupt } from '../indexes/store/corrupt.ts';
import { expectBuiltWith, nameOf, REBUILD } from '../indexes/store/manifest.ts';
import { openSnapshot } from '../indexes/store/snapshot-reader.ts';
import { CachedSearcher } from './cached-searcher.ts';
import { EmbeddedSearcher } from './embedded-searcher.ts';
import type { Searcher } from './searcher.ts';

export interface OpenIndexOptions {
  /** Default: the bundled model in a process of its own, started at the first question that needs it. */
  readonly encoder?: Encoder | undefined;
  /** Told at every search whether its answer was kept from an earlier one. */
  readonly onCacheLookup?: ((found: boolean) => void) | undefined;
}

/**
 * Opens the current snapshot of an index for search. Nothing is encoded again; a later ingest does not change
 * what an open searcher answers.
 * @param folder the index. Default `index`.
 * @throws PaperSearchError INDEX_MISSING, INDEX_CORRUPT, or INDEX_INCOMPATIBLE for an index of another format
 *   or model; the message says what to run.
 */
export async function openIndex(folder = 'index', options: OpenIndexOptions = {}): Promise<Searcher> {
  const snapshot = await openSnapshot(folder);
  try {
    const encoder = options.encoder ?? createProcessEncoder();
    const { model, lexicalEngine, tuning } = snapshot.manifest;
    expectBuiltWith('model', nameOf(model), nameOf(encoder.model));
    const engine = keywordEngineOf(lexicalEngine) ?? KEYWORD_ENGINES[DEFAULT_KEYWORD_ENGINE];
    expectBuiltWith('keyword engine', lexicalEngine, engine.name);
    const lexical = engine.load(snapshot.readKeywordIndex(), tuning?.bm25);
    return new CachedSearcher(new EmbeddedSearcher(snapshot, lexical, encoder), options.onCacheLookup);
  } catch (error) {
    snapshot.close();
    if (!(error instanceof PaperSearchError) || error.code !== 'INDEX_CORRUPT') throw error;
    // What cannot be parsed does not know where it came from, nor what to do about it.
    if (error.message.includes(REBUILD)) throw error;
    throw corrupt(folder, error.message, error);
  }
}
