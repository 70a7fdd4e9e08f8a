import type { TextField } from '../../papers/fields.ts';
import type { Paper, PaperSequence } from '../../papers/paper.ts';
import type { TextCondition } from '../../query/ast.ts';
import type { Language } from '../../text/languages.ts';
import type { Progress } from '../../util/progress.ts';
import type { StoredBytes } from '../binary/stored-bytes.ts';
import type { KeywordEstimates, KeywordScores, Scored } from '../scores.ts';
import type { QueryMemory } from './query-memory.ts';
import type { SolidWords } from './solid-words.ts';

/** A term of a query with its weight: its part of the score is multiplied by it. */
export interface QueryTerm {
  readonly term: string;
  /** More than 0. A bigram is weighted by what it adds to its words, too, which the index knows. */
  readonly weight: number;
  /** How often the query has the word; undefined for once. `weight` includes it. */
  readonly count?: number | undefined;
  /** For a bigram, which is scored like a term where the second word follows the first. */
  readonly followedBy?: FollowingTerm | undefined;
  /** For a word that matches several ("transform*"): their terms, which are scored as one. */
  readonly anyOf?: readonly string[] | undefined;
}

export interface FollowingTerm {
  readonly term: string;
  /** Words from the first to this one: 1 for neighbours. */
  readonly distance: number;
  /** The term of the two written as one word, which counts as the bigram too. */
  readonly joined?: string | undefined;
}

/** The terms of an index, as far as queries need them. */
export interface Vocabulary {
  /** The languages that the papers were analysed in, the most frequent first; English is always among them. */
  readonly languages: readonly Language[];
  /** The words that are written as one in languages that do so. */
  readonly solidWords: Pick<SolidWords, 'wordsWith' | 'isPart' | 'partsOf'>;
  /** What was asked before; absent where answers change while a corpus becomes known. */
  readonly queryMemory?: QueryMemory | undefined;
  hasTerm(term: string): boolean;
  /** Whether papers in a language have a term; in English, whether any paper has it. */
  hasTermIn(term: string, language: Language): boolean;
  /**
   * The surfaces of a joined term's parts ("self" and "improvement" of "selfimprov"), where the corpus writes it
   * with a hyphen at least as often as without.
   */
  compoundOf(term: string): readonly string[] | undefined;
  /** Whether papers write two neighbouring words as one, with or without a hyphen, at least as often as separately. */
  isMostlyJoined(joined: string, first: string, second: string): boolean;
  /** Whether two words are neighbours in any paper. */
  areNeighbours(first: string, second: string): boolean;
}

/** What a term adds to a paper's score. */
export interface TermScore {
  readonly term: QueryTerm;
  /** Papers that match the term, in any field. */
  readonly documentFrequency: number;
  readonly score: number;
  /** The share of each field in the score, by its part of the weighted frequency; empty when the engine does not know. */
  readonly fields: readonly {
    readonly field: TextField;
    readonly frequency: number;
    readonly score: number;
  }[];
}

/** The top of a keyword ranking. */
export interface KeywordTop {
  /** Best first, ties by position. */
  readonly hits: readonly Scored[];
  /** As in `KeywordScores`. */
  readonly maxScore: number;
  /** How many papers match any term; only with `countAll`. */
  readonly total?: number;
}

/** Keyword search over papers, which are identified by their position. The interface that engines implement. */
export interface KeywordIndex extends Vocabulary {
  /**
   * The k papers that match the terms best. An engine without positions ignores bigrams.
   * @param terms each once. @param countAll whether to count all papers that match, which takes longer.
   */
  top(terms: readonly QueryTerm[], k: number, countAll: boolean): KeywordTop;
  /** The score of every paper; the next call overwrites the array. */
  score(terms: readonly QueryTerm[]): KeywordScores;
  /**
   * Estimates of what `score` computes. @param shares one a paper, which are written and returned. Default: an array that the next
   * call without one overwrites.
   */
  estimate(terms: readonly QueryTerm[], shares?: Float32Array<ArrayBuffer>): KeywordEstimates;
  /** The scores of some papers, in their order, as `score` computes them. @param docs ascending. */
  scoresOf(terms: readonly QueryTerm[], docs: Uint32Array): KeywordScores;
  /** How many papers of a mask have a score above 0. @param mask one byte a paper, 1 or 0; not changed from now on. */
  countAmong(terms: readonly QueryTerm[], mask: Uint8Array): number;
  /** The papers whose score is at least this share of the highest possible one, in no order; valid until the next call. */
  withShare(terms: readonly QueryTerm[], share: number): ArrayLike<number>;
  /** What each term adds to a paper's score; they add up to it. Terms that add nothing are left out. */
  explain(terms: readonly QueryTerm[], doc: number): TermScore[];
  /**
   * Finds the papers whose text satisfies a condition. Words match by their stems, however hyphenated words are
   * written; stop words are not indexed. A phrase and near words match within one field, where two values of a list are
   * 100 words apart; a stop word inside a phrase matches any one word. A prefix finds every paper with a word that begins
   * with it. A fuzzy word finds every paper with a word one edit away, and those with a stem that is at most its number
   * of edits from the word or its stem. Both also find papers with other words of the stems they find.
   * @param mask one byte a paper; set to 1 for each such paper, unchanged for the others.
   * @returns false when the text has no word that is indexed: then nothing is set.
   * @throws PaperSearchError BAD_REQUEST when the condition needs positions and the engine does not store them.
   */
  match(condition: TextCondition, mask: Uint8Array): boolean;
  /** The terms that a prefix or a fuzzy word matches, the most frequent first. */
  expansions(condition: TextCondition, limit: number): string[];
  /** The index as bytes for `load` of the same engine, in parts to be written in order. */
  serialize(): Uint8Array[];
}

/** Papers of an earlier index that are copied without analysing them again. */
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

/** An index of papers that come before it is known which position each will have, as when they are read. */
export interface EarlyBuild {
  /** Takes the next paper; waits where it is behind. */
  add(paper: Paper): Promise<void> | undefined;
  /** False where so few papers were added that nothing was done with them, and `build` takes no longer. */
  readonly hasBegun: boolean;
  /**
   * What `serialize` would return of the index that `build` makes of all papers; those that were not added are added now.
   * @param positions of the papers that were added, in the order in which they were, no two the same; -1 for one whose text is
   *   not that of a paper. @throws the signal's reason when it aborts.
   */
  finish(papers: PaperSequence, positions: Int32Array, signal?: AbortSignal): Promise<Uint8Array[]>;
  /** Ends what it started. */
  close(): Promise<void>;
}

/** The parameters of BM25 (`bm25/scoring.ts` has the formula). */
export interface KeywordWeights {
  /** Saturation: the smaller, the less further occurrences add; more than 0. */
  readonly k1: number;
  /** Length normalisation, from 0 (none) to 1. */
  readonly b: number;
  /** Weight of one occurrence in a field; 0 or more, 0 ignores a field. */
  readonly fieldWeights: Readonly<Record<TextField, number>>;
}

/** Builds and loads the indexes of one engine. */
export interface KeywordEngine {
  /** Name and version of the serialised form, as the manifest records it. */
  readonly name: string;
  /** The weights that are used unless others are given; undefined for an engine whose weights are fixed. */
  readonly weights: KeywordWeights | undefined;
  /** Pauses every so many papers, so that other work of this thread can run. */
  build(papers: PaperSequence, options?: BuildOptions): Promise<KeywordIndex>;
  /** Begins to build an index while its papers are read. Absent for an engine that cannot. */
  begin?(): EarlyBuild;
  /**
   * @param serialized from `serialize` of the same engine, in one piece, at a multiple of 8 in its buffer.
   * @param weights default: those of the engine; ignored where they are fixed.
   * @throws PaperSearchError INDEX_CORRUPT for anything else.
   */
  load(serialized: Uint8Array, weights?: KeywordWeights): KeywordIndex;
  /**
   * Opens an index of which most is read when it is used, and checked then. Its file has to stay open. Other work can run in
   * between. Absent for an engine that cannot.
   * @returns undefined for a file that has to be read whole. @throws PaperSearchError INDEX_CORRUPT, also its methods.
   */
  open?(stored: StoredBytes, weights?: KeywordWeights): Promise<KeywordIndex | undefined>;
}
