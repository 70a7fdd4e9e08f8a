import { expect, test } from 'vitest';
import { parseQuery } from '../../src/query/parser.ts';
import {
  citationsText,
  linkedUrl,
  reasonOf,
  referencesText,
  referenceUrl,
  relationText,
} from '../../src/web/citations.ts';

test.each([
  'arxiv:2101.11408',
  'doi:10.1000/x(1)',
  'garden/0',
  'with blanks, and a comma,',
  'ends with.',
  'AND',
  '-minus',
])('searches for the papers that cite %s, and for those that it cites', (id) => {
  for (const [direction, fact] of [
    ['citations', 'cites'],
    ['references', 'citedBy'],
  ] as const) {
    const parameters = new URL(linkedUrl(id, direction)!, 'http://x').searchParams;
    expect(parameters.get('sort')).toBe('citations');
    const { plain, condition } = parseQuery(parameters.get('q')!);
    expect([plain, condition]).toMatchObject(['', { kind: 'fact', fact, text: id }]);
  }
});

test.each(['hostile/"><script>alert(0)</script>', '“quoted”'])(
  'has no search for %s, which the query language cannot express',
  (id) => {
    expect(linkedUrl(id, 'citations')).toBeUndefined();
  },
);

test.each([
  [0, 0, 'No references are known.'],
  [12, 19, '31 references, 12 of them here.'],
  [1200, 1, '1,201 references, 1,200 of them here.'],
  [2, 0, '2 references, all of them here.'],
  [0, 2, '2 references, none of them here.'],
  [1, 0, '1 reference, which is here.'],
  [0, 1, '1 reference, which is not here.'],
])('%d references here and %d elsewhere: %s', (here, elsewhere, text) => {
  expect(referencesText(here, elsewhere)).toBe(text);
});

test.each([
  [0, 'No paper here cites it.'],
  [1, 'Cited by 1 paper here.'],
  [2500, 'Cited by 2,500 papers here.'],
])('%d citations: %s', (count, text) => {
  expect(citationsText(count)).toBe(text);
});

const cites = { id: 'a', relation: 'cites' } as const;
const citedBy = { id: 'b', relation: 'citedBy' } as const;
test.each([
  [2, [cites, cites], 'Cites 2 of them'],
  [1, [citedBy], 'Cited by 1 of them'],
  [3, [citedBy, cites, citedBy], 'Cites 1 of them, cited by 2 of them'],
  [40, [citedBy, cites], '40 links to them'],
])('a paper with %d links is there because: %j', (links, via, text) => {
  expect(reasonOf({ links, via })).toBe(text);
});

const NO_LINKS = { cites: false, citedBy: false, citedTogether: 0, sharedReferences: 0 };
test.each([
  [undefined, [], ''],
  [undefined, ['worms', 'soil', 'rain'], 'Shares worms, soil'],
  [{ ...NO_LINKS, citedTogether: 4 }, [], 'Cited together by 4 papers'],
  [
    { ...NO_LINKS, cites: true, sharedReferences: 1 },
    ['worms'],
    'Cites it · Share 1 reference · Shares worms',
  ],
])('a paper with the links %j and the words %j is related: %s', (links, sharedTerms, text) => {
  expect(relationText({ links, sharedTerms }, 2)).toBe(text);
});

test.each([
  ['doi:10.1000/182', 'https://doi.org/10.1000/182'],
  ['doi:10.1000/a<b>', 'https://doi.org/10.1000/a%3Cb%3E'],
  ['s2:123 arxiv:2101.11408', 'https://arxiv.org/abs/2101.11408'],
  ['javascript:alert(1)', undefined],
  ['constructor:x', undefined],
  ['an id of the corpus', undefined],
])('the reference %s has the address %s', (reference, url) => {
  expect(referenceUrl(reference)).toBe(url);
});
