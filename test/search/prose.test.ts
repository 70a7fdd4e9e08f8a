import { describe, expect, test } from 'vitest';
import { paperOf } from '../support/papers.ts';
import { searcherOver } from '../support/searcher-over.ts';

const { searcher } = await searcherOver([
  paperOf({ id: 'a', title: 'Cats and dogs' }),
  paperOf({ id: 'b', title: 'Birds that sing' }),
]);
const prose = `In this paper we study cats, which are "small tigers" to some -or so it seems- and dogs, and we show by
many experiments of our own that the two of them live well together in most houses.`;
const total = async (query: string, options = {}) =>
  (await searcher.search({ query, mode: 'semantic', ...options })).total;

describe('a long text', () => {
  test('is prose: its quotation marks and dashes exclude nothing, and a notice says so', async () => {
    const { total: all, understood } = await searcher.search({ query: prose, mode: 'semantic' });
    expect(all).toBe(2);
    expect(understood.text).toBe(prose);
    expect(understood.notices[0]?.message).toContain('prose');
  });

  test('has operators when it has others than prose has, or is to be strict', async () => {
    expect(await total(`${prose} title:birds`)).toBe(0);
    expect(await total(`${prose.replaceAll('"', '')} title:birds`)).toBe(1);
    expect(await total(prose, { strict: true })).toBe(0);
  });
});

test('a query is plain text when that is said', async () => {
  expect(await total('"no such phrase" -cats')).toBe(0);
  expect(await total('"no such phrase" -cats', { plain: true })).toBe(2);
  expect(await total('(((', { plain: true, strict: true })).toBe(2);
});
