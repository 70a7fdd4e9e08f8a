import fc from 'fast-check';
import { expect, test } from 'vitest';
import { citationKeys } from '../../../src/papers/write/keys.ts';
import { paperOf } from '../../support/papers.ts';
import { wildPapers } from '../../support/wild-papers.ts';

test.each([
  [{ title: 'Mind the Gap', authors: ['Yuda Song'], year: 2025 }, 'song2025mind'],
  [{ title: 'The Größe of 3D', authors: ['Søren van Ångström Jr.'], year: 1999 }, 'vanangstrom1999grosse'],
  [{ title: 'On the', authors: [] }, 'anonon'],
  [{ title: '图神经网络', authors: ['张三'], date: '2020-01' }, 'anon2020'],
  [{ title: '12 Angry Men', authors: ['OpenAI, Inc.'], year: 2024 }, 'openaiinc202412'],
])('key of %j', (fields, key) => {
  expect(citationKeys([paperOf(fields)])).toEqual([key]);
});

test('distinguishes papers with the same key, whatever their order', () => {
  const a = paperOf({ id: 'a', title: 'Mind A', authors: ['A Song'], year: 2025 });
  const b = paperOf({ id: 'b', title: 'Mind B', authors: ['B Song'], year: 2025 });
  const [keyA, keyB] = citationKeys([a, b]);
  expect(keyA).toMatch(/^song2025mind-[0-9a-f]{6}$/);
  expect(keyB).not.toBe(keyA);
  expect(citationKeys([b, a])).toEqual([keyB, keyA]);
});

test('keys of any papers are unique and can be written in any program', () => {
  fc.assert(
    fc.property(wildPapers, (papers) => {
      const keys = citationKeys(papers);
      expect(new Set(keys).size).toBe(papers.length);
      for (const [at, key] of keys.entries()) {
        const own = papers[at]!.publication?.key;
        if (own === undefined) expect(key).toMatch(/^[a-z0-9-]+$/);
        else expect(key.startsWith(own)).toBe(true);
      }
    }),
  );
});
