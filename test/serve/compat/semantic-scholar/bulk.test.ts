import { beforeAll, describe, expect, test } from 'vitest';
import { firstDayOf } from '../../../../src/papers/day.ts';
import { paperIdOf } from '../../../../src/papers/semantic-scholar/identity.ts';
import type { Snapshot } from '../../../../src/search/engine.ts';
import {
  type BulkRequest,
  type BulkResponse,
  bulkSearch,
} from '../../../../src/serve/compat/semantic-scholar/bulk.ts';
import { fieldsNamed } from '../../../../src/serve/compat/semantic-scholar/field-selection.ts';
import { paperOf } from '../../../support/papers.ts';
import { snapshotOver } from '../../../support/snapshot-over.ts';

const MANY = 1005;
const papers = Array.from({ length: MANY }, (_, i) =>
  paperOf({
    id: `p${i}`,
    title: i % 2 === 0 ? 'Parsing of sentences' : 'Parsing of speech',
    abstract: i === 7 ? 'Trees and graphs.' : '',
    year: 2000 + (i % 3),
    // Some have a day, some a month, some a year.
    ...(i % 5 === 0 && { date: `${2000 + (i % 3)}-0${1 + (i % 9)}-1${i % 10}` }),
    ...(i % 5 === 1 && { date: `${2000 + (i % 3)}-06` }),
    ...(i < 2 && { references: i === 0 ? ['p3'] : ['p3', 'p4'] }),
  }),
);

let snapshot: Snapshot;
let other: Snapshot;
beforeAll(async () => {
  snapshot = (await snapshotOver(papers)).snapshot;
  other = (await snapshotOver(papers.slice(1))).snapshot;
});

const selection = fieldsNamed('title', 'publicationDate');

function ask(request: Partial<BulkRequest>, from = snapshot): Promise<BulkResponse> {
  return bulkSearch({ query: '', selection, ...request }, from);
}

async function all(request: Partial<BulkRequest>) {
  const first = await ask(request);
  const second = await ask({ ...request, token: first.token });
  expect(second).not.toHaveProperty('token');
  expect([first.data.length, second.data.length]).toEqual([1000, MANY - 1000]);
  return [...first.data, ...second.data] as { paperId: string; publicationDate: string | null }[];
}

describe('bulkSearch', () => {
  test.each([
    ['', MANY],
    ['parse', MANY],
    ['speech', 502],
    ['parsing -speech', 503],
    ['tree graph', 1],
    ['tree | speech', 502],
    ['"sentences parsing"', 0],
    ['"sentences parsing"~3', 503],
    ['sentance~1', 503],
    ['sente*', 503],
    ['parsing nothing', 0],
  ])('%j finds %d', async (query, total) => {
    expect((await ask({ query })).total).toBe(total);
  });

  test('returns all papers in the order of paperId', async () => {
    const ids = (await all({})).map(({ paperId }) => paperId);
    expect(ids).toEqual([...new Set(ids)].sort());
    const descending = (await all({ sort: 'paperId:desc' })).map(({ paperId }) => paperId);
    expect(descending).toEqual(ids.toReversed());
  });

  test('sorts by the number of citations, ties by paperId', async () => {
    const [most, ...others] = (await all({ sort: 'citationCount:desc' })).map(({ paperId }) => paperId);
    expect(most).toBe(paperIdOf(papers[3]!));
    const second = paperIdOf(papers[4]!);
    expect(others[0]).toBe(second);
    expect(others.slice(1)).toEqual(others.slice(1).toSorted());
    const ascending = (await all({ sort: 'citationCount:asc' })).map(({ paperId }) => paperId);
    expect(ascending).toEqual([...others.slice(1), second, most]);
  });

  test.each([
    ['asc', 1],
    ['desc', -1],
  ])(
    'sorts by publicationDate:%s, by the first day of year or month where no day is known',
    async (direction, sign) => {
      const found = await all({ sort: `publicationDate:${direction}` });
      const days = found.map(({ paperId }) =>
        firstDayOf(papers.find((paper) => paperIdOf(paper) === paperId)!),
      );
      expect(days).toEqual(days.toSorted((a, b) => sign * (a - b)));
      const sameDay = found.filter((_, place) => days[place] === days[0]).map(({ paperId }) => paperId);
      expect(sameDay).toEqual(sameDay.toSorted());
    },
  );

  test('applies filters', async () => {
    expect((await ask({ query: 'speech', year: '2001' })).total).toBe(
      papers.filter(({ title, year }) => title.includes('speech') && year === 2001).length,
    );
  });

  test.each(['title:asc', 'paperId:up', 'paperId:asc:asc'])('refuses the order %s', async (sort) => {
    await expect(ask({ sort })).rejects.toThrow(`Unacceptable query params: [sort=${sort}]`);
  });

  test('refuses a token of other papers, and an invalid one', async () => {
    const { token } = await ask({});
    expect(token).toMatch(/^[\w-]+$/);
    await expect(ask({ token }, other)).rejects.toThrow('Start again');
    await expect(ask({ token: 'abc' })).rejects.toThrow('Start again');
  });
});
