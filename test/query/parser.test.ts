import { describe, expect, test } from 'vitest';
import { PaperSearchError } from '../../src/errors.ts';
import { contentOf } from '../../src/query/intent.ts';
import { parseQuery } from '../../src/query/parser.ts';
import { withoutPlaces } from '../support/plain-tree.ts';

const words = (text: string, field?: string) => ({ kind: 'words', text, field });
const phrase = (text: string, field?: string) => ({ kind: 'phrase', text, field });
const not = (clause: unknown) => ({ kind: 'not', clause });
const and = (...clauses: unknown[]) => ({ kind: 'and', clauses });
const or = (...clauses: unknown[]) => ({ kind: 'or', clauses });
const year = (from?: number, to?: number) => ({ kind: 'year', from, to });

describe('parseQuery', () => {
  test.each([
    ['', '', undefined],
    ['  deep \n learning ', 'deep learning', undefined],
    ['(deep learning)', '(deep learning)', undefined],
    ['deep "neural nets"', 'deep', phrase('neural nets')],
    ['a -b', 'a', not(words('b'))],
    ['a NOT b c', 'a', not(words('b c'))],
    ['a -b c', 'a c', not(words('b'))],
    ['-(a b) -"c d"', '', and(not(words('a b')), not(phrase('c d')))],
    ['a b OR c d', '', or(words('a b'), words('c d'))],
    ['a OR b AND NOT c', '', or(words('a'), and(words('b'), not(words('c'))))],
    ['NOT a AND b', '', and(not(words('a')), words('b'))],
    ['a (b OR c)', 'a', or(words('b'), words('c'))],
    ['a AND (b AND c)', '', and(words('a'), words('b'), words('c'))],
    ['a "b c" d OR e', '', or(and(words('a'), phrase('b c'), words('d')), words('e'))],
    ['Title:a b', 'b', words('a', 'title')],
    ['author:(smith OR jones)', '', or(words('smith', 'author'), words('jones', 'author'))],
    ['title:(a author:b)', '', and(words('a', 'title'), words('b', 'author'))],
    ['category:cs.LG', '', { kind: 'fact', fact: 'area', text: 'cs.LG' }],
    ['session:(Oral 3)', '', { kind: 'fact', fact: 'session', text: 'Oral 3' }],
    ['id:"a b"', '', { kind: 'fact', fact: 'id', text: 'a b' }],
    ['has:PDF', '', { kind: 'has', what: 'pdf' }],
    ['year:2023', '', year(2023, 2023)],
    ['year:2020..2024', '', year(2020, 2024)],
    ['year:2020-2024', '', year(2020, 2024)],
    ['year:>=2022', '', year(2022, undefined)],
    ['year:>2022', '', year(2023, undefined)],
    ['year:<2020', '', year(undefined, 2019)],
    ['year:<=2020', '', year(undefined, 2020)],
    ['year:2020..', '', year(2020, undefined)],
    ['year:..2019', '', year(undefined, 2019)],
    ['learn*', '', { kind: 'prefix', text: 'learn', field: undefined }],
    ['title:lstm~', '', { kind: 'fuzzy', text: 'lstm', edits: 1, field: 'title' }],
    ['Transformr~', '', { kind: 'fuzzy', text: 'Transformr', edits: 2, field: undefined }],
    ['transformr~1', '', { kind: 'fuzzy', text: 'transformr', edits: 1, field: undefined }],
    ['author:Smiht~1', '', { kind: 'fuzzy', text: 'Smiht', edits: 1, field: 'author' }],
    ['transformr~', '', { kind: 'fuzzy', text: 'transformr', edits: 2, field: undefined }],
    ['"a b"~7', '', { kind: 'near', text: 'a b', distance: 7, field: undefined }],
  ])('%s', (text, plain, condition) => {
    const query = parseQuery(text);
    expect(withoutPlaces(query)).toEqual({ plain, condition });
    expect(query.notices).toEqual([]);
  });

  test("returns spans of the query's text", () => {
    const text = 'a title:(b OR "c d") -e';
    const spans: string[] = [];
    JSON.stringify(parseQuery(text).condition, (key, value) => {
      if (key === 'span') spans.push(text.slice(value.start, value.end));
      return value;
    });
    expect(spans.sort()).toEqual(['"c d"', '-e', 'b', 'b OR "c d"', 'b OR "c d") -e', 'e']);
  });

  test.each([
    ['a "b', '"', 'quotation mark'],
    ['a (b', '(', 'matching bracket'],
    ['a) b', ')', 'matching bracket'],
    ['cats AND', 'AND', 'on both sides'],
    ['OR cats', 'OR', 'on both sides'],
    ['cats NOT', 'NOT', 'after it'],
    ['a year:soon', 'year:soon', 'year: takes'],
    ['year:2024..2020', 'year:2024..2020', 'year: takes'],
    ['has:code', 'has:code', 'has: takes'],
    ['title: a', 'title:', 'follow it directly'],
    ['title:() a', 'title:', 'nothing that it could apply to'],
    ['title:!', 'title:!', 'no word'],
    ['a ""', '""', 'no word'],
    ['word~3', 'word~3', '1, 2 or nothing'],
    ['Table~1', 'Table~1', 'lower case'],
    ['see GPT~2', 'GPT~2', 'lower case'],
    ['"a b"~ c', '"a b"~', 'number of words'],
    ['x "language model*"', '"language model*"', 'no effect'],
    ['title:"modl~1 x"~3', 'title:"modl~1 x"', 'no effect'],
  ])('reports a notice for %s, and throws when strict', (text, place, message) => {
    const { notices } = parseQuery(text);
    const span = { start: text.indexOf(place), end: text.indexOf(place) + place.length };
    expect(notices).toEqual([{ span, message: expect.stringContaining(message) }]);
    const error = refusalOf(text, true);
    expect(error).toMatchObject({ code: 'BAD_REQUEST', details: { span } });
    expect(error?.message).toContain(`character ${span.start + 1}: ${notices[0]!.message}`);
  });

  test.each([
    ['"language model* a*"', 'language model a*'],
    ['"Table~1 on modl~"~2', 'Table~1 on modl'],
  ])('ignores operators within quotation marks: %s', (text, words) => {
    expect(parseQuery(text).condition).toMatchObject({ text: words });
  });

  test('parses a query without notices when strict', () => {
    expect(parseQuery('a AND "b c"', { strict: true })).toEqual(parseQuery('a AND "b c"'));
  });

  test.each([
    ['groups', (count: number) => `${'(a OR '.repeat(count)}b${')'.repeat(count)}`, 64, 'groups'],
    ['negations', (count: number) => `${'NOT '.repeat(count)}b`, 64, 'groups'],
    ['conditions', (count: number) => 'xy* '.repeat(count), 256, 'conditions'],
  ])('refuses too many %s', (_, make, most, message) => {
    expect(refusalOf(make(most))).toBeUndefined();
    expect(refusalOf(make(most + 1))).toMatchObject({ code: 'BAD_REQUEST' });
    expect(refusalOf(make(most + 1))?.message).toContain(message);
  });

  test('nests brackets around plain words without a limit', () => {
    const text = `${'('.repeat(20_000)}a${')'.repeat(20_000)}`;
    expect(withoutPlaces(parseQuery(text))).toEqual({ plain: text, condition: undefined });
  });

  test('keeps a pasted abstract plain, except its quotations', () => {
    const text =
      'Title: Wide nets (and deep ones) - a study. We ask: is 5% of O(n log n) "good enough" for p < 0.05? ' +
      'Semi-(self)-supervised agents (e.g., A*) reach -3 dB; see http://x.org/a:b and [1].';
    const { plain, condition } = parseQuery(text);
    expect(plain).toBe(text.replace('"good enough" ', ''));
    expect(condition).toMatchObject(phrase('good enough'));
  });

  test('removes filler from the plain words, not from the conditions', () => {
    const { plain } = parseQuery('papers about self-improvement year:2024');
    expect(plain).toBe('papers about self-improvement');
    expect(contentOf(plain)).toBe('self-improvement');
  });
});

function refusalOf(text: string, strict = false): PaperSearchError | undefined {
  try {
    parseQuery(text, { strict });
    return undefined;
  } catch (error) {
    if (error instanceof PaperSearchError) return error;
    throw error;
  }
}
