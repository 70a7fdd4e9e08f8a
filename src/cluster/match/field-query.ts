import { keyOfValue } from '../../indexes/fields/value-column.ts';
import type { IdentifierField, ValuesField } from '../../papers/field.ts';
import { EVERY_FIELD, type EveryNameOf } from '../../papers/internal-fields.ts';
import { foldValue } from '../../text/fold-value.ts';
import { tokenize } from '../../text/tokenizer.ts';
import type { ClusterQuery, Known } from '../search/lookups.ts';
import { keysPath, valuesPath, withinPath } from '../store/paths.ts';
import { storedKeyword, storedWord } from '../store/stored-texts.ts';
import { NO_PAPER, term } from './queries.ts';

/** The papers with a value, ignoring case and accents. */
export function withValue(name: EveryNameOf<'values'>, value: string): ClusterQuery {
  const field = EVERY_FIELD.find((each): each is ValuesField => each.name === name)!;
  const key = keyOfValue(field)(foldValue(value));
  return key === '' ? NO_PAPER : term(valuesPath(name), storedKeyword(key));
}

/**
 * The papers with a value that contains all words of a text, whole and in any order ("LG" in "cs.LG"); of a text without
 * words, the papers with the value that equals it. @param name of a field without indexed text.
 */
export function withWords(name: EveryNameOf<'values'>, text: string): ClusterQuery {
  const words = tokenize(text).filter(({ kind }) => kind === 'word');
  if (words.length === 0) return withValue(name, text);
  const distinct = [...new Set(words.map(({ surface }) => storedWord(surface)))];
  const path = withinPath(name);
  if (distinct.length === 1) return term(path, distinct[0]!);
  // All words of one value are at one position.
  const intervals = distinct.map((query) => ({ match: { query } }));
  return { intervals: { [path]: { all_of: { intervals, ordered: false, max_gaps: 0 } } } };
}

/** The papers with an identifier: of the keys that it may have, the first that a paper has counts. */
export function withIdentifier(
  identifier: string,
  name: EveryNameOf<'identifier'>,
  known: Known,
): ClusterQuery {
  const field = EVERY_FIELD.find((each): each is IdentifierField => each.name === name)!;
  const queries = field.lookUp(identifier).map((key) => term(keysPath(name), storedKeyword(key)));
  return queries.slice(0, -1).find((query) => known.count(query) > 0) ?? queries.at(-1) ?? NO_PAPER;
}
