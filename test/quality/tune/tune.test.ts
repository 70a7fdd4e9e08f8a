import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { openSnapshot } from '../../../src/indexes/store/snapshot-reader.ts';
import { verifyIndex } from '../../../src/indexes/store/verify.ts';
import { ingest } from '../../../src/ingest/ingest.ts';
import type { TuneProgress } from '../../../src/quality/tune/report.ts';
import { dropTuning, tune } from '../../../src/quality/tune/tune.ts';
import { openIndex } from '../../../src/search/open-index.ts';
import { HashingEncoder } from '../../support/hashing-encoder.ts';
import { NoiseEncoder } from '../../support/noise-encoder.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { topicRecords } from '../../support/topic-records.ts';

const record = topicRecords();
const RECORDS = Array.from({ length: 130 }, (_, n) => record(`p${String(n).padStart(3, '0')}`));

/** An index of records in a folder of its own. */
async function indexOf(records: readonly object[], encoder: HashingEncoder = new NoiseEncoder()) {
  const folder = await temporaryFolder();
  const file = join(folder, 'papers.jsonl');
  const write = (all: readonly object[]) =>
    writeFile(file, all.map((one) => `${JSON.stringify(one)}\n`).join(''));
  await write(records);
  const index = join(folder, 'index');
  const { snapshot } = await ingest([file], { index, encoder });
  return { index, encoder, snapshot, file, write };
}

const manifestOf = async (index: string) => {
  const snapshot = await openSnapshot(index);
  snapshot.close();
  return snapshot.manifest;
};

describe('tuning', () => {
  test('keeps better weights, which are used, survive an ingest and can be dropped', async () => {
    const { index, encoder, snapshot, file, write } = await indexOf(RECORDS);
    const report = await tune({ index, encoder, queries: 120 });
    expect(report).toMatchObject({ kept: true, papers: 130, searched: 130, seed: 1 });
    expect(report.defaults.lexicalShare).toBe(0.65);
    expect(report.fitted.lexicalShare).toBeGreaterThan(0.65);
    expect(report.check.gain).toBeGreaterThan(0);
    expect(report.check.p).toBeLessThan(0.05);
    expect(report.fit.kinds.map(({ kind }) => kind)).toEqual(['title', 'sentence', 'key-phrase']);

    expect(report.snapshot).not.toBe(snapshot);
    expect(await verifyIndex(index)).toEqual({ snapshot: report.snapshot, damages: [] });
    const { tuning } = await manifestOf(index);
    expect(tuning).toMatchObject({ ...report.fitted, papers: 130, seed: 1 });
    expect(tuning!.figures.check.tuned).toBe(report.check.tuned);

    const engine = await openIndex(index, { encoder });
    const tuned = await engine.acquire();
    const { hits } = await tuned.search({ query: RECORDS[0]!.title, explain: true });
    const keyword = hits[0]!.explanation!.parts.find(({ name }) => name === 'keyword');
    expect(keyword!.formula).toMatch(new RegExp(`^${report.fitted.lexicalShare} ×`));
    expect((await tuned.stats()).tuning).toEqual(tuning);
    await engine.close();

    await write([...RECORDS, record('p999')]);
    await ingest([file], { index, encoder });
    expect(await manifestOf(index)).toMatchObject({ tuning, counts: { papers: 131 } });

    expect(await dropTuning({ index })).toMatchObject({ index, dropped: true });
    expect((await manifestOf(index)).tuning).toBeUndefined();
    expect(await dropTuning({ index })).toMatchObject({ dropped: false });
  });

  test('gives the same weights for the same seed, and returns to the snapshot before', async () => {
    const { index, encoder, snapshot } = await indexOf(RECORDS);
    const { tookMs: _, ...first } = await tune({ index, encoder, queries: 100, seed: 3 });
    const { tookMs: __, ...second } = await tune({ index, encoder, queries: 100, seed: 3 });
    expect(second).toEqual(first);
    expect(await dropTuning({ index })).toMatchObject({ snapshot });
  });

  test('is not kept by a rebuild, nor for another keyword engine', async () => {
    const { index, encoder, file } = await indexOf(RECORDS);
    const { kept } = await tune({ index, encoder, queries: 120 });
    expect(kept).toBe(true);
    await ingest([file], { index, encoder, keywordEngine: 'minisearch' });
    expect((await manifestOf(index)).tuning).toBeUndefined();
    const { fitted } = await tune({ index, encoder, queries: 120 });
    expect(fitted.bm25).toBeUndefined();
    await ingest([file], { index, encoder, rebuild: true });
    expect((await manifestOf(index)).tuning).toBeUndefined();
  });

  test('keeps the defaults if no weights are better, and drops earlier weights', async () => {
    // Every paper has words of its own: whatever the weights, it is found.
    const own = Array.from({ length: 60 }, (_, n) => {
      const word = `topic${'abcdefghij'[n % 10]}${'abcdefghij'[Math.floor(n / 10)]}`;
      const sentence = [1, 2, 3, 4, 5, 6].map((i) => `${word}${'uvwxyz'[i - 1]}`).join(' ');
      return { id: `o${n}`, title: sentence, abstract: `It ${sentence}. Thus ${sentence}.` };
    });
    const { index, encoder, snapshot } = await indexOf(own, new HashingEncoder());
    const report = await tune({ index, encoder });
    expect(report).toMatchObject({ kept: false, snapshot, check: { default: 1, gain: 0, p: 1 } });
    expect(report.fitted).toBe(report.defaults);
    expect((await manifestOf(index)).tuning).toBeUndefined();
  });

  test('refuses a corpus that is too small, and says what it needs', async () => {
    const { index, encoder, snapshot } = await indexOf(RECORDS.slice(0, 49));
    await expect(tune({ index, encoder })).rejects.toMatchObject({
      code: 'BAD_INPUT',
      message: expect.stringMatching(/at least 50 queries.* 49 papers of the index are enough for \d+:/),
    });
    expect((await openSnapshot(index)).name).toBe(snapshot);
  });

  test('refuses an index that does not exist, and creates no folder', async () => {
    const index = join(await temporaryFolder(), 'nowhere');
    await expect(tune({ index })).rejects.toMatchObject({ code: 'INDEX_MISSING' });
    await expect(dropTuning({ index })).rejects.toMatchObject({ code: 'INDEX_MISSING' });
    await expect(openSnapshot(index)).rejects.toMatchObject({ code: 'INDEX_MISSING' });
  });

  test('refuses another model', async () => {
    const { index } = await indexOf(RECORDS);
    const encoder = new HashingEncoder('another');
    await expect(tune({ index, encoder })).rejects.toMatchObject({ code: 'INDEX_INCOMPATIBLE' });
  });

  test.each(['indexing', 'fitting', 'writing'] as const)(
    'stopped while %s leaves the index as it was',
    async (stage) => {
      const { index, encoder, snapshot } = await indexOf(RECORDS);
      const stop = new AbortController();
      const onProgress = (progress: TuneProgress) => {
        if (progress.stage === stage) stop.abort(new Error('stopped'));
      };
      const running = tune({ index, encoder, queries: 60, onProgress, signal: stop.signal });
      await expect(running).rejects.toThrow('stopped');
      expect((await openSnapshot(index)).name).toBe(snapshot);
    },
  );
});
