import { SEPARATOR } from '../../search/suggest/spelling-counts.ts';
import type { TypedWord } from '../../search/suggest/typed.ts';
import type { TypedName } from '../../search/suggest/typed-name.ts';
import { valueKey } from '../../search/suggest/values.ts';
import type { SearchBody, SearchResult } from '../client/cluster-client.ts';

/*
 * Searches for the values, words and identifiers that a text may be completed to, and what they found. Values are counted
 * by an aggregation over the papers that have them, which needs no table of all values in the memory of the nodes.
 */

/** Values that one search returns: those of the most papers. */
const MAX_VALUES = 1000;
/** Papers of each shard whose values are counted: a beginning of one letter fits nearly all. */
const MAX_COUNTED = 10_000;
/** Titles that are added where there are more values: the shortest, since most titles are of one paper. */
const MAX_TITLES = 50;
/** Longest list of words in a regular expression: the cluster takes 1,000 characters. */
const MAX_PATTERN = 900;
/** Words of which values must contain all: more make the automaton large, and the papers have all words anyway. */
const MAX_WORDS = 3;

const VALUES = 'suggest.values';
const WORDS = 'suggest.words';
const TITLE = valueKey('', 'title');
const AUTHOR = valueKey('', 'author');

type Query = Readonly<Record<string, unknown>>;

/** A value with its spelling, as papers have it in `suggest.values`, and how many papers have it. */
export interface CountedEntry {
  readonly entry: string;
  readonly papers: number;
}

/** What a search for values, words or identifiers found. */
export interface Found {
  readonly entries: readonly CountedEntry[];
  /** Whether there are more. */
  readonly isCut: boolean;
  /** Whether some papers that have them were not read: then counts are too low. */
  readonly isSampled: boolean;
}

/** Searches for the values that begin with a text. @param prefix of their keys. */
export function valuesWithPrefix(prefix: string): SearchBody {
  return counted(VALUES, { prefix: { [VALUES]: prefix } }, `${escaped(prefix)}@`);
}

/** Searches for the authors that have a word of a name, in one of its spellings. */
export function authorsNamed({ anchors, isOpen }: Pick<TypedName, 'anchors' | 'isOpen'>): SearchBody {
  const should = anchors.map((word) => ({ [isOpen ? 'prefix' : 'term']: { [WORDS]: word } }));
  const words = anchors.map((word) => `@ ${escaped(word)}${isOpen ? '' : ' '}@`).join('|');
  return counted(VALUES, { bool: { should } }, `(${words})&(@${AUTHOR}${SEPARATOR}@)`);
}

/** Searches for the values that have all words, in any order. */
export function valuesWithWords(words: readonly TypedWord[]): SearchBody {
  const longest = words.toSorted((a, b) => b.word.length - a.word.length).slice(0, MAX_WORDS);
  const include = longest.map(({ needle }) => `(@${escaped(needle)}@)`).join('&');
  return counted(VALUES, papersWith(words, WORDS), include);
}

/**
 * Searches for the values that have one of several words.
 * @param words the nearest first. @param certain words that the papers have, too. @param others lists of words: papers have one of each.
 */
export function valuesWithAny(
  words: readonly string[],
  certain: readonly TypedWord[],
  others: readonly (readonly string[])[],
): SearchBody {
  const fitting = firstOf(words, MAX_PATTERN);
  const anyOf = [fitting, ...others].map((list) => ({ terms: { [WORDS]: list } }));
  const query = { bool: { filter: [papersWith(certain, WORDS), ...anyOf] } };
  return counted(VALUES, query, `@ (${fitting.map(escaped).join('|')}) @`);
}

/** As many of the first words as a pattern of some length has room for. */
function firstOf(words: readonly string[], length: number): readonly string[] {
  let left = length;
  return words.filter((word) => {
    left -= escaped(word).length + 1;
    return left >= 0;
  });
}

/** Searches for the words that begin with a text. */
export function wordsWithPrefix(prefix: string): SearchBody {
  return counted(WORDS, { prefix: { [WORDS]: prefix } }, `${escaped(prefix)}@`);
}

/** Searches for the identifiers that begin with a text, in their order. */
export function identifiersWithPrefix(prefix: string): SearchBody {
  const field = 'suggest.identifiers';
  return counted(field, { prefix: { [field]: prefix } }, `${escaped(prefix)}@`, { _key: 'asc' });
}

/** Searches for the shortest titles that begin with a text. @param prefix of their keys. */
export function shortestTitlesWithPrefix(prefix: string): SearchBody {
  return shortestTitles({ regexp: { [VALUES]: { value: `${escaped(prefix)}@${TITLE}${SEPARATOR}@` } } });
}

/** Searches for the shortest titles that have all words, in any order. */
export function shortestTitlesWithWords(words: readonly TypedWord[]): SearchBody {
  return shortestTitles(papersWith(words, 'surfaces.title'));
}

/** How many papers have a word. */
export function papersWithWord(word: string): SearchBody {
  return { query: { term: { [WORDS]: word } }, size: 0, track_total_hits: true };
}

/** How many papers have a value, in any spelling. @param key of `valueKey`. */
export function papersWithValue(key: string): SearchBody {
  return { query: { prefix: { [VALUES]: key + SEPARATOR } }, size: 0, track_total_hits: true };
}

/** Searches for the first paper with a value in one spelling. */
export function firstPaperWith(entry: string): SearchBody {
  return {
    query: { term: { [VALUES]: entry } },
    size: 1,
    sort: [{ id: 'asc' }],
    _source: false,
    docvalue_fields: ['id'],
  };
}

/** Reads the answer to one of the searches for values, words or identifiers. */
export function foundIn({ hits, aggregations }: SearchResult<unknown>): Found {
  const { doc_count, found } = aggregations!.read as {
    readonly doc_count: number;
    readonly found: {
      readonly sum_other_doc_count: number;
      readonly buckets: readonly { readonly key: string; readonly doc_count: number }[];
    };
  };
  return {
    entries: found.buckets.map(({ key, doc_count: papers }) => ({ entry: key, papers })),
    isCut: found.sum_other_doc_count > 0,
    isSampled: doc_count < hits.total!.value,
  };
}

/** Reads the answer to a search for titles: each is of one paper at least. */
export function titlesIn({ hits }: SearchResult<unknown>): CountedEntry[] {
  const entries = hits.hits.flatMap(({ fields }) => (fields?.[VALUES] ?? []) as readonly string[]);
  const titles = entries.filter((entry) => entry.includes(TITLE + SEPARATOR));
  return [...new Set(titles)].map((entry) => ({ entry, papers: 1 }));
}

/** The papers that have all words, whole or as beginnings. */
function papersWith(words: readonly TypedWord[], field: string): Query {
  const filter = words.map(({ word, open }) => ({ [open ? 'prefix' : 'term']: { [field]: word } }));
  return { bool: { filter } };
}

function shortestTitles(query: Query): SearchBody {
  return {
    query: { constant_score: { filter: query } },
    size: MAX_TITLES,
    sort: [{ 'suggest.titleLength': 'asc' }, { id: 'asc' }],
    _source: false,
    docvalue_fields: [VALUES],
    track_total_hits: false,
  };
}

function counted(field: string, query: Query, include: string, order?: Query): SearchBody {
  const terms = { field, include, size: MAX_VALUES, shard_size: 2 * MAX_VALUES, execution_hint: 'map' };
  return {
    query: { constant_score: { filter: query } },
    size: 0,
    track_total_hits: true,
    aggs: {
      read: {
        sampler: { shard_size: MAX_COUNTED },
        aggs: { found: { terms: order ? { ...terms, order } : terms } },
      },
    },
  };
}

/** A text in a regular expression of the cluster, where each character is itself. */
function escaped(text: string): string {
  return text.replace(/[^\p{L}\p{M}\p{N}\s]/gu, '\\$&');
}
