import { LRUCache } from 'lru-cache';
import type { TextCondition } from '../../../query/ast.ts';
import type { Language } from '../../../text/languages.ts';
import type { KeywordEstimates, KeywordScores } from '../../scores.ts';
import { shareIsAtLeast } from '../all-scores.ts';
import { inverseDocumentFrequency } from '../idf.ts';
import type { FollowingTerm, KeywordIndex, KeywordTop, QueryTerm, TermScore } from '../keyword-index.ts';
import { QueryMemory } from '../query-memory.ts';
import { SolidWords } from '../solid-words.ts';
import { BigramFinder, bigramInformation, unitedPostings } from './bigrams.ts';
import { compoundOf } from './compounds.ts';
import { Disjunction } from './disjunction.ts';
import { contributionTo } from './explain.ts';
import { HighScores } from './high-scores.ts';
import { languagesOf, TermLanguages } from './languages.ts';
import { MatchedDocuments } from './matched-documents.ts';
import type { Postings } from './postings.ts';
import { scoresOf } from './scored-documents.ts';
import { type Bm25Parameters, frequencyTables, lengthNorms } from './scoring.ts';
import { type ScoringData, type ScoringTerm, scoreAll } from './scoring-term.ts';
import { documentCount, type Segment } from './segment.ts';
import { serializeSegment } from './segment-file.ts';
import type { CollectionStatistics } from './statistics.ts';
import { TermDictionary } from './term-dictionary.ts';
import { TextMatcher } from './text-matcher.ts';

/**
 * Postings of bigrams, and of words that match several terms, that are cached: 96 MB, at six bytes each. A hundred queries over
 * 250,000 papers have more than 2 million, and computing them again took most of the time.
 */
const MAX_CACHED_POSTINGS = 16_000_000;
/** Terms whose numbers are cached: a query asks for each several times. */
const MAX_NUMBERS = 20_000;
/** Pairs of words for which it is cached whether they are neighbours, or are mostly written as one. */
const MAX_PAIRS = 50_000;
/** Words for which it is cached whether they are compounds. */
const MAX_COMPOUNDS = 10_000;
const NONE: readonly string[] = [];
const NO_DOCUMENTS = new Uint32Array(0);

interface WeightedPostings extends Postings {
  /** What the weight of the list is multiplied by: for a bigram, how much it adds to its words (`bigrams.ts`). */
  readonly factor: number;
}

/** A term with postings, and what its weight is made of. */
interface CountedTerm extends ScoringTerm {
  /** Papers with it: of the index, or of the collection that it is a part of. */
  readonly frequency: number;
}

/** BM25 over one segment. Norms and impacts are computed when the first query needs them. */
export class Bm25Index implements KeywordIndex {
  readonly segment: Segment;
  readonly languages: readonly Language[];
  readonly solidWords: SolidWords;
  readonly queryMemory = new QueryMemory();
  readonly #parameters: Bm25Parameters;
  readonly #statistics: CollectionStatistics | undefined;
  readonly #documents: number;
  readonly #terms: TermDictionary;
  readonly #lists = new LRUCache<string, WeightedPostings>({
    maxSize: MAX_CACHED_POSTINGS,
    sizeCalculation: ({ docs }) => docs.length + 1,
  });
  readonly #numbers = new Map<string, number>();
  readonly #pairs = new LRUCache<string, boolean>({ max: MAX_PAIRS });
  readonly #compounds = new LRUCache<string, readonly string[]>({ max: MAX_COMPOUNDS });
  #termLanguages: TermLanguages | undefined;
  #data: ScoringData | undefined;
  #disjunction: Disjunction | undefined;
  #matched: MatchedDocuments | undefined;
  #highScores: HighScores | undefined;
  #scores: Float64Array | undefined;
  #shares: Float32Array<ArrayBuffer> | undefined;
  #matcher: TextMatcher | undefined;
  #bigrams: BigramFinder | undefined;

  /**
   * @param statistics of the collection that the papers of the segment are taken from. Default: they are all of it. What
   *   is asked about the vocabulary is answered from the segment alone.
   */
  constructor(segment: Segment, parameters: Bm25Parameters, statistics?: CollectionStatistics) {
    this.segment = segment;
    this.#parameters = parameters;
    this.#statistics = statistics;
    this.#documents = documentCount(segment);
    this.#terms = new TermDictionary(segment);
    this.languages = languagesOf(this.#terms, segment, this.#documents);
    this.solidWords = new SolidWords(this.#terms, this.languages, (number, language) =>
      this.#occursIn(number, language),
    );
  }

  hasTerm(term: string): boolean {
    return this.#find(term) !== -1;
  }

  hasTermIn(term: string, language: Language): boolean {
    const number = this.#find(term);
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
    // For long queries, this is all that is asked about most pairs of words: their postings are not needed.
    return this.#knownPair(`${joined} ${first} ${second}`, () => {
      const [solid] = this.#postingsOf(joined);
      const docs = solid?.docs ?? NO_DOCUMENTS;
      return !this.#areTogetherInMoreThan(docs.length, first, second, docs);
    });
  }

  areNeighbours(first: string, second: string): boolean {
    return this.#knownPair(`${first} ${second}`, () =>
      this.#areTogetherInMoreThan(0, first, second, NO_DOCUMENTS),
    );
  }

  top(terms: readonly QueryTerm[], k: number, countAll: boolean): KeywordTop {
    const scoringTerms = this.#scoringTerms(terms);
    const { hits, matched } = this.#scored().top(scoringTerms, k);
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

  estimate(terms: readonly QueryTerm[], shares?: Float32Array<ArrayBuffer>): KeywordEstimates {
    this.#shares ??= shares ? undefined : new Float32Array(this.#documents);
    const written = shares ?? this.#shares!;
    const data = this.#scoringData();
    const scoringTerms = this.#scoringTerms(terms);
    const maxScore = this.#maxScore(terms, scoringTerms);
    return {
      ...this.#scored().estimate(scoringTerms, maxScore, written),
      shares: written,
      maxScore,
      scoresOf: (docs) => scoresOf(data, scoringTerms, docs),
    };
  }

  scoresOf(terms: readonly QueryTerm[], docs: Uint32Array): KeywordScores {
    const scoringTerms = this.#scoringTerms(terms);
    const scores = scoresOf(this.#scoringData(), scoringTerms, docs);
    return { scores, maxScore: this.#maxScore(terms, scoringTerms) };
  }

  countAmong(terms: readonly QueryTerm[], mask: Uint8Array): number {
    this.#matched ??= new MatchedDocuments(this.#scoringData());
    return this.#matched.count(this.#scoringTerms(terms), mask);
  }

  withShare(terms: readonly QueryTerm[], share: number): Uint32Array {
    this.#highScores ??= new HighScores(this.#scoringData());
    const scoringTerms = this.#scoringTerms(terms);
    const maxScore = this.#maxScore(terms, scoringTerms);
    return this.#highScores.find(scoringTerms, share * maxScore, shareIsAtLeast(share, maxScore));
  }

  explain(terms: readonly QueryTerm[], doc: number): TermScore[] {
    return terms.flatMap((term): TermScore[] => {
      const [scoring] = this.#scoringTerms([term]);
      const found = scoring && contributionTo(doc, scoring, this.#scoringData(), this.#parameters);
      return found ? [{ term, documentFrequency: scoring.frequency, ...found }] : [];
    });
  }

  match(condition: TextCondition, mask: Uint8Array): boolean {
    return this.#textMatcher().match(condition, mask);
  }

  expansions(condition: TextCondition, limit: number): string[] {
    return this.#textMatcher().expansions(condition, limit);
  }

  #scored(): Disjunction {
    this.#disjunction ??= new Disjunction(this.#scoringData(), this.segment.docs.length);
    return this.#disjunction;
  }

  /** The number of a term; -1 for an unknown one. */
  #find(term: string): number {
    const known = this.#numbers.get(term);
    if (known !== undefined) return known;
    const number = this.#terms.find(term);
    if (this.#numbers.size >= MAX_NUMBERS) this.#numbers.clear();
    this.#numbers.set(term, number);
    return number;
  }

  /** Whether papers in a language have a term. */
  #occursIn(number: number, language: Exclude<Language, 'en'>): boolean {
    this.#termLanguages ??= new TermLanguages(this.#terms, this.segment, this.#documents);
    return this.#termLanguages.has(number, language);
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
    const statistics = this.#statistics;
    const weights = statistics
      ? terms.flatMap((term) => collectionWeight(term, statistics, (...args) => this.#weight(...args)))
      : scoringTerms.map(({ weight }) => weight);
    const sum = weights.reduce((total, weight) => total + weight, 0);
    if (!statistics && scoringTerms.length === terms.length) return sum;
    const isKnown = (term: string) => (statistics ? statistics.withTerm(term) > 0 : this.hasTerm(term));
    const unknown = terms.filter(
      ({ term, followedBy, anyOf }) => !followedBy && !(anyOf?.length ?? isKnown(term)),
    );
    return sum + unknown.reduce((total, { weight }) => total + this.#weight(weight, 0), 0);
  }

  #scoringData(): ScoringData {
    this.#data ??= {
      tables: frequencyTables(this.#parameters),
      norms: lengthNorms(this.segment.fieldLengths, this.#parameters, this.#statistics?.meanLength),
    };
    return this.#data;
  }

  /** The terms that have postings. */
  #scoringTerms(terms: readonly QueryTerm[]): CountedTerm[] {
    return terms.flatMap(({ term, weight, followedBy, anyOf }): CountedTerm[] => {
      if (followedBy) {
        const together = this.#statistics?.withBigram(term, followedBy).together;
        return this.#scoringList(this.#bigram(term, followedBy), weight, together);
      }
      if (anyOf) return this.#scoringList(this.#union(anyOf), weight, this.#statistics?.withAny(anyOf));
      const number = this.#find(term);
      if (number === -1) return [];
      const { docs, frequencies, firstPosting } = this.segment;
      const start = firstPosting[number]!;
      const end = firstPosting[number + 1]!;
      this.segment.load(start, end);
      const frequency = this.#statistics?.withTerm(term) ?? end - start;
      const weighted = this.#weight(weight, frequency);
      return [{ docs, frequencies, weight: weighted, start, end, key: number, frequency }];
    });
  }

  /** @param frequency papers of the collection with one of the postings. Default: those of the index. */
  #scoringList(list: WeightedPostings, weight: number, frequency = list.docs.length): CountedTerm[] {
    const end = list.docs.length;
    if (end === 0) return [];
    const { docs, frequencies, factor } = list;
    const weighted = this.#weight(weight * factor, frequency);
    return [{ docs, frequencies, weight: weighted, start: 0, end, key: list, frequency }];
  }

  /** What was found out about two words before, or is now. */
  #knownPair(key: string, find: () => boolean): boolean {
    const known = this.#pairs.get(key);
    if (known !== undefined) return known;
    const found = find();
    this.#pairs.set(key, found);
    return found;
  }

  /** Whether two words are neighbours in more than `most` papers that are not in `except`. */
  #areTogetherInMoreThan(most: number, first: string, second: string, except: Uint32Array): boolean {
    const [before, after] = [this.#find(first), this.#find(second)];
    if (before === -1 || after === -1) return false;
    this.#bigrams ??= new BigramFinder(this.segment);
    return this.#bigrams.hasMoreThan(most, before, after, 1, except);
  }

  /** The postings of two neighbouring words, and of the same two written as one word. */
  #bigram(term: string, { term: next, distance, joined }: FollowingTerm): WeightedPostings {
    return this.#cached(`${term} ${next} ${distance} ${joined ?? ''}`, () => {
      const first = this.#find(term);
      const second = this.#find(next);
      this.#bigrams ??= new BigramFinder(this.segment);
      const hasBoth = first !== -1 && second !== -1;
      const apart = hasBoth ? this.#bigrams.postings(first, second, distance) : undefined;
      const solid = this.#postingsOf(joined);
      const postings = unitedPostings(apart ? [apart, ...solid] : solid, this.#documents);
      const counts = this.#statistics?.withBigram(term, { term: next, distance, joined }) ?? {
        together: postings.docs.length,
        either: this.#bigrams.either(first, second, apart?.withBoth ?? 0, solid[0]?.docs ?? NO_DOCUMENTS),
      };
      return { ...postings, factor: bigramInformation(counts) };
    });
  }

  #union(terms: readonly string[]): WeightedPostings {
    return this.#cached(`any ${terms.join(' ')}`, () => {
      const lists = terms.flatMap((term) => this.#postingsOf(term));
      return { ...unitedPostings(lists, this.#documents), factor: 1 };
    });
  }

  /** The postings of a term; none for an unknown one. */
  #postingsOf(term: string | undefined): Postings[] {
    const number = term === undefined ? -1 : this.#find(term);
    if (number === -1) return [];
    const { docs, frequencies, firstPosting } = this.segment;
    const start = firstPosting[number]!;
    const end = firstPosting[number + 1]!;
    this.segment.load(start, end);
    return [{ docs: docs.subarray(start, end), frequencies: frequencies.subarray(start, end) }];
  }

  /** Postings that are computed when they are needed, and cached. */
  #cached(key: string, make: () => WeightedPostings): WeightedPostings {
    let list = this.#lists.get(key);
    if (!list) {
      const { docs, frequencies, factor } = make();
      list = { docs, frequencies, factor };
      this.#lists.set(key, list);
    }
    return list;
  }

  /** The maximum that a term adds to a score. @param frequency its document frequency. */
  #weight(weight: number, frequency: number): number {
    return (
      weight *
      inverseDocumentFrequency(frequency, this.#statistics?.documents ?? this.#documents) *
      (this.#parameters.k1 + 1)
    );
  }
}

/** The maximum that a term of a query adds to a score; none for one that no paper of the collection has. */
function collectionWeight(
  { term, weight, followedBy, anyOf }: QueryTerm,
  statistics: CollectionStatistics,
  weightOf: (weight: number, frequency: number) => number,
): number[] {
  if (followedBy) {
    const counts = statistics.withBigram(term, followedBy);
    return counts.together > 0 ? [weightOf(weight * bigramInformation(counts), counts.together)] : [];
  }
  const frequency = anyOf ? statistics.withAny(anyOf) : statistics.withTerm(term);
  return frequency > 0 ? [weightOf(weight, frequency)] : [];
}
