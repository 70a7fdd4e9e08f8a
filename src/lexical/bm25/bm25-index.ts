import { LRUCache } from 'lru-cache';
import type { TextCondition } from '../../query/ast.ts';
import type { LexicalScores } from '../../types.ts';
import { inverseDocumentFrequency } from '../idf.ts';
import type { LexicalIndex, LexicalTop, QueryTerm, TermScore } from '../lexical-index.ts';
import { compoundOf } from './compounds.ts';
import { Disjunction, type ScoringData, type ScoringTerm, scoreAll } from './disjunction.ts';
import { contributionTo } from './explain.ts';
import { type Postings, pairPostings } from './pairs.ts';
import { type TermRanges, termRanges } from './ranges.ts';
import { type Bm25Parameters, frequencyTables, lengthNorms } from './scoring.ts';
import { documentCount, type Segment, serializeSegment } from './segment.ts';
import { TermDictionary } from './term-dictionary.ts';
import { TextMatcher } from './text-matcher.ts';

/** Terms whose ranges are kept: 30 MB in an index of a million papers. */
const MOST_RANGES = 10_000;
/** Postings of pairs that are kept: 12 MB, at six bytes each. */
const MOST_PAIR_POSTINGS = 2_000_000;
/** Words of which it is kept whether they are compounds. */
const MOST_COMPOUNDS = 10_000;
const NONE: readonly string[] = [];

interface PairPostings extends Postings {
  readonly ranges: TermRanges;
}

/** BM25 over one segment. Norms and bounds are made when the first query needs them. */
export class Bm25Index implements LexicalIndex {
  readonly segment: Segment;
  readonly #parameters: Bm25Parameters;
  readonly #documents: number;
  readonly #terms: TermDictionary;
  readonly #ranges = new LRUCache<number, TermRanges>({ max: MOST_RANGES });
  readonly #pairs = new LRUCache<string, PairPostings>({
    maxSize: MOST_PAIR_POSTINGS,
    sizeCalculation: ({ docs }) => docs.length + 1,
  });
  readonly #compounds = new LRUCache<string, readonly string[]>({ max: MOST_COMPOUNDS });
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
    const unknown = terms.filter(({ term, followedBy }) => !followedBy && !this.hasTerm(term));
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
    const { docs, frequencies, firstPosting } = this.segment;
    return terms.flatMap(({ term, weight, followedBy }): ScoringTerm[] => {
      const number = this.#terms.find(term);
      const second = followedBy ? this.#terms.find(followedBy.term) : number;
      if (number === -1 || second === -1) return [];
      if (followedBy) {
        const pair = this.#pair(number, second, followedBy.distance);
        const end = pair.docs.length;
        return end === 0 ? [] : [{ ...pair, weight: this.#weight(weight, end), start: 0, end }];
      }
      const start = firstPosting[number]!;
      const end = firstPosting[number + 1]!;
      const ranges = this.#rangesOf(number, start, end);
      return [{ docs, frequencies, weight: this.#weight(weight, end - start), start, end, ranges }];
    });
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

  #pair(first: number, second: number, distance: number): PairPostings {
    const key = `${first} ${second} ${distance}`;
    let pair = this.#pairs.get(key);
    if (!pair) {
      const postings = pairPostings(this.segment, first, second, distance);
      const { tables, norms } = this.#scoringData();
      pair = { ...postings, ranges: termRanges(postings, tables, norms, 0, postings.docs.length) };
      this.#pairs.set(key, pair);
    }
    return pair;
  }

  /** The most that a term adds to a score. @param frequency its document frequency. */
  #weight(weight: number, frequency: number): number {
    return weight * inverseDocumentFrequency(frequency, this.#documents) * (this.#parameters.k1 + 1);
  }
}
