import { LRUCache } from 'lru-cache';
import type { TextCondition } from '../../../query/ast.ts';
import type { LexicalScores } from '../../scores.ts';
import { inverseDocumentFrequency } from '../idf.ts';
import type { FollowingTerm, LexicalIndex, LexicalTop, QueryTerm, TermScore } from '../lexical-index.ts';
import { compoundOf } from './compounds.ts';
import { Disjunction, type ScoringData, type ScoringTerm, scoreAll } from './disjunction.ts';
import { contributionTo } from './explain.ts';
import { type Postings, pairPostings, unitedPostings } from './pairs.ts';
import { type TermRanges, termRanges } from './ranges.ts';
import { type Bm25Parameters, frequencyTables, lengthNorms } from './scoring.ts';
import { documentCount, type Segment, serializeSegment } from './segment.ts';
import { TermDictionary } from './term-dictionary.ts';
import { TextMatcher } from './text-matcher.ts';

/** Terms whose ranges are kept: 30 MB in an index of a million papers. */
const MAX_RANGES = 10_000;
/** Postings of pairs, and of words that stand for several, that are kept: 12 MB, at six bytes each. */
const MAX_MADE_POSTINGS = 2_000_000;
/** Words of which it is kept whether they are compounds. */
const MAX_COMPOUNDS = 10_000;
const NONE: readonly string[] = [];

interface RangedPostings extends Postings {
  readonly ranges: TermRanges;
}

/** BM25 over one segment. Norms and bounds are made when the first query needs them. */
export class Bm25Index implements LexicalIndex {
  readonly segment: Segment;
  readonly #parameters: Bm25Parameters;
  readonly #documents: number;
  readonly #terms: TermDictionary;
  readonly #ranges = new LRUCache<number, TermRanges>({ max: MAX_RANGES });
  readonly #lists = new LRUCache<string, RangedPostings>({
    maxSize: MAX_MADE_POSTINGS,
    sizeCalculation: ({ docs }) => docs.length + 1,
  });
  readonly #compounds = new LRUCache<string, readonly string[]>({ max: MAX_COMPOUNDS });
  #data: ScoringData | undefined;
  #disjunction: Disjunction | undefined;
  #scores: Float64Array | undefined;
  #matcher: TextMatcher | undefined;

  constructor(segment: Segment, parameters: Bm25Parameters) {
    this.segment = segment;
    this.#parameters = parameters;
    this.#documents = documentCount(segment);
    this.#terms = new TermDictionary(segment);
  }

  hasTerm(term: string): boolean {
    return this.#terms.find(term) !== -1;
  }

  compoundOf(term: string): readonly string[] | undefined {
    // Counting the ways a word is written goes through all its postings; few words are compounds.
    if (!this.#compounds.has(term))
      this.#compounds.set(term, compoundOf(term, this.#terms, this.segment) ?? NONE);
    const parts = this.#compounds.get(term)!;
    return parts === NONE ? undefined : parts;
  }

  isMostlyJoined(joined: string, first: string, second: string): boolean {
    const together = this.#pair(first, { term: second, distance: 1, joined }).docs.length;
    return 2 * this.#frequency(joined) >= together;
  }

  areNeighbours(first: string, second: string): boolean {
    return this.#pair(first, { term: second, distance: 1 }).docs.length > 0;
  }

  top(terms: readonly QueryTerm[], k: number, countAll: boolean): LexicalTop {
    this.#disjunction ??= new Disjunction(this.#scoringData());
    const scoringTerms = this.#scoringTerms(terms);
    const { hits, matched } = this.#disjunction.top(scoringTerms, k, countAll);
    const most = this.#most(terms, scoringTerms);
    return countAll ? { hits, most, total: matched } : { hits, most };
  }

  score(terms: readonly QueryTerm[]): LexicalScores {
    this.#scores ??= new Float64Array(this.#documents);
    this.#scores.fill(0);
    const scoringTerms = this.#scoringTerms(terms);
    scoreAll(this.#scoringData(), scoringTerms, this.#scores);
    return { scores: this.#scores, most: this.#most(terms, scoringTerms) };
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

  #textMatcher(): TextMatcher {
    this.#matcher ??= new TextMatcher(this.segment, this.#terms);
    return this.#matcher;
  }

  serialize(): Uint8Array[] {
    return serializeSegment(this.segment);
  }

  /** The score of a paper that matches every term: those that no paper has count too, but for pairs. */
  #most(terms: readonly QueryTerm[], scoringTerms: readonly ScoringTerm[]): number {
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
      if (followedBy) return this.#scoringList(this.#pair(term, followedBy), weight);
      if (anyOf) return this.#scoringList(this.#union(anyOf), weight);
      const number = this.#terms.find(term);
      if (number === -1) return [];
      const { docs, frequencies, firstPosting } = this.segment;
      const start = firstPosting[number]!;
      const end = firstPosting[number + 1]!;
      const ranges = this.#rangesOf(number, start, end);
      return [{ docs, frequencies, weight: this.#weight(weight, end - start), start, end, ranges }];
    });
  }

  #scoringList(list: RangedPostings, weight: number): ScoringTerm[] {
    const end = list.docs.length;
    return end === 0 ? [] : [{ ...list, weight: this.#weight(weight, end), start: 0, end }];
  }

  #rangesOf(number: number, start: number, end: number): TermRanges {
    let ranges = this.#ranges.get(number);
    if (!ranges) {
      const { tables, norms } = this.#scoringData();
      ranges = termRanges(this.segment, tables, norms, start, end);
      this.#ranges.set(number, ranges);
    }
    return ranges;
  }

  /** The postings of two words side by side, and of the one word that they make. */
  #pair(term: string, { term: next, distance, joined }: FollowingTerm): RangedPostings {
    return this.#made(`${term} ${next} ${distance} ${joined ?? ''}`, () => {
      const first = this.#terms.find(term);
      const second = this.#terms.find(next);
      const apart =
        first === -1 || second === -1 ? [] : [pairPostings(this.segment, first, second, distance)];
      return unitedPostings([...apart, ...this.#postingsOf(joined)], this.#documents);
    });
  }

  #union(terms: readonly string[]): RangedPostings {
    return this.#made(`any ${terms.join(' ')}`, () =>
      unitedPostings(
        terms.flatMap((term) => this.#postingsOf(term)),
        this.#documents,
      ),
    );
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

  /** Postings that are made when they are asked for, and kept. */
  #made(key: string, make: () => Postings): RangedPostings {
    let list = this.#lists.get(key);
    if (!list) {
      const postings = make();
      const { tables, norms } = this.#scoringData();
      list = { ...postings, ranges: termRanges(postings, tables, norms, 0, postings.docs.length) };
      this.#lists.set(key, list);
    }
    return list;
  }

  /** The document frequency of a term. */
  #frequency(term: string): number {
    const number = this.#terms.find(term);
    return number === -1 ? 0 : this.segment.firstPosting[number + 1]! - this.segment.firstPosting[number]!;
  }

  /** The most that a term adds to a score. @param frequency its document frequency. */
  #weight(weight: number, frequency: number): number {
    return weight * inverseDocumentFrequency(frequency, this.#documents) * (this.#parameters.k1 + 1);
  }
}
