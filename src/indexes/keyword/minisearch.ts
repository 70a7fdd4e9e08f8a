import MiniSearch, { type AsPlainObject, type Options, type SearchResult } from 'minisearch';
import { PaperSearchError } from '../../errors.ts';
import { TEXT_FIELDS, type TextField } from '../../papers/fields.ts';
import type { Paper } from '../../papers/paper.ts';
import { languageOf } from '../../papers/text-language.ts';
import type { TextCondition } from '../../query/ast.ts';
import { analyze } from '../../text/analyzer.ts';
import { analysisLanguage, type Language } from '../../text/languages.ts';
import { lowerBound } from '../../util/lower-bound.ts';
import { pause } from '../../util/pause.ts';
import type { KeywordEstimates, KeywordScores } from '../scores.ts';
import { countAmong, estimatesOf, scoresOf, withShare } from './all-scores.ts';
import { inverseDocumentFrequency } from './idf.ts';
import type { KeywordEngine, KeywordIndex, KeywordTop, QueryTerm, TermScore } from './keyword-index.ts';
import { SolidWords } from './solid-words.ts';
import { type Compounds, Spellings } from './spellings.ts';
import { expandTerm, type SortedTerms } from './term-expansion.ts';
import { fieldsOf, openTermsOf, patternOf, type TermQuery, unitsOf } from './text-pattern.ts';

/** How much a match in a field counts. The abstract is the measure; names and venues say less about content. */
const FIELD_WEIGHTS: Readonly<Record<TextField, number>> = {
  title: 1.5,
  abstract: 1,
  keywords: 1.2,
  authors: 0.8,
  venue: 0.3,
};

/** Parameters of MiniSearch's BM25+ (Lv and Zhai, CIKM 2011): k1, b and delta, as it ships them. */
const BM25 = { k: 1.2, b: 0.7, d: 0.5 };

/** Papers between two pauses, in which timers run, as that of the ingest lock. */
const YIELD_EVERY = 200;

type IndexedPaper = { readonly doc: number } & Readonly<Record<TextField, string>>;

const OPTIONS: Options<IndexedPaper> = {
  idField: 'doc',
  fields: [...TEXT_FIELDS],
  // The analyzer has done it.
  processTerm: (term) => term,
};

interface Serialized {
  readonly index: AsPlainObject;
  readonly compounds: readonly (readonly [string, readonly string[]])[];
  /** See `Vocabulary`. Absent for papers in English only, and in indexes of earlier versions. */
  readonly languages?: readonly string[];
}

/**
 * MiniSearch behind the port. Its score is not textbook BM25: a field's length counts its distinct terms, and
 * the sum over the terms is multiplied by the number of terms that matched.
 */
export const minisearchEngine: KeywordEngine = {
  name: 'minisearch-7/1',
  weights: undefined,
  build: async (papers, { onProgress = () => {}, signal } = {}) => {
    const terms = new Set<string>();
    const spellings = new Spellings();
    const counts = new Map<Language, number>([['en', 0]]);
    let paper: Paper;
    const index = new MiniSearch<IndexedPaper>({
      ...OPTIONS,
      tokenize: (text, field) =>
        analyze(text, languageOf(paper, field as TextField)).map(({ term, parts }) => {
          terms.add(term);
          spellings.count(term, parts);
          return term;
        }),
    });
    for (let doc = 0; doc < papers.length; doc++) {
      paper = papers.at(doc)!;
      const language = analysisLanguage(paper.language);
      counts.set(language, (counts.get(language) ?? 0) + 1);
      index.add(indexed(paper, doc));
      if (doc % YIELD_EVERY === 0) {
        onProgress(doc, papers.length);
        await pause(signal);
      }
    }
    onProgress(papers.length, papers.length);
    const languages = [...counts].sort(([, a], [, b]) => b - a).map(([language]) => language);
    return new MiniSearchIndex(index, terms, spellings.compounds(), languages);
  },
  load: (serialized) => {
    try {
      const {
        index,
        compounds,
        languages = ['en'],
      }: Serialized = JSON.parse(new TextDecoder().decode(serialized));
      const terms = new Set(index.index.map(([term]) => term));
      return new MiniSearchIndex(
        MiniSearch.loadJS(index, OPTIONS),
        terms,
        new Map(compounds),
        languages.map(analysisLanguage),
      );
    } catch (cause) {
      throw new PaperSearchError('INDEX_CORRUPT', 'This keyword index was not written by MiniSearch.', {
        cause,
      });
    }
  },
};

class MiniSearchIndex implements KeywordIndex {
  readonly languages: readonly Language[];
  readonly solidWords: SolidWords;
  readonly #compounds: Compounds;
  readonly #index: MiniSearch<IndexedPaper>;
  readonly #terms: ReadonlySet<string>;
  readonly #sorted: SortedTerms;

  constructor(
    index: MiniSearch<IndexedPaper>,
    terms: ReadonlySet<string>,
    compounds: Compounds,
    languages: readonly Language[],
  ) {
    this.#index = index;
    this.#terms = terms;
    this.#compounds = compounds;
    this.languages = languages;
    this.#sorted = sortedTerms(terms);
    // A few papers in another language do not take the words of all others apart.
    this.solidWords = new SolidWords(this.#sorted, languages.slice(0, 1), () => true);
  }

  hasTerm(term: string): boolean {
    return this.#terms.has(term);
  }

  /** Without the language of each posting, a term of any paper. */
  hasTermIn(term: string): boolean {
    return this.hasTerm(term);
  }

  /** Without positions, what any paper writes as one word counts as a word. */
  isMostlyJoined(): boolean {
    return true;
  }

  /** Without positions, any two words may be neighbours. */
  areNeighbours(first: string, second: string): boolean {
    return this.hasTerm(first) && this.hasTerm(second);
  }

  compoundOf(term: string): readonly string[] | undefined {
    return this.#compounds.get(term);
  }

  top(terms: readonly QueryTerm[], k: number, countAll: boolean): KeywordTop {
    const results = this.#search(withoutBigrams(terms));
    const ranked = results.map(({ id, score }) => ({ doc: id as number, score }));
    const hits = ranked.sort((a, b) => b.score - a.score || a.doc - b.doc).slice(0, k);
    const maxScore = this.#maxScore(withoutBigrams(terms), results);
    return countAll ? { hits, maxScore, total: results.length } : { hits, maxScore };
  }

  score(all: readonly QueryTerm[]): KeywordScores {
    const terms = withoutBigrams(all);
    const scores = new Float64Array(this.#index.documentCount);
    const results = this.#search(terms);
    for (const { id, score } of results) scores[id as number] = score;
    return { scores, maxScore: this.#maxScore(terms, results) };
  }

  estimate(terms: readonly QueryTerm[], shares?: Float32Array<ArrayBuffer>): KeywordEstimates {
    return estimatesOf(this.score(terms), shares);
  }

  scoresOf(terms: readonly QueryTerm[], docs: Uint32Array): KeywordScores {
    return scoresOf(this.score(terms), docs);
  }

  countAmong(terms: readonly QueryTerm[], mask: Uint8Array): number {
    return countAmong(this.score(terms), mask);
  }

  withShare(terms: readonly QueryTerm[], share: number): number[] {
    return withShare(this.score(terms), share);
  }

  /** MiniSearch multiplies the sum of the terms' scores by their number, so each is multiplied alike. */
  explain(all: readonly QueryTerm[], doc: number): TermScore[] {
    const matched = withoutBigrams(all).flatMap((term) => {
      const results = this.#search([term]);
      const found = results.find(({ id }) => id === doc);
      return found ? [{ term, documentFrequency: results.length, score: found.score }] : [];
    });
    return matched.map((each) => ({ ...each, score: each.score * matched.length, fields: [] }));
  }

  match(condition: TextCondition, mask: Uint8Array): boolean {
    if (condition.kind === 'phrase' || condition.kind === 'near') throw noPositions(condition.text);
    const pattern = patternOf(condition, this.languages);
    if (!pattern) return false;
    const fields = fieldsOf(condition.field);
    const found = unitsOf(pattern).map(({ pattern: { words, joined }, joined: across }) => {
      // Without positions, the parts of a hyphenated word may be anywhere.
      const parts = words.flat().map((term) => this.#documentsWith([term], fields));
      const whole = this.#documentsWith([...joined.map(({ term }) => term), ...across], fields);
      return new Set([...whole, ...inAll(parts)]);
    });
    for (const doc of inAll(found)) mask[doc] = 1;
    return true;
  }

  /** In alphabetical order: MiniSearch does not report how frequent a term is. */
  expansions(condition: TextCondition, limit: number): string[] {
    return openTermsOf(condition, this.languages)
      .flatMap((query) => this.#expand(query))
      .slice(0, limit);
  }

  #expand(query: TermQuery): string[] {
    return expandTerm(query, this.#sorted).map((number) => this.#sorted.term(number));
  }

  /** Papers with any of the terms in any of the fields. */
  #documentsWith(queries: readonly TermQuery[], fields: readonly TextField[]): Set<number> {
    const terms = queries.flatMap((query) => this.#expand(query));
    if (terms.length === 0) return new Set();
    const results = this.#index.search(terms.join(' '), {
      tokenize: (query) => query.split(' '),
      fields: [...fields],
    });
    return new Set(results.map(({ id }) => id as number));
  }

  #search(terms: readonly QueryTerm[]): SearchResult[] {
    if (terms.length === 0) return [];
    const weights = new Map(terms.map(({ term, weight }) => [term, weight]));
    return this.#index.search(terms.map(({ term }) => term).join(' '), {
      // The query is analysed already: its terms are parted by blanks, which no term contains.
      tokenize: (query) => query.split(' '),
      boost: FIELD_WEIGHTS,
      boostTerm: (term) => weights.get(term) ?? 1,
      bm25: BM25,
    });
  }

  #maxScore(terms: readonly QueryTerm[], results: readonly SearchResult[]): number {
    const best = results[0]?.score ?? 0;
    return best > 0 ? best / this.#coverage(terms, results) : 0;
  }

  /**
   * How much of the query the best covered paper matches: the weights of its terms over those of all terms, each
   * times its inverse document frequency. 0 (nothing) to 1 (every term). The scores of MiniSearch have no bound
   * that could say it.
   */
  #coverage(terms: readonly QueryTerm[], results: readonly SearchResult[]): number {
    const frequencies = new Map<string, number>();
    for (const { queryTerms } of results) {
      for (const term of queryTerms) frequencies.set(term, (frequencies.get(term) ?? 0) + 1);
    }
    const worth = new Map(
      terms.map(({ term, weight }) => {
        const idf = inverseDocumentFrequency(frequencies.get(term) ?? 0, this.#index.documentCount);
        return [term, weight * idf];
      }),
    );
    const sum = (list: Iterable<string>) =>
      Array.from(list).reduce((total, term) => total + (worth.get(term) ?? 0), 0);
    const best = results.reduce((max, { queryTerms }) => Math.max(max, sum(queryTerms)), 0);
    const whole = sum(worth.keys());
    return whole > 0 ? best / whole : 0;
  }

  serialize(): Uint8Array[] {
    const serialized: Serialized = {
      index: this.#index.toJSON(),
      compounds: [...this.#compounds],
      ...(this.languages.length > 1 && { languages: this.languages }),
    };
    return [new TextEncoder().encode(JSON.stringify(serialized))];
  }
}

/** Replaces words that match several by those, each with its weight. */
function withoutBigrams(terms: readonly QueryTerm[]): readonly QueryTerm[] {
  return terms.flatMap((term) => {
    if (term.followedBy) return [];
    return term.anyOf?.map((one) => ({ term: one, weight: term.weight / term.anyOf!.length })) ?? [term];
  });
}

/** @param sets at least one. */
function inAll([first, ...others]: readonly ReadonlySet<number>[]): number[] {
  return [...first!].filter((doc) => others.every((docs) => docs.has(doc)));
}

function noPositions(text: string): PaperSearchError {
  return new PaperSearchError(
    'BAD_REQUEST',
    `"${text}" needs the positions of words, which this index does not have: it was built with MiniSearch. Build one with "paper-search ingest --rebuild --keyword-engine bm25 <path to the papers>".`,
  );
}

function sortedTerms(terms: ReadonlySet<string>): SortedTerms {
  let made: string[] | undefined;
  const sorted = () => {
    made ??= [...terms].sort();
    return made;
  };
  const placeOf = (text: string) => lowerBound(0, terms.size, (place) => sorted()[place]! < text);
  return {
    size: terms.size,
    term: (number) => sorted()[number]!,
    find: (term) => (terms.has(term) ? placeOf(term) : -1),
    lowerBound: placeOf,
  };
}

function indexed(paper: Paper, doc: number): IndexedPaper {
  const { title, abstract, authors, keywords, venue } = paper;
  return {
    doc,
    title,
    abstract,
    authors: authors.join('\n'),
    keywords: keywords.join('\n'),
    venue: venue ?? '',
  };
}
