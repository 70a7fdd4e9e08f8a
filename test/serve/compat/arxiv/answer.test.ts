import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Engine, Snapshot } from '../../../../src/search/engine.ts';
import { answerArxiv } from '../../../../src/serve/compat/arxiv/answer.ts';
import { arxivRequest } from '../../../../src/serve/compat/arxiv/request.ts';
import { snapshotOver } from '../../../support/snapshot-over.ts';
import { PAPERS } from './papers.ts';

let engine: Engine;
let snapshot: Snapshot;
beforeAll(async () => {
  ({ engine, snapshot } = await snapshotOver(PAPERS));
});
afterAll(() => engine.close());

const ask = (given: Parameters<typeof arxivRequest>[0]) => answerArxiv(arxivRequest(given), snapshot);
const idsOf = async (given: Parameters<typeof arxivRequest>[0]) =>
  (await ask(given)).papers.map(({ id }) => id);
const FIRST = 'arxiv:2412.02674';

describe('a query finds', () => {
  test.each([
    ['ti:gap', [FIRST, 'b', 'old', 'undated/1']],
    ['ti:gap AND cat:cs.LG', [FIRST]],
    ['ti:gap ANDNOT au:song', ['b', 'old', 'undated/1']],
    ['ANDNOT ti:gap', ['other']],
    ['cat:cs.*', [FIRST, 'other']],
    ['cat:hep-th OR ti:kind', ['old', 'other']],
    ['au:del_maestro', [FIRST, 'b']],
    ['au:"Maestro, Adrian Del"', [FIRST, 'b']],
    ['au:del_maestro_a', [FIRST, 'b']],
    ['jr:iclr', [FIRST]],
    ['id:2412.02674v7', [FIRST]],
    ['doi:10.1000/gap', [FIRST]],
    ['ti:minding', [FIRST]],
    ['ti:"mind the gap"', [FIRST]],
    ['co:pages', []],
    ['ANDNOT co:pages', PAPERS.map(({ id }) => id)],
    ['co:pages OR ti:kind', ['other']],
    ['co:pages AND ti:kind', []],
    // Dates: those of a month or year are its first moment, no date is in no time.
    ['submittedDate:[2024 TO 2024]', [FIRST, 'b', 'other']],
    ['submittedDate:[20241203 TO 20241203]', [FIRST]],
    ['submittedDate:[202412030001 TO 20241231]', []],
    ['submittedDate:[202411 TO 202411]', ['b']],
    ['submittedDate:[2024 TO 20240101]', ['other']],
    ['submittedDate:[* TO 2000]', ['old']],
    ['submittedDate:[2024 TO *]', [FIRST, 'b', 'other']],
    ['submittedDate:[2025 TO 2024]', []],
    ['ti:gap ANDNOT lastUpdatedDate:[2024 TO 2024]', ['old', 'undated/1']],
    ['ti:gap AND (submittedDate:[1999 TO 1999] OR au:song)', [FIRST, 'old']],
  ])('%s', async (search_query, ids) => {
    const { total, papers } = await ask({ search_query });
    expect(papers.map(({ id }) => id).sort()).toEqual([...ids].sort());
    expect(total).toBe(ids.length);
  });
});

describe('a list', () => {
  test.each([
    ['keeps its order', { id_list: 'other,2412.02674,hep-th/9901001' }, ['other', FIRST, 'old']],
    [
      'takes the addresses that stand for ids in our feeds',
      { id_list: 'http://127.0.0.1:3000/paper/undated%2F1,https://a.example/x/paper/other' },
      ['undated/1', 'other'],
    ],
    ['takes an id once', { id_list: '2412.02674,arxiv:2412.02674v1' }, [FIRST]],
    ['passes over what there is not', { id_list: '2412.02674,9999.99999' }, [FIRST]],
    ['filters what a query finds', { id_list: 'other,2412.02674', search_query: 'ti:gap' }, [FIRST]],
    ['is turned round', { id_list: 'other,2412.02674', sortOrder: 'ascending' }, [FIRST, 'other']],
    ['is sorted', { id_list: 'old,other,2412.02674', sortBy: 'submittedDate' }, [FIRST, 'other', 'old']],
    ['has pages', { id_list: 'old,other,b', start: '1', max_results: '1' }, ['other']],
  ])('%s', async (_what, given, ids) => {
    expect(await idsOf(given)).toEqual(ids);
  });
});

describe('order and pages', () => {
  test('sorts by date in both directions, with undated papers last and first', async () => {
    const newest = [FIRST, 'b', 'old', 'undated/1'];
    for (const sortBy of ['submittedDate', 'lastUpdatedDate']) {
      expect(await idsOf({ search_query: 'ti:gap', sortBy })).toEqual(newest);
      expect(await idsOf({ search_query: 'ti:gap', sortBy, sortOrder: 'ascending' })).toEqual(
        newest.toReversed(),
      );
    }
  });

  test.each([
    ['ti:gap', 'descending'],
    ['ti:gap', 'ascending'],
    ['ti:gap OR cat:cs.LG', 'descending'],
    ['ti:gap OR cat:cs.LG', 'ascending'],
  ])('%s, %s: pages contain every paper once', async (search_query, sortOrder) => {
    const whole = await idsOf({ search_query, sortOrder, max_results: '100' });
    const paged: string[] = [];
    for (let start = 0; start < whole.length + 2; start += 2) {
      const page = await ask({ search_query, sortOrder, start: String(start), max_results: '2' });
      expect(page.total).toBe(whole.length);
      paged.push(...page.papers.map(({ id }) => id));
    }
    expect(paged).toEqual(whole);
  });

  test('ranks the most relevant paper first, papers without any word last', async () => {
    expect((await idsOf({ search_query: 'abs:mind OR cat:hep-th' })).at(-1)).toBe('old');
  });
});

test('finds nothing for an empty request', async () => {
  expect(await ask({})).toMatchObject({ total: 0, papers: [] });
});

test.each([
  [{ start: '-1' }, 'start must be non-negative'],
  [{ start: 'x' }, 'start must be an integer'],
  [{ max_results: '1.5' }, 'max_results must be an integer'],
  [{ max_results: '-3' }, 'max_results must be non-negative'],
  [{ max_results: '30001' }, 'max_results must not exceed 30000'],
  [{ sortBy: 'date' }, 'sortBy must be in: relevance, lastUpdatedDate, submittedDate'],
  [{ sortOrder: 'up' }, 'sortOrder must be in: ascending, descending'],
  [{ id_list: 'abc' }, 'incorrect id format for abc'],
  [{ search_query: 'x'.repeat(8001) }, 'search_query is longer than 8000 characters'],
])('%j is refused: %s', async (given, message) => {
  await expect(async () => ask(given)).rejects.toMatchObject({ code: 'BAD_REQUEST', message });
});

test('returns at most 2,000 papers at a time', () => {
  expect(arxivRequest({ max_results: '30000' }).count).toBe(2000);
});
