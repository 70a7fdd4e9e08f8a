import { LRUCache } from 'lru-cache';
import type { TextCondition } from '../../../query/ast.ts';
import { type Language, OTHER_LANGUAGES } from '../../../text/languages.ts';
import type { KeywordScores } from '../../scores.ts';
import { inverseDocumentFrequency } from '../idf.ts';
import type { FollowingTerm, KeywordIndex, KeywordTop, QueryTerm, TermScore } from '../keyword-index.ts';
import { SolidWords } from '../solid-words.ts';
import { bigramInformation, bigramPostings, unitedPostings } from './bigrams.ts';
import { type TermBlocks, termBlocks } from './blocks.ts';
import { compoundOf } from './compounds.ts';
import { Disjunction, type ScoringData, type ScoringTerm, scoreAll } from './disjunction.ts';
import { contributionTo } from './explain.ts';
import { languagesOf, termLanguages } from './languages.ts';
import type { Postings } from './postings.ts';
import { type Bm25Parameters, frequencyTables, lengthNorms } from './scoring.ts';
import { documentCount, type Segment, serializeSegment } from './segment.ts';
import { TermDictionary } from './term-dictionary.ts';
import { TextMatcher } from './text-matcher.ts';

/** Terms whose blocks are cached: 30 MB in an index of a million papers. */
const MAX_TERMS_WITH_BLOCKS = 10_000;
/** Postings of bigrams, and of words that match several terms, that are cached: 12 MB, at six bytes each. */
const MAX_CACHED_POSTINGS = 2_000_000;
/** Words for which it is cached whether they are compounds. */
const MAX_COMPOUNDS = 10_000;
const NONE: readonly string[] = [];
const NO_DOCUMENTS = new Uint32Array(0);

interface BlockedPostings extends Postings {
  readonly blocks: TermBlocks;
  /** What the weight of the list is multiplied by: for a bigram, how much it adds to its words (`bigrams.ts`). */
  readonly factor: number;
}

/** BM25 over one segment. Norms and maximum scores are computed when the first query needs them. */
export class Bm25Index implements KeywordIndex {
  readonly segment: Segment;
  readonly languages: readonly Language[];
  readonly solidWords: SolidWords;
  readonly #parameters: Bm25Parameters;
  readonly #documents: number;
  readonly #terms: TermDictionary;
  readonly #blocks = new LRUCache<number, TermBlocks>({ max: MAX_TERMS_WITH_BLOCKS });
  readonly #lists = new LRUCache<string, BlockedPostings>({
    maxSize: MAX_CACHED_POSTINGS,
    sizeCalculation: ({ docs }) => docs.length + 1,
  });
  readonly #compounds = new LRUCache<string, readonly string[]>({ max: MAX_COMPOUNDS });
  #termLanguages: Uint16Array | undefined;
  #data: ScoringData | undefined;
  #disjunction: Disjunction | undefined;
  #scores: Float64Array | undefined;
  #matcher: TextMatcher | undefined;

  constructor(segment: Segment, parameters: Bm25Parameters) {
    this.segment = segment;
    this.#parameters = parameters;
    this.#documents = documentCount(segment);
    this.#terms = new TermDictionary(segment);
    this.languages = languagesOf(this.#terms, segment, this.#documents);
    this.solidWords = new SolidWords(this.#terms, this.languages, (number, language) =>
      this.#occursIn(number, language),
    );
  }

  hasTerm(term: string): boolean {
    return this.#terms.find(term) !== -1;
  }

  hasTermIn(term: string, language: Language): boolean {
    const number = this.#terms.find(term);
    return number !== -1 && (language === 'en' || this.#occursIn(number, language));
  }

  compoundOf(term: string): readonly string[] | undefined {
    // Counting how a word is written reads all its postings; few words are compounds.
    if (!this.#compounds.has(term))
      this.#compounds.set(term, compoundOf(term, this.#terms, this.segment) ?? NONE);
    const parts = this.#compounds.get(term)!;
    return parts === NONE ? undefined : parts;
  }

  isMostlyJoined(joined: string, first: string, second: string): boolean {
    const together = this.#bigram(first, { term: second, distance: 1, joined }).docs.length;
    return 2 * this.#frequency(joined) >= together;
  }

  areNeighbours(first: string, second: string): boolean {
    return this.#bigram(first, { term: second, distance: 1 }).docs.length > 0;
  }

  top(terms: readonly QueryTerm[], k: number, countAll: boolean): KeywordTop {
    this.#disjunction ??= new Disjunction(this.#scoringData());
    const scoringTerms = this.#scoringTerms(terms);
    const { hits, matched } = this.#disjunction.top(scoringTerms, k, countAll);
    const maxScore = this.#maxScore(terms, scoringTerms);
    return countAll ? { hits, maxScore, total: matched } : { hits, maxScore };
  }

  score(terms: readonly QueryTerm[]): KeywordScores {
    this.#scores ??= new Float64Array(this.#documents);
    this.#scores.fill(0);
    const scoringTerms = this.#scoringTerms(terms);
    scoreAll(this.#scoringData(), scoringTerms, this.#scores);
    return { scores: this.#scores, maxScore: this.#maxScore(terms, scoringTerms) };
  }

  explain(terms: readonly QueryTerm[], doc: number): TermScore[] {
    return terms.flatMap((term): TermScore[] => {
      const [scoring] = this.#scoringTerms([term]);
      const found = scoring && contributionTo(doc, scoring, this.#scoringData(), this.#parameters);
      return found ? [{ term, documentFrequency: scoring.end - scoring.start, ...found }] : [];
    });
  }

  match(condition: TextCondition, mask: Uint8Array): boolean {
    return this.#textMatcher().match(condition, mask);
  }

  expansions(condition: TextCondition, limit: number): string[] {
    return this.#textMatcher().expansions(condition, limit);
  }

  /** Whether papers in a language have a term. */
  #occursIn(number: number, language: Exclude<Language, 'en'>): boolean {
    this.#termLanguages ??= termLanguages(this.#terms, this.segment, this.#documents);
    return (this.#termLanguages[number]! & (1 << OTHER_LANGUAGES.indexOf(language))) !== 0;
  }

  #textMatcher(): TextMatcher {
    this.#matcher ??= new TextMatcher(this.segment, this.#terms, this.languages);
    return this.#matcher;
  }

  serialize(): Uint8Array[] {
    return serializeSegment(this.segment);
  }

  /** The highest score a paper could have. Terms that no paper has count too, except bigrams. */
  #maxScore(terms: readonly QueryTerm[], scoringTerms: readonly ScoringTerm[]): number {
    const unknown = terms.filter(
      ({ term, followedBy, anyOf }) => !followedBy && !(anyOf?.length ?? this.hasTerm(term)),
    );
    return (
      scoringTerms.reduce((sum, { weight }) => sum + weight, 0) +
      unknown.reduce((sum, { weight }) => sum + this.#weight(weight, 0), 0)
    );
  }

  #scoringData(): ScoringData {
    this.#data ??= {
      tables: frequencyTables(this.#parameters),
      norms: lengthNorms(this.segment.fieldLengths, this.#parameters),
    };
    return this.#data;
  }

  /** The terms that have postings. */
  #scoringTerms(terms: readonly QueryTerm[]): ScoringTerm[] {
    return terms.flatMap(({ term, weight, followedBy, anyOf }): ScoringTerm[] => {
      if (followedBy) return this.#scoringList(this.#bigram(term, followedBy), weight);
      if (anyOf) return this.#scoringList(this.#union(anyOf), weight);
      const number = this.#terms.find(term);
      if (number === -1) return [];
      const { docs, frequencies, firstPosting } = this.segment;
      const start = firstPosting[number]!;
      const end = firstPosting[number + 1]!;
      const blocks = this.#blocksOf(number, start, end);
      return [{ docs, frequencies, weight: this.#weight(weight, end - start), start, end, blocks }];
    });
  }

  #scoringList(list: BlockedPostings, weight: number): ScoringTerm[] {
    const end = list.docs.length;
    if (end === 0) return [];
    const { docs, frequencies, blocks, factor } = list;
    return [{ docs, frequencies, blocks, weight: this.#weight(weight * factor, end), start: 0, end }];
  }

  #blocksOf(number: number, start: number, end: number): TermBlocks {
    let blocks = this.#blocks.get(number);
    if (!blocks) {
      const { tables, norms } = this.#scoringData();
      blocks = termBlocks(this.segment, tables, norms, start, end);
      this.#blocks.set(number, blocks);
    }
    return blocks;
  }

  /** The postings of two neighbouring words, and of the same two written as one word. */
  #bigram(term: string, { term: next, distance, joined }: FollowingTerm): BlockedPostings {
    return this.#cached(`${term} ${next} ${distance} ${joined ?? ''}`, () => {
      const first = this.#terms.find(term);
      const second = this.#terms.find(next);
      const apart =
        first === -1 || second === -1 ? [] : [bigramPostings(this.segment, first, second, distance)];
      const solid = this.#postingsOf(joined);
      const postings = unitedPostings([...apart, ...solid], this.#documents);
      const withBoth = apart[0]?.withBoth ?? NO_DOCUMENTS;
      return { ...postings, factor: bigramInformation(postings.docs.length, withBoth, solid[0]?.docs) };
    });
  }

  #union(terms: readonly string[]): BlockedPostings {
    return this.#cached(`any ${terms.join(' ')}`, () => {
      const lists = terms.flatMap((term) => this.#postingsOf(term));
      return { ...unitedPostings(lists, this.#documents), factor: 1 };
    });
  }

  /** The postings of a term; none for an unknown one. */
  #postingsOf(term: string | undefined): Postings[] {
    const number = term === undefined ? -1 : this.#terms.find(term);
    if (number === -1) return [];
    const { docs, frequencies, firstPosting } = this.segment;
    const start = firstPosting[number]!;
    const end = firstPosting[number + 1]!;
    return [{ docs: docs.subarray(start, end), frequencies: frequencies.subarray(start, end) }];
  }

  /** Postings that are computed when they are needed, and cached. */
  #cached(key: string, make: () => Omit<BlockedPostings, 'blocks'>): BlockedPostings {
    let list = this.#lists.get(key);
    if (!list) {
      const { docs, frequencies, factor } = make();
      const { tables, norms } = this.#scoringData();
      const blocks = termBlocks({ docs, frequencies }, tables, norms, 0, docs.length);
      list = { docs, frequencies, factor, blocks };
      this.#lists.set(key, list);
    }
    return list;
  }

  /** The document frequency of a term. */
  #frequency(term: string): number {
    const number = this.#terms.find(term);
    return number === -1 ? 0 : this.segment.firstPosting[number + 1]! - this.segment.firstPosting[number]!;
  }

  /** The maximum that a term adds to a score. @param frequency its document frequency. */
  #weight(weight: number, frequency: number): number {
    return weight * inverseDocumentFrequency(frequency, this.#documents) * (this.#parameters.k1 + 1);
  }
}
