import { PaperSearchError } from '../../errors.ts';
import { expansionOf } from '../../indexes/keyword/term-expansion.ts';
import {
  fieldsOf,
  patternOf,
  type TermQuery,
  type TextPattern,
  unitsOf,
  wholePatternOf,
} from '../../indexes/keyword/text-pattern.ts';
import type { TextField } from '../../papers/fields.ts';
import type { TextCondition } from '../../query/ast.ts';
import { termOf, wordsIn } from '../../text/analyzer.ts';
import type { Language } from '../../text/languages.ts';
import { NO_TERM } from '../../text/stemmer.ts';
import { tokenize } from '../../text/tokenizer.ts';
import type { ClusterQuery, Known } from '../search/lookups.ts';
import { surfacesPath, TERMS, wordsPath } from '../store/paths.ts';
import { storedWord } from '../store/stored-texts.ts';
import type { MatchTools } from './match-tools.ts';
import { oneWord, pathQuery, plainPhrase, source } from './path-query.ts';
import { type Place, type PlacedPattern, pathsOf } from './phrase-paths.ts';
import { allOf, anyOf, NO_PAPER, prefix, term, terms } from './queries.ts';
import { readQuery } from './read-query.ts';

/** Ways to match one phrase, each a clause in every field: papers write few pairs of words as one. */
const MAX_PATHS = 100;

/**
 * The papers whose text satisfies a condition, as `KeywordIndex.match` finds them, but exact for the stop words of
 * phrases and for prefixes, however many papers there are.
 * @returns undefined when the text has no word that is indexed.
 * @throws PaperSearchError BAD_REQUEST for a phrase with very many words that papers write as one.
 */
export function textQuery(condition: TextCondition, tools: MatchTools): ClusterQuery | undefined {
  const pattern = patternOf(condition, tools.languages);
  if (!pattern) return undefined;
  const fields = fieldsOf(condition.field);
  const anywhere = condition.field === undefined;
  switch (condition.kind) {
    case 'words':
      return allOf(
        unitsOf(pattern).map((unit) =>
          anyOf([
            phraseQuery(condition, unit.pattern, fields, anywhere, tools),
            ...unit.joined.map((word) => wordQuery(word, fields, anywhere)),
          ]),
        ),
      );
    case 'near':
      return anyOf(fields.map((field) => nearQuery(pattern, condition.distance, field, tools)));
    case 'phrase': {
      const placed = withStopWords(condition, tools.languages);
      return phraseQuery(condition, placed ?? pattern, fields, anywhere, tools);
    }
    case 'prefix':
      return prefixWord(condition.text) === undefined
        ? phraseQuery(condition, pattern, fields, anywhere, tools)
        : prefixQuery(condition.text, pattern, fields, anywhere, tools);
    case 'fuzzy':
      return phraseQuery(condition, pattern, fields, anywhere, tools);
  }
}

/** Papers with one of the terms of a query in any of several fields. @param anywhere whether these are all fields. */
function wordQuery(query: TermQuery, fields: readonly TextField[], anywhere: boolean): ClusterQuery {
  return anywhere ? oneWord(query, TERMS) : anyOf(fields.map((field) => oneWord(query, wordsPath(field))));
}

function phraseQuery(
  condition: TextCondition,
  pattern: PlacedPattern,
  fields: readonly TextField[],
  anywhere: boolean,
  tools: MatchTools,
): ClusterQuery {
  const { known } = tools;
  const paths = pathsOf(pattern, (query) => isKnown(query, known), MAX_PATHS);
  if (!paths) {
    const among = allOf(
      wordsOfPlaces(pattern).map((words) => anyOf(words.map((word) => wordQuery(word, fields, anywhere)))),
    );
    const read = condition.kind === 'phrase' ? readQuery(condition, among, tools) : undefined;
    if (!read) throw tooManyWays(condition);
    return read;
  }
  return anyOf(
    paths.flatMap((path) => {
      const [word, ...others] = path.length === 1 ? path[0]! : [];
      return word !== undefined && word.kind !== 'surface' && others.length === 0
        ? [wordQuery(word, fields, anywhere)]
        : fields.map((field) => pathQuery(path, field));
    }),
  );
}

/** For each place of a phrase that requires a word, the words of which a paper must have one. */
function wordsOfPlaces({ words, joined }: PlacedPattern): TermQuery[][] {
  return words.flatMap((place, at) => {
    const [own] = place.filter((query) => query.kind !== 'surface');
    if (own === undefined) return [];
    const over = joined.filter(({ from, to }) => from <= at && at < to);
    return [[own, ...over.map(({ term: query }) => query)]];
  });
}

/** Whether any paper has a term of a query; prefixes and misspelt words may have some. */
function isKnown(query: TermQuery, known: Known): boolean {
  return query.kind !== 'term' || known.count(terms(TERMS, expansionOf(query).terms.map(storedWord))) > 0;
}

/**
 * The pattern of a phrase with its stop words, which a paper must have in their places; undefined for a phrase without any.
 */
function withStopWords(condition: TextCondition, languages: readonly Language[]): PlacedPattern | undefined {
  const { text } = condition;
  const pattern = wholePatternOf(condition, languages)!;
  const inAll = languages.map((language) => wordsIn(text, language));
  const written = tokenize(text).filter(({ kind }) => kind === 'word');
  const words: Place[] = [...pattern.words];
  let hasStopWords = false;
  for (const [at, { position }] of written.entries()) {
    const forms = inAll.map((each) => each[at]!);
    if (!forms.some((word, i) => termOf(text, word, languages[i]!) === NO_TERM)) continue;
    hasStopWords = true;
    const texts = [...new Set(forms.map(({ surface }) => surface))];
    words[position] = [...words[position]!, { kind: 'surface', texts }];
  }
  if (!hasStopWords) return undefined;
  // A paper that joins more than two words, stop words among them, has them in their places too.
  return { words, joined: pattern.joined.filter(({ from, to }) => to - from <= 2) };
}

function nearQuery(
  pattern: TextPattern,
  distance: number,
  field: TextField,
  { known }: MatchTools,
): ClusterQuery {
  const joined = pattern.joined.filter(({ term: query }) => isKnown(query, known));
  const places = new Map<string, ClusterQuery>();
  for (const [at, required] of pattern.words.entries()) {
    // Words with the same terms in the corpus are one word, as in an index on this machine.
    const key = JSON.stringify(required.map((query) => knownTerms(query, known)));
    if (required.length === 0 || places.has(key)) continue;
    const over = joined.filter(({ from, to }) => from <= at && at < to);
    const sources = [source(required, field), ...over.map(({ term: query }) => source([query], field))];
    places.set(key, sources.length === 1 ? sources[0]! : { any_of: { intervals: sources } });
  }
  // Sources may be at one position, as a word that joins two others is.
  const all = { intervals: [...places.values()], ordered: false, max_gaps: distance };
  return { intervals: { [wordsPath(field)]: { all_of: all } } };
}

/** The terms of a query that any paper has. */
function knownTerms(query: TermQuery, known: Known): readonly string[] {
  return expansionOf(query).terms.filter((each) => known.count(term(TERMS, storedWord(each))) > 0);
}

/** The folded word of a text with exactly one; undefined for others. */
function prefixWord(text: string): string | undefined {
  const tokens = tokenize(text);
  return tokens.length === 1 ? tokens[0]!.surface : undefined;
}

/** Papers with a word that begins with a prefix, and not only its stem. */
function prefixQuery(
  text: string,
  pattern: TextPattern,
  fields: readonly TextField[],
  anywhere: boolean,
  { known }: MatchTools,
): ClusterQuery {
  const word = prefixWord(text)!;
  const query = pattern.words[0]![0]!;
  const found = wordQuery(query, fields, anywhere);
  const { terms: exact, prefixes } = expansionOf(query);
  const others = anyOf([
    terms(TERMS, exact.filter((each) => !each.startsWith(word)).map(storedWord)),
    ...prefixes.filter((each) => !each.startsWith(word)).map((each) => prefix(TERMS, storedWord(each))),
  ]);
  // As in an index on this machine: terms that begin with the prefix are enough where no others are known.
  if (others === NO_PAPER || known.count(others) === 0) return found;
  return allOf([found, anyOf(fields.map((field) => prefix(surfacesPath(field), storedWord(word))))]);
}

/** Papers whose title contains words one after another, stop words too; no paper for a text without words. */
export function titlePhrase(text: string): ClusterQuery {
  const words = tokenize(text).filter(({ kind }) => kind === 'word');
  if (words.length === 0) return NO_PAPER;
  const path = surfacesPath('title');
  const texts = words.map(({ surface }) => storedWord(surface));
  return texts.length === 1 ? term(path, texts[0]!) : plainPhrase(texts, path);
}

function tooManyWays({ text, kind }: TextCondition): PaperSearchError {
  const shown = text.length > 60 ? `${text.slice(0, 60)}…` : text;
  return new PaperSearchError(
    'BAD_REQUEST',
    `The ${kind} "${shown}" has so many neighbouring words that papers also write as one word that a cluster cannot look for all ways to write it. Use a shorter ${kind}.`,
    { details: { parameter: 'q' } },
  );
}
