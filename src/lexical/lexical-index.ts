import type { LexicalScores, Paper, Progress } from '../types.ts';

/** A term of a query with its weight: its part of the score is multiplied by it. */
export interface QueryTerm {
  readonly term: string;
  readonly weight: number;
}

/** Terms that the corpus writes with a hyphen ("self-improvement"): the joined term to the surfaces of its parts. */
export type Compounds = ReadonlyMap<string, readonly string[]>;

/** What the query side needs to know about the terms of an index. */
export interface Vocabulary {
  hasTerm(term: string): boolean;
  readonly compounds: Compounds;
}

/** Keyword search over papers, which are known by their position. The port that engines implement. */
export interface LexicalIndex extends Vocabulary {
  /** How well each paper matches the terms. */
  score(terms: readonly QueryTerm[]): LexicalScores;
  /** The index as bytes, for `load` of the same engine. */
  serialize(): Uint8Array;
}

/** Builds and loads the indexes of one engine. */
export interface LexicalEngine {
  /** Name and version of the serialised form, as the manifest records it. */
  readonly name: string;
  /** Lets other work of this thread through now and then. */
  build(papers: readonly Paper[], onProgress?: Progress): Promise<LexicalIndex>;
  /** @param serialized what `serialize` of the same engine and version gave; the store has checked its digest. */
  load(serialized: Uint8Array): LexicalIndex;
}
