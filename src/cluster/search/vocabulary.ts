import type { FollowingTerm } from '../../indexes/keyword/keyword-index.ts';
import { expansionOf } from '../../indexes/keyword/term-expansion.ts';
import { openTermsOf } from '../../indexes/keyword/text-pattern.ts';
import { TEXT_FIELDS } from '../../papers/fields.ts';
import type { TextCondition } from '../../query/ast.ts';
import type { QueryVocabulary } from '../../search/encode.ts';
import type { Language } from '../../text/languages.ts';
import type { SearchBody, SearchResult } from '../client/cluster-client.ts';
import type { SnapshotMeta } from '../current-snapshot.ts';
import { allOf, prefix, term as withValue } from '../match/queries.ts';
import { spellingPrefix } from '../store/document-words.ts';
import { LANGUAGE, SPELLINGS, wordsPath } from '../store/paths.ts';
import { PART, storedWord } from '../store/stored-texts.ts';
import type { Known } from './lookups.ts';
import { knownSolidWords } from './solid-words.ts';
import { knownTerms, type TermSource, termsOfQuery } from './term-lists.ts';
import { withBigram, withTerm } from './term-queries.ts';

/** Most ways to write one compound that are read, and that one paper has of it. */
const MAX_SPELLINGS = 10_000;

/** The vocabulary of a corpus, as far as it is known. To be used inside `Lookups.resolve`. */
export class KnownVocabulary implements QueryVocabulary {
  readonly languages: readonly Language[];
  readonly solidWords: QueryVocabulary['solidWords'];
  readonly #known: Known;
  /** What was answered before: the same words are asked about again and again. */
  readonly #hasTerm = new Map<string, boolean>();
  readonly #source: TermSource;

  constructor(known: Known, { meta, client, index }: TermSource & { readonly meta: SnapshotMeta }) {
    this.languages = meta.languages;
    this.#known = known;
    this.#source = { client, index };
    this.solidWords = knownSolidWords(this, known, this.#source);
  }

  hasTerm(term: string): boolean {
    let has = this.#hasTerm.get(term);
    if (has === undefined) {
      has = term !== '' && this.#known.count(withTerm(term)) > 0;
      this.#hasTerm.set(term, has);
    }
    return has;
  }

  hasTermIn(term: string, language: Language): boolean {
    if (language === 'en' || term === '') return this.hasTerm(term);
    return this.#known.count(allOf([withTerm(term), withValue(LANGUAGE, language)])) > 0;
  }

  compoundOf(term: string): readonly string[] | undefined {
    const spellings = this.#known.search(spellingsOf(term));
    if (spellings.length === 0) return undefined;
    const all = this.#known.search(occurrencesOf(term));
    const hyphenated = spellings.reduce((sum, { count }) => sum + count, 0);
    if (hyphenated < all - hyphenated) return undefined;
    // The most frequent one; of several, the first in order.
    return spellings.reduce((best, each) => (each.count > best.count ? each : best)).parts;
  }

  isMostlyJoined(joined: string, first: string, second: string): boolean {
    const together: FollowingTerm = { term: second, distance: 1, joined };
    return 2 * this.#known.count(withTerm(joined)) >= this.#known.count(withBigram(first, together));
  }

  areNeighbours(first: string, second: string): boolean {
    // A word is tried at all its places: all are asked about at once.
    return this.#known.count(withBigram(first, { term: second, distance: 1 }), 0) > 0;
  }

  expansions(condition: TextCondition, limit: number): string[] {
    const found = openTermsOf(condition, this.languages).flatMap((query) => {
      const { terms, prefixes, near } = expansionOf(query);
      return [
        ...knownTerms(terms, this.#known),
        ...prefixes.flatMap((text) => this.#list('prefix', { value: storedWord(text) })),
        ...near.flatMap(({ text, edits }) =>
          this.#list('fuzzy', { value: storedWord(text), fuzziness: edits, transpositions: true }),
        ),
      ];
    });
    const counted = Array.from(new Set(found), (text) => ({
      text,
      count: this.#known.count(withTerm(text), 0),
    }));
    return counted
      .sort((a, b) => b.count - a.count || (a.text < b.text ? -1 : 1))
      .slice(0, limit)
      .map(({ text }) => text);
  }

  #list(kind: 'prefix' | 'fuzzy', query: Readonly<Record<string, unknown>>): readonly string[] {
    return termsOfQuery(kind, query, this.#known, this.#source);
  }
}

/** A way to write a compound, and how often the corpus has it. */
interface Spelling {
  readonly parts: readonly string[];
  readonly count: number;
}

function spellingsOf(term: string) {
  const begin = spellingPrefix(term);
  const include = `${begin.replace(/[^\p{L}\p{M}\p{N}]/gu, '\\$&')}.*`;
  const body: SearchBody = {
    query: prefix(SPELLINGS, begin),
    size: 0,
    track_total_hits: false,
    aggs: {
      spellings: {
        terms: {
          field: SPELLINGS,
          include,
          size: MAX_SPELLINGS,
          shard_size: MAX_SPELLINGS,
          order: { _key: 'asc' },
          execution_hint: 'map',
        },
      },
    },
  };
  return { body, read: readSpellings, unknown: [] as readonly Spelling[] };
}

function readSpellings({ aggregations }: SearchResult<unknown>): readonly Spelling[] {
  const { buckets } = aggregations!.spellings as {
    readonly buckets: readonly { readonly key: string; readonly doc_count: number }[];
  };
  const counts = new Map<string, number>();
  for (const { key, doc_count } of buckets) {
    const [, written, times] = key.split(PART);
    counts.set(written!, (counts.get(written!) ?? 0) + doc_count * Number(times));
  }
  return Array.from(counts, ([written, count]) => ({ parts: written.split('-'), count }));
}

/** How often a term occurs in all fields of all papers. */
function occurrencesOf(term: string) {
  const fields = TEXT_FIELDS.map(wordsPath);
  const source = `double n = 0; for (String f : params.fields) { n += termFreq(f, params.term) } return n`;
  const body: SearchBody = {
    query: {
      script_score: {
        query: withTerm(term),
        script: { source, params: { fields, term: storedWord(term) } },
      },
    },
    size: 0,
    track_total_hits: false,
    aggs: { occurrences: { sum: { script: '_score' } } },
  };
  return {
    body,
    read: ({ aggregations }: SearchResult<unknown>): number => aggregations!.occurrences.value as number,
    unknown: 1,
  };
}
