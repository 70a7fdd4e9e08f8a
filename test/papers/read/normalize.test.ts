import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { paperId } from '../../../src/papers/identity.ts';
import { normalizeLine, normalizePaper, normalizeParagraphs } from '../../../src/papers/read/normalize.ts';

const SOURCE = { file: 'f', format: 'jsonl', record: 1 };
const RAW = { title: 'A Title', abstract: '', authors: ['Ann Lee'] };
const normalize = (raw: object, defaults = {}) => normalizePaper({ ...RAW, ...raw }, SOURCE, defaults);

test.each([
  ['white space', ' a\t b\n c\u00a0d ', 'a b c d'],
  ['composition', 'Hu\u0308yu\u0308k', 'Hüyük'],
  ['what nobody sees', 'zero\u200bwidth so\u00adft \u0007bell \u001b[31mred', 'zerowidth soft bell [31mred'],
  ['a joiner inside an emoji', '👩\u200d🔬', '👩\u200d🔬'],
])('normalizeLine: %s', (_, text, expected) => {
  expect(normalizeLine(text)).toBe(expected);
});

test('normalizeLine leaves nothing undone in a text that looks ordinary', () => {
  const slow = (text: string) =>
    text
      .replace(/[\u200b\u200c\u2060\ufeff\u00ad]|(?![\t-\r\u0085])\p{Cc}/gu, '')
      .replace(/\p{Cs}/gu, '\ufffd')
      .normalize('NFC')
      .replace(/[\s\u0085]+/gu, ' ')
      .trim();
  for (let code = 0; code < 0x3400; code++) {
    const letter = String.fromCharCode(code);
    for (const text of [letter, `a${letter}`, `${letter} `, `  a ${letter}  b`]) {
      expect(normalizeLine(text)).toBe(slow(text));
    }
  }
  const unit = fc.integer({ min: 0, max: 0x2100 }).map((code) => String.fromCharCode(code));
  const text = fc.string({ unit: fc.oneof(unit, fc.constantFrom(' ', 'e', 'ü', 'Σ', '–')) });
  fc.assert(fc.property(text, (each) => normalizeLine(each) === slow(each)));
});

test('normalizeParagraphs keeps paragraphs and joins lines', () => {
  expect(normalizeParagraphs(' a\nb \n \n\n c\r\n\r\nd')).toBe('a b\n\nc\n\nd');
});

describe('normalizePaper', () => {
  test('converts times of sessions to the clock of the conference', () => {
    const session = { hall: 'Hall 1', start: '2025-04-26T01:18:00-07:00', end: '2025-04-26T08:30Z' };
    expect(normalize({ session }, { timeZone: 'Asia/Singapore' }).session).toEqual({
      name: undefined,
      hall: 'Hall 1',
      start: '2025-04-26T16:18:00+08:00',
      end: '2025-04-26T16:30:00+08:00',
    });
    expect(normalize({ session }).session).toMatchObject(session);
  });

  test('fills gaps from the defaults and overrules nothing', () => {
    expect(normalize({}, { venue: 'ICLR', year: 2025 })).toMatchObject({ venue: 'ICLR', year: 2025 });
    expect(normalize({ venue: 'ACL', year: 2020 }, { venue: 'ICLR', year: 2025 })).toMatchObject({
      venue: 'ACL',
      year: 2020,
    });
  });

  test('takes prefixes off external ids and links to them', () => {
    const paper = normalize({
      externalIds: { doi: 'https://doi.org/10.1000/ABC', arxiv: 'arXiv:2101.11408v2' },
    });
    expect(paper.externalIds).toMatchObject({ doi: '10.1000/abc', arxiv: '2101.11408' });
    expect(paper.urls.landing).toBe('https://doi.org/10.1000/abc');
  });

  test.each(['javascript:alert(1)', 'data:text/html,x', 'ftp://a.org', 'https://'])(
    'the link %s is dropped',
    (url) => {
      expect(normalize({ urls: { landing: url, pdf: url } }).urls).toEqual({});
    },
  );
});

describe('ids', () => {
  const id = (raw: object) => normalize(raw).id;

  test('one that the source gave is kept', () => {
    expect(id({ id: ' 42 ', externalIds: { doi: '10.1000/x' } })).toBe('42');
  });

  test.each([
    [{ doi: '10.1000/x', arxiv: '2101.10001' }, 'doi:10.1000/x'],
    [{ arxiv: '2101.11408v3', openreview: 'a' }, 'arxiv:2101.11408'],
    [{ openreview: 'a', acl: 'P1' }, 'openreview:a'],
    [{ acl: 'P1', s2: '7' }, 'acl:P1'],
    [{ s2: '7' }, 's2:7'],
  ])('the strongest external id of %o', (externalIds, expected) => {
    expect(id({ externalIds })).toBe(expected);
  });

  test('else words of the title and a digest of title and first author', () => {
    expect(id({ title: 'Mind the Gap: Examining the Self' })).toMatch(
      /^mind-the-gap-examining-the-[0-9a-f]{8}$/,
    );
  });

  test('spelling does not matter, the first author does', () => {
    expect(id({ title: 'Naïve  BAYES.', authors: ['J. Doe', 'B'] })).toBe(
      id({ title: 'naive bayes', authors: ['j doe'] }),
    );
    expect(id({ authors: ['Ann Lee'] })).not.toBe(id({ authors: ['Bo Chan'] }));
  });

  test('the id of known content never changes', () => {
    const paper = { title: 'A Title', abstract: '', authors: ['Ann Lee'], externalIds: {} };
    expect(paperId(paper)).toBe('a-title-b5c69a27');
  });
});

test.each([
  { given: ['A', 'B', 'A', 'B'], kept: ['A', 'B'], why: 'the whole list again' },
  { given: ['A', 'A'], kept: ['A', 'A'], why: 'two people may have one name' },
  { given: ['A', 'B', 'B', 'A'], kept: ['A', 'B', 'B', 'A'], why: 'another order' },
  { given: ['A', 'B', 'A'], kept: ['A', 'B', 'A'], why: 'not all of it' },
  { given: ['A', 'A', 'A', 'A'], kept: ['A', 'A', 'A', 'A'], why: 'no list of different names' },
])('authors $given are kept as $kept: $why', ({ given, kept }) => {
  const raw = { title: 'T', abstract: '', authors: given };
  expect(normalizePaper(raw, { file: 'f', format: 'jsonl', record: 1 }, {}).authors).toEqual(kept);
});
