import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  identifiersOf,
  keyDigest,
  linkKeysOf,
  lookUpKeys,
  referenceIn,
  referenceTo,
  uniteReferences,
  workKey,
} from '../../src/papers/references.ts';
import { paperOf } from '../support/papers.ts';

describe('referenceIn', () => {
  test.each([
    ['https://doi.org/10.1000/AB.1', 'doi:10.1000/ab.1'],
    ['10.1000/AB.1', 'doi:10.1000/ab.1'],
    ['doi: 10.1000/ab.1', 'doi:10.1000/ab.1'],
    ['https://arxiv.org/abs/2101.11408v2', 'arxiv:2101.11408'],
    ['arXiv:2101.11408', 'arxiv:2101.11408'],
    ['https://openalex.org/W2741809807', 'openalex:W2741809807'],
    ['W2741809807', 'openalex:W2741809807'],
    ['https://openalex.org/W2', 'openalex:W2'],
    ['https://openreview.net/forum?id=aBc-12_xYz', 'openreview:aBc-12_xYz'],
    ['s2:231709433', 's2:231709433'],
    ['0123456789abcdef0123456789abcdef01234567', 's2:0123456789abcdef0123456789abcdef01234567'],
    ['PMID:30000011', 'pmid:30000011'],
    ['P19-1001', 'acl:P19-1001'],
    ['doi:10.1000/ab.1 arxiv:2101.11408v1', 'doi:10.1000/ab.1 arxiv:2101.11408'],
    ['17', '17'],
    ['paper 17', 'paper 17'],
    [' x ', 'x'],
    ['', undefined],
  ])('reads %j as %j', (text, reference) => {
    expect(referenceIn(text)).toBe(reference);
  });

  test('reads what it wrote', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        const once = referenceIn(text.replace(/\s+/g, ' '));
        if (once !== undefined) expect(referenceIn(once)).toBe(once);
      }),
    );
  });
});

describe('referenceTo', () => {
  test('orders identifiers by their strength and leaves out what is not one', () => {
    expect(
      referenceTo([
        ['mag', '2100000000'],
        ['doi', 'https://doi.org/10.1000/X'],
        ['arxiv', 'not an id'],
        ['s2', '7'],
        ['s2', '00000000000000000000000000000000000000ff'],
      ]),
    ).toBe('doi:10.1000/x s2:7 s2:00000000000000000000000000000000000000ff mag:2100000000');
    expect(referenceTo([['doi', undefined]])).toBeUndefined();
  });
});

test('uniteReferences joins references with an identifier in common', () => {
  expect(
    uniteReferences([
      ['doi:10.1000/1', 'openalex:W1'],
      ['doi:10.1000/1 arxiv:2101.00001', 'x y', 'openalex:W2'],
      ['arxiv:2101.00001', 'openalex:W1'],
    ]),
  ).toEqual(['doi:10.1000/1 arxiv:2101.00001', 'openalex:W1', 'x y', 'openalex:W2']);
});

test('identifiersOf splits references to one work, and no ids with blanks', () => {
  expect(identifiersOf('doi:10.1000/1 arxiv:2101.00001')).toEqual(['doi:10.1000/1', 'arxiv:2101.00001']);
  expect(identifiersOf('Smith 2020')).toEqual(['Smith 2020']);
});

describe('keys', () => {
  const finds = (reference: string, paper: Parameters<typeof paperOf>[0]) =>
    lookUpKeys(reference).some((key) => linkKeysOf(paperOf(paper)).includes(key));

  test.each([
    ['doi:10.1000/x', { title: 'A', externalIds: { doi: '10.1000/x' } }],
    ['doi:10.9/none arxiv:2101.11408', { title: 'A', externalIds: { arxiv: '2101.11408' } }],
    ['arxiv:2101.11408', { title: 'A', id: 'arxiv:2101.11408v3' }],
    ['openalex:W17', { title: 'A', externalIds: { openalex: 'W17' } }],
    ['s2:17', { title: 'A', externalIds: { s2: '17' } }],
    [
      's2:00000000000000000000000000000000000000ff',
      {
        title: 'A',
        externalIds: { s2: '17' },
        urls: { landing: 'https://www.semanticscholar.org/paper/00000000000000000000000000000000000000ff' },
      },
    ],
    ['17', { title: 'A', id: '17' }],
    ['old-id', { title: 'A', id: 'new', aliases: ['old-id'] }],
    ['acl:P19-1001', { title: 'A', id: 'P19-1001' }],
  ])('%j finds its paper', (reference, paper) => {
    expect(finds(reference, paper)).toBe(true);
  });

  test.each([
    ['s2:17', { title: 'A', id: '17' }],
    ['17', { title: 'A', externalIds: { s2: '17' } }],
    ['pmid:17', { title: 'A', externalIds: { mag: '17' } }],
  ])('%j does not find a paper with another kind of number', (reference, paper) => {
    expect(finds(reference, paper)).toBe(false);
  });

  test('a work has one key however its identifier is written', () => {
    expect(workKey('doi:10.1000/x')).toBe(workKey(referenceIn('https://doi.org/10.1000/X')!));
  });

  test('digests are whole numbers of 53 bits, different for different keys', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (one, other) => {
        expect(Number.isSafeInteger(keyDigest(one)) && keyDigest(one) >= 0).toBe(true);
        expect(keyDigest(one) === keyDigest(other)).toBe(one === other);
      }),
    );
  });
});
