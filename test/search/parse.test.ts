import { describe, expect, test } from 'vitest';
import { paperOf } from '../support/papers.ts';
import { snapshotOver } from '../support/snapshot-over.ts';

const { snapshot } = await snapshotOver([
  paperOf({ id: 'a', title: 'Cats and dogs' }),
  paperOf({ id: 'b', title: 'Birds that sing' }),
]);
const prose = `In this paper we study cats, which are "small tigers" to some -or so it seems- and dogs, and we show by
many experiments of our own that the two of them live well together in most houses.`;
const total = async (query: string, options = {}) =>
  (await snapshot.search({ query, mode: 'semantic', ...options })).total;

describe('a long text', () => {
  test('is prose: its quotation marks and dashes are not operators, and a notice says so', async () => {
    const { total: all, understood } = await snapshot.search({ query: prose, mode: 'semantic' });
    expect(all).toBe(2);
    expect(understood.text).toBe(prose);
    expect(understood.notices[0]?.message).toContain('prose');
  });

  test('has operators if it uses characters that prose does not contain, or is strict', async () => {
    expect(await total(`${prose} title:birds`)).toBe(0);
    expect(await total(`${prose.replaceAll('"', '')} title:birds`)).toBe(1);
    expect(await total(prose, { strict: true })).toBe(0);
  });
});

const long = prose.replace(/"|-/g, '');
const longer = `${long} ${long.replace('In this paper we', 'We also')}`;
const phrases = ['a b c', 'd e f', 'g h i', 'k l m', 'n o p', 'q r s', 't u v', 'w x y', 'z a b', 'c d e'];

describe('whether a text is prose', () => {
  const isProse = async (query: string) =>
    (await snapshot.search({ query, mode: 'semantic' })).understood.notices.some(({ message }) =>
      message.includes('prose'),
    );

  test.each([
    ['with a star after a word', `${long} If* not, see below.`],
    ['with LaTeX blanks', `${long} See table~1 and section~2.`],
    ['with words in capitals', `${longer} These are NOT tigers AND live in houses OR flats.`],
    ['with nearness', `${long} "small tigers"~3`],
  ])('is: %s', async (_what, query) => expect(await isProse(query)).toBe(true));

  test.each([
    ['many phrases', phrases.map((phrase) => `"${phrase}"`).join(' ')],
    ['a long list of alternatives', `(${phrases.join(' OR ')}) AND (${phrases.join(' OR ')})`],
    ['operators in no more than 40 words', `${long.split(/\s+/).slice(0, 30).join(' ')} NOT birds that sing`],
    ['a field', `${long} tiger* title:birds`],
    ['a short text', 'small tigers* and cats'],
  ])('is false for %s', async (_what, query) => expect(await isProse(query)).toBe(false));
});

test('treats a query as plain text on request', async () => {
  expect(await total('"no such phrase" -cats')).toBe(0);
  expect(await total('"no such phrase" -cats', { plain: true })).toBe(2);
  expect(await total('(((', { plain: true, strict: true })).toBe(2);
});
