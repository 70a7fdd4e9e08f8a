import { LRUCache } from 'lru-cache';
import type { TextCondition } from '../../query/ast.ts';
import type { LexicalScores } from '../../types.ts';
import { inverseDocumentFrequency } from '../idf.ts';
import type { LexicalIndex, LexicalTop, QueryTerm } from '../lexical-index.ts';
import { compoundOf } from './compounds.ts';
import { Disjunction, type ScoringData, type ScoringTerm, scoreAll } from './disjunction.ts';
import { type TermRanges, termRanges } from './ranges.ts';
import { type Bm25Parameters, frequencyTables, lengthNorms } from './scoring.ts';
import { documentCount, type Segment, serializeSegment } from './segment.ts';
import { TermDictionary } from './term-dictionary.ts';
import { TextMatcher } from './text-matcher.ts';

/** Terms whose ranges are kept: 30 MB in an index of a million papers. */
const MOST_RANGES = 10_000;
/** Words of which it is kept whether they are compounds. */
const MOST_COMPOUNDS = 10_000;
const NONE: readonly string[] = [];

/** BM25 over one segment. Norms and bounds are made when the first query needs them. */
export class Bm25Index implements LexicalIndex {
  readonly segment: Segment;
  readonly #parameters: Bm25Parameters;
  readonly #documents: number;
  readonly #terms: TermDictionary;
  readonly #ranges = new LRUCache<number, TermRanges>({ max: MOST_RANGES });
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
    const { hits, matched } = this.#disjunction.top(this.#scoringTerms(terms), k, countAll);
    return countAll ? { hits, total: matched } : { hits };
  }

  score(terms: readonly QueryTerm[]): LexicalScores {
    this.#scores ??= new Float64Array(this.#documents);
    this.#scores.fill(0);
    scoreAll(this.#scoringData(), this.#scoringTerms(terms), this.#scores);
    const most = terms.reduce(
      (sum, { term, weight }) => sum + this.#weight(weight, this.#frequency(term)),
      0,
    );
    return { scores: this.#scores, most };
  }

  match(condition: TextCondition, mask: Uint8Array): boolean {
    this.#matcher ??= new TextMatcher(this.segment, this.#terms);
    return this.#matcher.match(condition, mask);
  }

  serialize(): Uint8Array[] {
    return serializeSegment(this.segment);
  }

  #scoringData(): ScoringData {
    const { docs, frequencies, fieldLengths } = this.segment;
    this.#data ??= {
      docs,
      frequencies,
      tables: frequencyTables(this.#parameters),
      norms: lengthNorms(fieldLengths, this.#parameters),
    };
    return this.#data;
  }

  #scoringTerms(terms: readonly QueryTerm[]): ScoringTerm[] {
    return terms.flatMap(({ term, weight }) => {
      const number = this.#terms.find(term);
      if (number === -1) return [];
      const start = this.segment.firstPosting[number]!;
      const end = this.segment.firstPosting[number + 1]!;
      return [
        { weight: this.#weight(weight, end - start), start, end, ranges: this.#rangesOf(number, start, end) },
      ];
    });
  }

  #rangesOf(number: number, start: number, end: number): TermRanges {
    let ranges = this.#ranges.get(number);
    if (!ranges) {
      const { docs, frequencies, tables, norms } = this.#scoringData();
      ranges = termRanges(docs, frequencies, tables, norms, start, end);
      this.#ranges.set(number, ranges);
    }
    return ranges;
  }

  /** The most that a term adds to a score. @param frequency its document frequency. */
  #weight(weight: number, frequency: number): number {
    return weight * inverseDocumentFrequency(frequency, this.#documents) * (this.#parameters.k1 + 1);
  }

  #frequency(term: string): number {
    const number = this.#terms.find(term);
    return number === -1 ? 0 : this.segment.firstPosting[number + 1]! - this.segment.firstPosting[number]!;
  }
}
