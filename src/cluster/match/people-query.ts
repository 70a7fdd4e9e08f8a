import { PaperSearchError } from '../../errors.ts';
import { isNamed, personOf } from '../../papers/people.ts';
import { setOfPeople } from '../../search/match/authors.ts';
import type { SearchResult } from '../client/cluster-client.ts';
import type { ClusterQuery, Known } from '../search/lookups.ts';
import { personKey } from '../store/document-fields.ts';
import { PEOPLE, PEOPLE_BY_WORD } from '../store/paths.ts';
import { PART, storedKeyword } from '../store/stored-texts.ts';
import type { MatchTools } from './match-tools.ts';
import { allOf, anyOf, prefix, terms } from './queries.ts';
import { textQuery } from './text-query.ts';

/** Most names that are compared with one: a cluster returns 65,535 values, and takes as many terms. */
const MAX_NAMES = 60_000;
/** The longest regular expression that a cluster takes (`index.max_regex_length`). */
const MAX_REGEX_LENGTH = 1_000;
/** Longer texts are not names, nor words of names: regular expressions have a word twice or three times. */
const MAX_NAME_LENGTH = 500;
const MAX_WORD_LENGTH = 200;
const NO_SPAN = { start: 0, end: 0 };

/**
 * The papers with an author whose name may be this one (`isNamed`); where there is none, those of all the people that
 * the text names, or those with an author whose name contains its words one after another.
 * @throws PaperSearchError BAD_REQUEST for a name that too many people may have.
 */
export function authorQuery(name: string, tools: MatchTools): ClusterQuery | undefined {
  return (
    peopleQuery(name, tools.known) ??
    textQuery({ kind: 'phrase', field: 'author', text: name, span: NO_SPAN }, tools)
  );
}

/**
 * The papers of the people that a whole text names, as `papersOfPeople` finds them.
 * @returns undefined where a part of the text is not an author's name.
 * @throws PaperSearchError BAD_REQUEST for a name that too many people may have.
 */
export function peopleQuery(text: string, known: Known): ClusterQuery | undefined {
  return setOfPeople<ClusterQuery>(text, {
    named: (name) => namedQuery(name, known),
    withFamily: (word) => {
      const family = personOf(word);
      if (family === '' || family.includes(' ')) return undefined;
      if (!isWord(family)) return undefined;
      const own = escaped(family);
      return ifAny({ regexp: { [PEOPLE_BY_WORD]: { value: `${own}${PART}(.* )?${own}` } } }, known);
    },
    inAll: (queries) => ifAny(allOf(queries), known),
    inAny: anyOf,
  });
}

function namedQuery(name: string, known: Known): ClusterQuery | undefined {
  const asked = personOf(name);
  if (asked.length > MAX_NAME_LENGTH) return undefined;
  const words = asked.split(' ');
  // One word alone names everyone who has it.
  if (words.length === 1) {
    return isWord(asked) ? ifAny(prefix(PEOPLE_BY_WORD, personKey(asked)), known) : undefined;
  }
  const solid = personKey(`=${words.join('')}`);
  const anchors = [...new Set(words.filter(isWord))];
  const regexes = [...anchors.map((word) => namesWith(word, words)), `${escaped(solid)}.*`];
  const found = known.search<readonly string[]>({
    body: {
      query: anyOf([
        ...anchors.map((word) => prefix(PEOPLE_BY_WORD, personKey(word))),
        prefix(PEOPLE_BY_WORD, solid),
      ]),
      size: 0,
      track_total_hits: false,
      aggs: Object.fromEntries(regexes.map((include, at) => [at, { terms: { ...NAMES, include } }])),
    },
    read: (result) => keysOf(result, name),
    unknown: [],
  });
  const people = new Set(found.map((key) => key.slice(key.indexOf(PART) + 1)));
  const named = [...people].filter((person) => isNamed(asked, person));
  return named.length === 0 ? undefined : terms(PEOPLE, named.map(storedKeyword));
}

/** Counts names in their order; those of rare words are few. */
const NAMES = {
  field: PEOPLE_BY_WORD,
  size: MAX_NAMES,
  shard_size: MAX_NAMES,
  order: { _key: 'asc' },
  execution_hint: 'map',
};

/**
 * A regular expression of the cluster for the keys of people with a word, and with another word that begins like another
 * one of the name: initials match given names.
 */
function namesWith(word: string, words: readonly string[]): string {
  const others = words.filter((_, at) => at !== words.indexOf(word));
  const initials = `(${[...new Set(others.map((other) => escaped([...other][0]!)))].join('|')})`;
  const own = escaped(word);
  const key = escaped(personKey(word));
  const first = `(.* )?${initials}[^ ]*( .*)? ${own}( .*)?`;
  const last = `(.* )?${own} (.* )?${initials}.*`;
  const regex = `${key}(${first}|${last})`;
  return regex.length <= MAX_REGEX_LENGTH ? regex : `${key}.*`;
}

function keysOf({ aggregations }: SearchResult<unknown>, name: string): readonly string[] {
  const answers = Object.values(aggregations!) as readonly NamesAnswer[];
  if (answers.every(({ sum_other_doc_count: others }) => others === 0)) {
    return answers.flatMap(({ buckets }) => buckets.map(({ key }) => key));
  }
  throw new PaperSearchError(
    'BAD_REQUEST',
    `author: more than ${MAX_NAMES} names of authors may be "${name}". Write more of the name.`,
    { details: { parameter: 'author', name } },
  );
}

interface NamesAnswer {
  readonly buckets: readonly { readonly key: string }[];
  readonly sum_other_doc_count: number;
}

/** Initials are in too many names to find a person by. */
function isWord(word: string): boolean {
  return word.length > 1 && word.length <= MAX_WORD_LENGTH;
}

function ifAny(query: ClusterQuery, known: Known): ClusterQuery | undefined {
  return known.count(query) > 0 ? query : undefined;
}

function escaped(text: string): string {
  return text.replace(/[^\p{L}\p{M}\p{N} ]/gu, '\\$&');
}
