import type { TextField } from '../../papers/fields.ts';
import type { PaperSequence } from '../../papers/paper.ts';
import type { TextCondition } from '../../query/ast.ts';
import type { Progress } from '../../util/progress.ts';
import type { KeywordScores, Scored } from '../scores.ts';

/** A term of a query with its weight: its part of the score is multiplied by it. */
export interface QueryTerm {
  readonly term: string;
  /** More than 0. */
  readonly weight: number;
  /** For a pair of words, which is scored like a term of its own where the second follows the first. */
  readonly followedBy?: FollowingTerm | undefined;
  /** For a word that stands for several ("transform*"): their terms, which are scored as one. */
  readonly anyOf?: readonly string[] | undefined;
}

export interface FollowingTerm {
  readonly term: string;
  /** Words from the first to this one: 1 for neighbours. */
  readonly distance: number;
  /** The term of the two written as one word, which counts as the pair too. */
  readonly joined?: string | undefined;
}

/** What the query side needs to know about the terms of an index. */
export interface Vocabulary {
  hasTerm(term: string): boolean;
  /**
   * The surfaces of a joined term's parts ("self" and "improvement" of "selfimprov"), where the corpus writes it
   * with a hyphen at least as often as without.
   */
  compoundOf(term: string): readonly string[] | undefined;
  /** Whether papers write two neighbouring words as one, with or without a hyphen, at least as often as apart. */
  isMostlyJoined(joined: string, first: string, second: string): boolean;
  /** Whether two words ever stand side by side. */
  areNeighbours(first: string, second: string): boolean;
}

/** What a term adds to a paper's score. */
export interface TermScore {
  readonly term: QueryTerm;
  /** Papers that match the term, in any field. */
  readonly documentFrequency: number;
  readonly score: number;
  /** The score shared out among the fields by their part in the weighted frequency; none where an engine cannot tell. */
  readonly fields: readonly {
    readonly field: TextField;
    readonly frequency: number;
    readonly score: number;
  }[];
}

/** The beginning of a keyword ranking. */
export interface KeywordTop {
  /** Best first, ties by position. */
  readonly hits: readonly Scored[];
  /** As in `KeywordScores`. */
  readonly maxScore: number;
  /** Papers that match any term; only when it was asked for. */
  readonly total?: number;
}

/** Keyword search over papers, which are known by their position. The port that engines implement. */
export interface KeywordIndex extends Vocabulary {
  /**
   * The k papers that match the terms best. An engine without positions leaves pairs out.
   * @param terms each once. @param countAll whether to count all papers that match, which takes longer.
   */
  top(terms: readonly QueryTerm[], k: number, countAll: boolean): KeywordTop;
  /** How well each paper matches the terms; the array is used again by the next call. */
  score(terms: readonly QueryTerm[]): KeywordScores;
  /** What each term adds to a paper's score; they add up to it. Terms that add nothing are left out. */
  explain(terms: readonly QueryTerm[], doc: number): TermScore[];
  /**
   * Finds the papers whose text fulfils a condition. Words match by their stems, however hyphenated words are
   * written; stop words are not indexed. A phrase and near words stand in one field, where two values of a list are
   * 100 words apart; any one word may stand in the place of a stop word inside a phrase. A prefix finds every paper
   * with a word that begins so. A misspelt word finds every paper with a word one edit away, and those with a stem
   * that is at most as many edits as it says from the word or its stem. Both find papers with other words of the
   * stems they find, too.
   * @param mask one byte a paper; that of each such paper is set to 1, the others stay.
   * @returns false when the text has no word that is indexed: then nothing is set.
   * @throws PaperSearchError BAD_REQUEST when the engine keeps no positions and the condition needs them.
   */
  match(condition: TextCondition, mask: Uint8Array): boolean;
  /** The terms of words that a prefix or a misspelt word stands for, the most frequent first. */
  expansions(condition: TextCondition, limit: number): string[];
  /** The index as bytes for `load` of the same engine, in parts to be written one after another. */
  serialize(): Uint8Array[];
}

/** Papers of an earlier index that a new one takes over without analysing them again. */
export interface Reuse {
  readonly index: KeywordIndex;
  /** Position in `index` of each paper of the new one, ascending; -1 for one that is new or has changed. */
  readonly positions: Int32Array;
}

export interface BuildOptions {
  readonly onProgress?: Progress | undefined;
  readonly reuse?: Reuse | undefined;
  /** Aborting rejects with the signal's reason at the next pause. */
  readonly signal?: AbortSignal | undefined;
}

/** What BM25 can be told of a corpus (`bm25/scoring.ts` has the formula). */
export interface KeywordWeights {
  /** How soon more occurrences stop to matter; more than 0. */
  readonly k1: number;
  /** How much the length of the text counts; 0 (not at all) to 1. */
  readonly b: number;
  /** How much one occurrence in a field counts; 0 or more, 0 leaves a field out. */
  readonly fieldWeights: Readonly<Record<TextField, number>>;
}

/** Builds and loads the indexes of one engine. */
export interface KeywordEngine {
  /** Name and version of the serialised form, as the manifest records it. */
  readonly name: string;
  /** The weights that are used unless others are given; undefined for an engine whose weights are fixed. */
  readonly weights: KeywordWeights | undefined;
  /** Lets other work of this thread through now and then. */
  build(papers: PaperSequence, options?: BuildOptions): Promise<KeywordIndex>;
  /**
   * @param serialized what `serialize` of the same engine gave, in one piece, at a multiple of 8 in its buffer.
   * @param weights default: those of the engine, which are kept where they are fixed.
   * @throws PaperSearchError INDEX_CORRUPT for anything else.
   */
  load(serialized: Uint8Array, weights?: KeywordWeights): KeywordIndex;
}
