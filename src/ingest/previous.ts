import { PaperSearchError } from '../errors.ts';
import {
  DEFAULT_LEXICAL_ENGINE,
  LEXICAL_ENGINES,
  type LexicalEngineName,
  lexicalEngineOf,
} from '../lexical/engines.ts';
import type { LexicalEngine, Reuse } from '../lexical/lexical-index.ts';
import { openSnapshot } from '../store/snapshot-reader.ts';
import type { ModelInfo, Paper } from '../types.ts';

/** What an ingest takes over from the snapshot it follows. */
export interface Previous {
  readonly name: string;
  readonly model: ModelInfo;
  /** The form of the keyword index, as the manifest names it. */
  readonly lexicalEngine: string;
  readonly lexical: Uint8Array;
  /** Whether records of one paper were left apart. */
  readonly keepDuplicates: boolean;
  /** In the order of their ids. */
  readonly papers: readonly Paper[];
  /** The source records that make each paper. */
  readonly records: readonly (readonly Paper[])[];
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
      const { name, manifest, vectors } = snapshot;
      const papers = [...snapshot.papers];
      const sources = snapshot.readSources();
      return {
        name,
        model: manifest.model,
        lexicalEngine: manifest.lexicalEngine,
        lexical: snapshot.readLexical(),
        keepDuplicates: manifest.keepDuplicates ?? false,
        papers,
        records: papers.map((_, doc) => sources.read(doc)),
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
 * @param papers of the new one, in the order of their ids, as those of `previous` are.
 * @returns undefined when the engine cannot read it, or nothing stays.
 */
export function reusable(
  previous: Previous,
  engine: LexicalEngine,
  papers: readonly Paper[],
): Reuse | undefined {
  if (previous.lexicalEngine !== engine.name) return undefined;
  const positions = new Int32Array(papers.length).fill(-1);
  let earlier = 0;
  for (const [doc, paper] of papers.entries()) {
    while (earlier < previous.papers.length && previous.papers[earlier]!.id < paper.id) earlier++;
    const before = previous.papers[earlier];
    if (before?.id === paper.id && indexedText(before) === indexedText(paper)) positions[doc] = earlier;
  }
  if (positions.every((position) => position < 0)) return undefined;
  return { index: engine.load(previous.lexical), positions };
}

/** Everything of a paper that keyword search looks in. */
function indexedText({ title, abstract, authors, keywords, venue }: Paper): string {
  return JSON.stringify([title, abstract, authors, keywords, venue]);
}
