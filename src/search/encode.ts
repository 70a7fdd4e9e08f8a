import type { KeywordIndex, QueryTerm, Vocabulary } from '../indexes/keyword/keyword-index.ts';
import { queryTerms, splitSolidWords } from '../indexes/keyword/query-terms.ts';
import type { Query } from '../query/ast.ts';
import { contentOf } from '../query/intent.ts';
import { positiveTexts, rankingText } from '../query/ranking-text.ts';
import { queryForms } from '../text/query-analyzer.ts';
import type { Corpus } from './corpus.ts';
import { encodedPapers } from './match/encoded-papers.ts';
import type { MatchedQuery } from './match/match-query.ts';
import type { SearchMode } from './mode.ts';
import type { ScoredTerms, ScoreKeeper } from './scored-terms.ts';

/** A query in the form by which the indexes rank papers. */
export interface EncodedQuery extends MatchedQuery {
  readonly mode: SearchMode;
  /** The text that papers are ranked by, without operators and filler phrases; empty if the query has only conditions. */
  readonly text: string;
  /** The text as terms of the keyword index. */
  readonly terms: readonly QueryTerm[];
  /** The prefixes and misspelt words among the terms. */
  readonly expansions: readonly Expansion[];
  /** Terms to highlight: the terms of the text, and those that a prefix or a misspelt word matches. */
  readonly highlighted: ReadonlySet<string>;
  /** The vector of the text, L2-normalised; undefined in keyword mode and without a text. */
  readonly vector: Float32Array | undefined;
  /** Estimates of the terms' scores, where they were computed while the vector was. */
  readonly scored?: ScoredTerms | undefined;
  /** What the stage `feedback` adds; undefined if papers are compared with `vector` itself. */
  readonly feedback?: Feedback | undefined;
}

/** A query that has moved towards the first papers of a ranking (`feedback.ts`). */
interface Feedback {
  /** Positions of these papers, best first. */
  readonly docs: readonly number[];
  /** The query with feedback, L2-normalised: what papers are compared with to rank them. */
  readonly vector: Float32Array;
  /** The confidence score of the ranking without feedback: with it, every paper looks nearer. */
  readonly confidence: number;
}

/** The vector that papers are ranked by. */
export function rankingVector({
  vector,
  feedback,
}: Pick<EncodedQuery, 'vector' | 'feedback'>): Float32Array | undefined {
  return feedback?.vector ?? vector;
}

/** A prefix or a misspelt word of a query. */
export interface Expansion {
  /** The word in the query, without its operator. */
  readonly text: string;
  readonly operator: '*' | '~';
  /** The terms of the index that it matches. */
  readonly terms: readonly string[];
}

/** Most terms that a prefix or a misspelt word adds to ranking and highlights: the most frequent ones. */
const MAX_EXPANSIONS = 50;

/** What the words of queries are looked up in. */
export type QueryVocabulary = Vocabulary & Pick<KeywordIndex, 'expansions'>;

/**
 * The stage `encode`: the terms and the vector of the text that papers are ranked by.
 * @param keeper estimates the scores of a hybrid query while its vector is computed; the caller drops them. Default: they are
 *   estimated when they are needed.
 * @throws PaperSearchError MODEL_UNAVAILABLE or ENCODER_FAILED.
 */
export async function encode(
  matched: MatchedQuery,
  mode: SearchMode,
  { indexes: { lexical, dense }, encode: vectorOf }: Corpus,
  keeper?: ScoreKeeper,
): Promise<EncodedQuery> {
  const { query } = matched.parsed;
  const text = textOf(query, lexical);
  if (mode === 'keyword' || text === '') {
    return { ...matched, mode, ...termsAndText(text, query, lexical), vector: undefined };
  }
  const encoding = vectorOf(text);
  // A failure is thrown below.
  encoding.catch(() => {});
  // The model runs in another process: this one would be idle.
  const words = termsAndText(text, query, lexical);
  const scored = mode === 'hybrid' ? keeper?.keep(words.terms, lexical) : undefined;
  try {
    const vector = await encoding;
    const ranked = mode === 'semantic' ? onlyEncoded(matched, dense.missing) : matched;
    return { ...ranked, mode, ...words, vector, scored };
  } catch (error) {
    if (scored) keeper!.drop(scored);
    throw error;
  }
}

/** A query for the papers that have a vector. @param missing one byte a paper, 1 for those without; undefined if all have one. */
function onlyEncoded(matched: MatchedQuery, missing: Uint8Array | undefined): MatchedQuery {
  if (!missing) return matched;
  const hidden = matched.hidden && encodedPapers(matched.hidden, missing);
  return {
    ...matched,
    match: encodedPapers(matched.match, missing),
    hidden: hidden && hidden.count > 0 ? hidden : undefined,
  };
}

/** The text that papers are ranked by, and its terms. */
export function wordsOf(query: Query, vocabulary: QueryVocabulary): TermsAndText {
  return termsAndText(textOf(query, vocabulary), query, vocabulary);
}

type TermsAndText = Pick<EncodedQuery, 'text' | 'terms' | 'expansions' | 'highlighted'>;

function textOf(query: Query, vocabulary: QueryVocabulary): string {
  return splitSolidWords(contentOf(rankingText(query)), vocabulary);
}

function termsAndText(text: string, query: Query, vocabulary: QueryVocabulary): TermsAndText {
  const expansions = expansionsOf(query, vocabulary);
  const terms = termsOf(text, expansions, vocabulary);
  return {
    text,
    terms,
    expansions,
    highlighted: new Set(
      terms.flatMap(({ term, followedBy, anyOf }) => (followedBy ? [] : (anyOf ?? [term]))),
    ),
  };
}

/** The terms to rank by: those of a text, and those that its prefixes and misspelt words match. */
export function termsOf(
  text: string,
  expansions: readonly Expansion[],
  lexical: Vocabulary,
): readonly QueryTerm[] {
  // The typed part of a prefix is not a word: "optim" of "optim*".
  const typed = new Set(expansions.flatMap((each) => [...queryForms(each.text, lexical.languages)]));
  const words = queryTerms(text, lexical).filter(
    ({ term, followedBy }) => !typed.has(term) && !(followedBy && typed.has(followedBy.term)),
  );
  return [
    ...words,
    ...expansions.map((each) => ({ term: `${each.text}${each.operator}`, weight: 1, anyOf: each.terms })),
  ];
}

function expansionsOf({ condition }: Query, lexical: QueryVocabulary): Expansion[] {
  if (!condition) return [];
  return positiveTexts(condition).flatMap((asked) =>
    asked.kind === 'prefix' || asked.kind === 'fuzzy'
      ? [
          {
            text: asked.text,
            operator: asked.kind === 'prefix' ? '*' : '~',
            terms: lexical.expansions(asked, MAX_EXPANSIONS),
          },
        ]
      : [],
  );
}
