import { expect, test } from 'vitest';
import {
  authorsNamed,
  foundIn,
  identifiersWithPrefix,
  titlesIn,
  valuesWithAny,
  valuesWithWords,
} from '../../../src/cluster/suggest/candidate-values.ts';
import { suggestFieldsOf } from '../../../src/cluster/suggest/suggest-fields.ts';
import { typedText } from '../../../src/search/suggest/typed.ts';
import { paperOf } from '../../support/papers.ts';

test('a document has the values, words and identifiers of its paper', () => {
  const paper = paperOf({
    id: 'known-1',
    title: 'Zebra  STRIPES',
    authors: ['Udo Pooch', 'UDO pooch', '…'],
    keywords: ['stripes'],
    externalIds: { doi: '10.1000/Zebra' },
  });
  expect(suggestFieldsOf(paper)).toEqual({
    values: [' zebra stripes \f\nZebra STRIPES', ' udo pooch \t\nUdo Pooch', ' stripes \v\nstripes'],
    words: ['zebra', 'stripes', 'udo', 'pooch'],
    titleLength: ' zebra stripes '.length,
    identifiers: ['10.1000/zebra', 'known-1'],
  });
});

test('leaves out values that are too long for the cluster, and half characters', () => {
  const { values } = suggestFieldsOf(
    paperOf({ title: 'word '.repeat(5000), keywords: ['half \ud800 character'] }),
  );
  expect(values).toHaveLength(1);
  expect(values[0]).not.toMatch(/\p{Cs}/u);
});

const includeOf = (body: ReturnType<typeof valuesWithWords>) =>
  (body.aggs as { read: { aggs: { found: { terms: { include: string } } } } }).read.aggs.found.terms.include;

test('signs of regular expressions are signs of the text', () => {
  expect(includeOf(identifiersWithPrefix('10.1000/a(b'))).toBe('10\\.1000\\/a\\(b@');
  expect(includeOf(authorsNamed({ anchors: ['müller', 'muller'], isOpen: true }))).toBe(
    '(@ müller@|@ muller@)&(@\t\n@)',
  );
  expect(includeOf(valuesWithWords(typedText('deep learn')!.words))).toBe('(@ learn@)&(@ deep @)');
});

test('as many similar words as a pattern has room for are looked for, the nearest first', () => {
  const words = Array.from({ length: 400 }, (_, i) => `zebra${i}`);
  const body = valuesWithAny(words, [], []);
  expect(includeOf(body).length).toBeLessThan(1000);
  expect(includeOf(body)).toContain('(zebra0|zebra1|');
});

test('says whether values or papers were left out', () => {
  const answer = (others: number, read: number) => ({
    took: 1,
    hits: { total: { value: 7, relation: 'eq' as const }, max_score: null, hits: [] },
    aggregations: {
      read: {
        doc_count: read,
        found: { sum_other_doc_count: others, buckets: [{ key: ' a \f\nA', doc_count: 2 }] },
      },
    },
  });
  expect(foundIn(answer(0, 7))).toEqual({
    entries: [{ entry: ' a \f\nA', papers: 2 }],
    isCut: false,
    isSampled: false,
  });
  expect(foundIn(answer(3, 5))).toMatchObject({ isCut: true, isSampled: true });
});

test('reads only titles, each once', () => {
  const hit = (values: readonly string[]) => ({
    _index: 'i',
    _id: '1',
    _score: null,
    _source: {},
    fields: { 'suggest.values': values },
  });
  const hits = [hit([' a \f\nA', ' udo \t\nUdo']), hit([' a \f\nA'])];
  expect(titlesIn({ took: 1, hits: { max_score: null, hits } })).toEqual([{ entry: ' a \f\nA', papers: 1 }]);
});
