import { setImmediate } from 'node:timers/promises';
import { describe, expect, it, vi } from 'vitest';
import type { Basis } from '../../src/review/basis.ts';
import { type Pool, rowsOf } from '../../src/review/pool/pool.ts';
import { Rankings } from '../../src/review/ranking.ts';
import { ADA, BEN, beesAndWasps, reviewed } from './world.ts';

const COUNT = 120;

/** A pool that counts how often it is analysed. @param fails whether its vectors are too few when it is read. */
function poolOf(fails: () => boolean = () => false) {
  const papers = beesAndWasps(COUNT).map((paper) => ({ paper, records: 1, removed: false }));
  const values = Float32Array.from({ length: COUNT * 2 }, (_, i) => (i % 6 < 2 ? 1 - (i % 2) : i % 2));
  const reads = { count: 0 };
  const pool: Pool = {
    digest: 'a',
    papers,
    get vectors() {
      reads.count++;
      return { values: fails() ? values.subarray(1) : values, dimensions: 2, model: 'm' };
    },
    rows: rowsOf(papers),
  };
  return { pool, reads };
}

function basis(keywordOnly: boolean): Basis {
  const labels = [0, 1, 2, 3].map((row) => ({ row, included: row % 3 === 0 }));
  return { labels, hidden: [], keywordOnly, model: `${keywordOnly}` };
}

describe('prepare', () => {
  it('lets other work run, and gives the rankings that one without it gives', async () => {
    const { pool } = poolOf();
    const rankings = new Rankings(pool);
    let done = false;
    let rounds = 0;
    const prepared = rankings.prepare().then(() => {
      done = true;
    });
    while (!done) {
      await setImmediate();
      rounds++;
    }
    await prepared;
    expect(rounds).toBeGreaterThan(3);
    for (const keywordOnly of [false, true, false]) {
      const given = basis(keywordOnly);
      expect(rankings.rank(given, 1)).toEqual(new Rankings(pool).rank(given, 1));
    }
    expect(rankings.rank(basis(true), 1).scores).not.toEqual(rankings.rank(basis(false), 1).scores);
  });

  it('is done once, also for callers at the same time', async () => {
    const { pool, reads } = poolOf();
    const rankings = new Rankings(pool);
    await Promise.all([rankings.prepare(), rankings.prepare()]);
    await rankings.prepare();
    rankings.rank(basis(true), 1);
    rankings.rank(basis(false), 1);
    expect(reads.count).toBe(1);
  });

  it('is tried again after it failed', async () => {
    let fails = true;
    const rankings = new Rankings(poolOf(() => fails).pool);
    await expect(rankings.prepare()).rejects.toMatchObject({ code: 'BAD_REQUEST' });
    fails = false;
    await rankings.prepare();
    expect(rankings.rank(basis(false), 1).order).toHaveLength(COUNT - 4);
  });
});

it('is of what others have decided while the texts were analysed', async () => {
  const { reviews, id, other } = await reviewed();
  const [first] = await other().next(id, BEN);
  const another = other();
  vi.spyOn(Rankings.prototype, 'prepare').mockImplementationOnce(async () => {
    await another.label(id, { paper: first!.paper.id, decision: 'include' }, ADA);
  });
  const [next] = await reviews.next(id, BEN);
  expect(next!.paper.id).not.toBe(first!.paper.id);
  expect(next!.rank).toBe(1);
});
