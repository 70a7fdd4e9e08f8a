import { PaperSearchError } from '../errors.ts';
import {
  DEFAULT_LEXICAL_ENGINE,
  LEXICAL_ENGINES,
  type LexicalEngineName,
  lexicalEngineOf,
} from '../lexical/engines.ts';
import type { LexicalEngine, Reuse } from '../lexical/lexical-index.ts';
import type { Tuning } from '../store/manifest.ts';
import { openSnapshot } from '../store/snapshot-reader.ts';
import type { ModelInfo, Paper } from '../types.ts';

/** What an ingest takes over from the snapshot it follows. */
export interface Previous {
  readonly name: string;
  readonly model: ModelInfo;
  /** The form of the keyword index, as the manifest names it. */
  readonly lexicalEngine: string;
  readonly lexical: Uint8Array;
  /** Weights fitted to this keyword engine and the corpus. */
  readonly tuning: Tuning | undefined;
  readonly papers: readonly Paper[];
  /** n × dimension, row-major, one row a paper. */
  readonly vectors: Float32Array;
}

/**
 * Reads the current snapshot of an index, if there is one.
 * @param rebuild takes what vectors it can from an old snapshot, and does without a damaged one.
 */
export async function readPrevious(index: string, rebuild: boolean): Promise<Previous | undefined> {
  try {
    const snapshot = await openSnapshot(index);
    try {
      const { name, manifest, papers, vectors } = snapshot;
      return {
        name,
        model: manifest.model,
        lexicalEngine: manifest.lexicalEngine,
        lexical: snapshot.readLexical(),
        tuning: manifest.tuning,
        papers: [...papers],
        vectors: vectors.readAll(),
      };
    } finally {
      snapshot.close();
    }
  } catch (error) {
    const missing = error instanceof PaperSearchError && error.code === 'INDEX_MISSING';
    if (missing || rebuild) return undefined;
    throw error;
  }
}

/** The keyword engine that was asked for, else the one the index has. */
export function engineFor(
  name: LexicalEngineName | undefined,
  previous: Previous | undefined,
): LexicalEngine {
  if (name) return LEXICAL_ENGINES[name];
  const present = previous && lexicalEngineOf(previous.lexicalEngine);
  return present ?? LEXICAL_ENGINES[DEFAULT_LEXICAL_ENGINE];
}

/**
 * The keyword index of the previous snapshot, with where its papers stand in the new one.
 * @param papers of the new one; those that did not change are the same objects as in `previous`.
 * @returns undefined when the engine cannot read it, or nothing stays.
 */
export function reusable(
  previous: Previous,
  engine: LexicalEngine,
  papers: readonly Paper[],
): Reuse | undefined {
  if (previous.lexicalEngine !== engine.name) return undefined;
  const earlier = new Map(previous.papers.map((paper, doc) => [paper, doc]));
  const positions = Int32Array.from(papers, (paper) => earlier.get(paper) ?? -1);
  if (positions.every((position) => position < 0)) return undefined;
  return { index: engine.load(previous.lexical), positions };
}
