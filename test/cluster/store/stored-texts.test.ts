import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  ALTERNATIVE,
  GAP,
  isDigest,
  PART,
  sortText,
  storedKeyword,
  storedWord,
} from '../../../src/cluster/store/stored-texts.ts';
import { compareTexts } from '../../../src/util/compare-texts.ts';

/** Lucene takes no longer terms. */
const MAX_TERM_BYTES = 32_766;
const wild = fc.string({ unit: 'binary', maxLength: 12 });

test('keeps texts that fit, and cuts others to a beginning and a digest', () => {
  expect(storedKeyword('a value')).toBe('a value');
  const long = storedKeyword('é'.repeat(20_000));
  expect(Buffer.byteLength(long)).toBeLessThan(MAX_TERM_BYTES);
  expect(long.startsWith('é'.repeat(2_000))).toBe(true);
  expect(isDigest(long)).toBe(true);
  expect(isDigest('a value')).toBe(false);
  expect(long).not.toBe(storedKeyword('é'.repeat(20_001)));
});

test('cuts no character in half', () => {
  const long = storedKeyword(`a${'😀'.repeat(20_000)}`);
  expect(Buffer.from(long).toString()).toBe(long);
  expect(Buffer.from(storedKeyword('half \ud83d')).toString()).toBe('half \ufffd');
});

test('makes one word of a word with anything in it', () => {
  fc.assert(
    fc.property(wild, wild, (a, b) => {
      const word = storedWord(`${a} \u0001\u0002\u0003\t\u001c\u2028${b}x`);
      expect(word).not.toMatch(/\s/u);
      for (const sign of [PART, GAP, ALTERNATIVE]) expect(word).not.toContain(sign);
    }),
  );
  expect(storedWord('y'.repeat(50_000))).toHaveLength(2_065);
  for (const sign of [GAP, ALTERNATIVE]) expect(storedWord('y'.repeat(50_000))).not.toContain(sign);
});

test('makes keys whose order by bytes is the order of the texts by code units', () => {
  const text = fc.oneof(
    fc.string({
      unit: fc.constantFrom(
        'a',
        'ÿ',
        '\ud7ff',
        '\ue000',
        '\uffff',
        '😀',
        '\u{10fffd}',
        '\u{10fffe}',
        '\u{10ffff}',
      ),
    }),
    fc.string({ unit: 'binary' }),
  );
  fc.assert(
    fc.property(text, text, (a, b) => {
      const order = Buffer.compare(Buffer.from(sortText(a)), Buffer.from(sortText(b)));
      expect(Math.sign(order)).toBe(compareTexts(a, b));
    }),
  );
  expect(sortText('A title, as it is')).toBe('A title, as it is');
});
