import { PaperSearchError } from '../errors.ts';
import type { FieldIndex } from '../indexes/fields/field-index.ts';
import type { LexicalIndex, QueryTerm } from '../indexes/keyword/lexical-index.ts';
import { queryTerms, splitSolidWords } from '../indexes/keyword/query-terms.ts';
import type { CorpusMap } from '../indexes/map/corpus-map.ts';
import type { Paper } from '../papers/paper.ts';
import type { Query } from '../query/ast.ts';
import { contentOf } from '../query/intent.ts';
import { positiveTexts, rankingText } from '../query/ranking-text.ts';
import { analyze } from '../text/analyzer.ts';
import { type Filters, matchBoth, matchFilters } from './match/filters.ts';
import { count } from './match/mask.ts';
import { type Match, matchCondition } from './match/match-condition.ts';
import { readQuery } from './read-query.ts';
import type { SearchRequest, Sort, Understood } from './searcher.ts';

/** What understanding a query needs to know of the index. */
export interface QuestionSources {
  readonly lexical: LexicalIndex;
  readonly attributes: FieldIndex;
  readonly map?: CorpusMap | undefined;
  readonly paperAt: (doc: number) => Paper;
  /** The papers that may be in the answer, one byte each, beside what the request asks for. Default: all. */
  readonly among?: Uint8Array | undefined;
}

/** A query, ready to be answered. */
export interface Question {
  readonly understood: Understood;
  /** What papers are ranked by, as text to be encoded; empty when there is nothing to rank by. */
  readonly text: string;
  /** The same as terms of the keyword index. */
  readonly terms: readonly QueryTerm[];
  /** What the prefixes and misspelt words among them stand for. */
  readonly expansions: readonly Expansion[];
  /** Terms to highlight: those, and the words that a prefix or a misspelt word stands for. */
  readonly highlighted: ReadonlySet<string>;
  /** The papers that may be in the answer; undefined for all. */
  readonly allowed: Match | undefined;
  /**
   * Whether the condition asks for words of content, or the caller chose the papers, so that every allowed paper has
   * what was asked for.
   */
  readonly asksForText: boolean;
  /** Whether nothing but conditions was asked for, and all of them count: a paper that passes is what was wanted. */
  readonly onlyConditions: boolean;
}

/** A prefix or a misspelt word of a query. */
export interface Expansion {
  /** As the query has it, without its sign. */
  readonly text: string;
  /** `*` or `~`. */
  readonly sign: string;
  /** Terms of the words that it stands for. */
  readonly terms: readonly string[];
}

/** Words that a prefix or a misspelt word stands for, at most, in ranking and highlights: the most frequent. */
const MAX_EXPANSIONS = 50;

/**
 * Understands a request's query and filters.
 * @throws PaperSearchError BAD_REQUEST when there is nothing to look for and no order but relevance, for a query that is too complex, a year
 *   that is none, a condition that the index cannot answer; with `strict`, for signs out of place.
 */
export function understand(
  request: Pick<SearchRequest, 'query' | 'filters' | 'sort' | 'strict' | 'plain'>,
  sources: QuestionSources,
): Question {
  const { text: understood, query } = readQuery(request);
  const filtered = both(
    hasFilters(request.filters) ? matchFilters(request.filters, sources) : undefined,
    sources.among && { mask: sources.among, count: count(sources.among), notices: [] },
  );
  const isEmpty = query.plain.trim() === '' && !query.condition && !filtered;
  if (isEmpty && !isFixedOrder(request.sort)) {
    const message = 'The query is empty: say what to look for, or sort by date or title to see all papers.';
    throw new PaperSearchError('BAD_REQUEST', message, { details: { parameter: 'q' } });
  }
  const matched = query.condition && matchCondition(query.condition, sources);
  const allowed = isEmpty ? everyPaper(sources.attributes) : both(matched, filtered);
  const { lexical } = sources;
  const text = splitSolidWords(contentOf(rankingText(query)), lexical);
  const expansions = expansionsOf(query, lexical);
  const terms = termsOf(text, expansions, lexical);
  return {
    understood: {
      text: understood,
      ranking: text,
      notices: [...query.notices, ...(matched?.notices ?? [])],
    },
    text,
    terms,
    expansions,
    highlighted: new Set(
      terms.flatMap(({ term, followedBy, anyOf }) => (followedBy ? [] : (anyOf ?? [term]))),
    ),
    allowed,
    asksForText: sources.among !== undefined || rankingText({ ...query, plain: '' }) !== '',
    onlyConditions: query.plain.trim() === '' && !matched?.notices.length,
  };
}

/** The terms to rank by: those of a text, and those that its prefixes and misspelt words stand for. */
export function termsOf(
  text: string,
  expansions: readonly Expansion[],
  lexical: LexicalIndex,
): readonly QueryTerm[] {
  // What was typed of them is no word of its own: "optim" of "optim*".
  const typed = new Set(expansions.flatMap((each) => analyze(each.text).map(({ term }) => term)));
  const words = queryTerms(text, lexical).filter(
    ({ term, followedBy }) => !typed.has(term) && !(followedBy && typed.has(followedBy.term)),
  );
  return [
    ...words,
    ...expansions.map((each) => ({ term: `${each.text}${each.sign}`, weight: 1, anyOf: each.terms })),
  ];
}

function isFixedOrder(sort: Sort | undefined): boolean {
  return sort !== undefined && sort !== 'relevance';
}

function everyPaper({ size }: FieldIndex): Match {
  return { mask: new Uint8Array(size).fill(1), count: size, notices: [] };
}

function both(a: Match | undefined, b: Match | undefined): Match | undefined {
  return a && b ? matchBoth(a, b) : (a ?? b);
}

function hasFilters(filters: Filters | undefined): filters is Filters {
  return (
    filters !== undefined &&
    Object.values(filters).some((value) => (Array.isArray(value) ? value.length > 0 : value !== undefined))
  );
}

function expansionsOf({ condition }: Query, lexical: LexicalIndex): Expansion[] {
  if (!condition) return [];
  return positiveTexts(condition).flatMap((asked) =>
    asked.kind === 'prefix' || asked.kind === 'fuzzy'
      ? [
          {
            text: asked.text,
            sign: asked.kind === 'prefix' ? '*' : '~',
            terms: lexical.expansions(asked, MAX_EXPANSIONS),
          },
        ]
      : [],
  );
}
