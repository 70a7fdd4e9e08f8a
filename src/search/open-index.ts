import type { Encoder } from '../encode/encoder.ts';
import { encoderOfIndex } from '../encode/encoder-of-index.ts';
import type { ModelInfo } from '../encode/model-info.ts';
import { PaperSearchError } from '../errors.ts';
import { DEFAULT_KEYWORD_ENGINE } from '../indexes/keyword/engine-names.ts';
import { KEYWORD_ENGINES, keywordEngineOf } from '../indexes/keyword/engines.ts';
import { corrupt } from '../indexes/store/corrupt.ts';
import { expectBuiltWith, nameOf, REBUILD, UPGRADE } from '../indexes/store/manifest.ts';
import { openSnapshot } from '../indexes/store/snapshot-reader.ts';
import { pause } from '../util/pause.ts';
import { EmbeddedEngine } from './embedded-engine.ts';
import { OpenedSnapshot } from './opened-snapshot.ts';
import { addedRerankers } from './rerank/added-rerankers.ts';
import type { DeadlineAfter } from './rerank/rerank.ts';
import type { Rerankers } from './rerank/rerankers.ts';

export interface OpenIndexOptions {
  /** Default: the model of the index in a separate process, started at the first query that needs it. */
  readonly encoder?: Encoder | undefined;
  /** Makes the encoder of the model of the index, where none is passed. It is closed with the engine. */
  readonly encoderOf?: ((model: ModelInfo) => Promise<Encoder>) | undefined;
  /** What can be named in `SearchRequest.rerankBy`, besides `sentences`; closed with the engine. Default: the added cross-encoders. */
  readonly rerankers?: Rerankers | undefined;
  /** When the time budget of a reranker ends. Default: by the clock. */
  readonly deadlineAfter?: DeadlineAfter | undefined;
  /** Called at every search with whether its answer was cached. */
  readonly onCacheLookup?: ((found: boolean) => void) | undefined;
}

/**
 * Opens the current snapshot of an index for search. Nothing is encoded; a later ingest does not change the answers of
 * an open engine.
 * @param folder the index. Default `index`.
 * @returns an engine with this one snapshot. @throws PaperSearchError INDEX_MISSING, INDEX_CORRUPT, or
 *   INDEX_INCOMPATIBLE for an index of another format, or of a model that is not installed; the message says what to run.
 * @example
 * const engine = await openIndex('index');
 * const snapshot = await engine.acquire();
 * const { hits } = await snapshot.search({ query: 'self-improvement' });
 * await engine.close();
 */
export async function openIndex(folder = 'index', options: OpenIndexOptions = {}): Promise<EmbeddedEngine> {
  const stored = await openSnapshot(folder);
  let encoder = options.encoder;
  const rerankers = options.rerankers ?? addedRerankers();
  try {
    const { model, lexicalEngine, tuning } = stored.manifest;
    encoder ??= await (options.encoderOf ?? encoderOfIndex)(model);
    expectBuiltWith('model', nameOf(model), nameOf(encoder.model));
    const keywordEngine = keywordEngineOf(lexicalEngine) ?? KEYWORD_ENGINES[DEFAULT_KEYWORD_ENGINE];
    expectBuiltWith('keyword engine', lexicalEngine, keywordEngine.name, UPGRADE);
    const lexical =
      (await keywordEngine.open?.(stored.keywordIndex, tuning?.bm25)) ??
      keywordEngine.load(stored.readKeywordIndex(), tuning?.bm25);
    await pause();
    return new EmbeddedEngine(await OpenedSnapshot.open(stored, lexical, { ...options, rerankers, encoder }));
  } catch (error) {
    stored.close();
    if (!options.encoder) await encoder?.close();
    if (!(error instanceof PaperSearchError) || error.code !== 'INDEX_CORRUPT') throw error;
    // A parser's error contains neither the file nor what to do.
    if (error.message.includes(REBUILD)) throw error;
    throw corrupt(folder, error.message, error);
  }
}
