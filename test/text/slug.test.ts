import { expect, test } from 'vitest';
import { isSlug, slugOf } from '../../src/text/slug.ts';

test.each([
  ['Self-Improvement (2024)', 'self-improvement-2024'],
  ['Übersicht  naïve', 'ubersicht-naive'],
  ['情報検索', 'collection'],
  ['con', 'collection-con'],
  ['../../etc', 'etc'],
  ['x'.repeat(300), 'x'.repeat(60)],
])('the id of "%s" is %s', (name, id) => {
  expect(slugOf(name, 'collection')).toBe(id);
  expect(isSlug(id)).toBe(true);
});

test.each(['..', '', '-a', 'a/b', 'A', 'a.log', 'a\n', 'x'.repeat(90)])('"%s" is not an id', (id) => {
  expect(isSlug(id)).toBe(false);
});
