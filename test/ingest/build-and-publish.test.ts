import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, describe, expect, test, vi } from 'vitest';
import type { Encoder } from '../../src/encode/encoder.ts';
import { PaperSearchError } from '../../src/errors.ts';
import { publishTuning } from '../../src/indexes/store/publish-tuning.ts';
import { openSnapshot } from '../../src/indexes/store/snapshot-reader.ts';
import { verifyIndex } from '../../src/indexes/store/verify.ts';
import { type IngestOptions, ingest } from '../../src/ingest/ingest.ts';
import type { IngestProgress } from '../../src/ingest/report.ts';
import { upgradeIndex } from '../../src/ingest/upgrade.ts';
import { openIndex } from '../../src/search/open-index.ts';
import { GatedEncoder } from '../support/gated-encoder.ts';
import { HashingEncoder } from '../support/hashing-encoder.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const PAPERS = 60;
const HALF = 30;
const paper = (n: number) => ({
  id: `p${String(n).padStart(5, '0')}`,
  title: `Paper number${n}`,
  abstract: `About topic${n % 7}. And about number${n}.`,
});

afterEach(() => void vi.restoreAllMocks());

async function workplace(count = PAPERS) {
  const folder = await temporaryFolder();
  const [file, index, other] = ['papers.jsonl', 'index', 'other'].map((name) => join(folder, name)) as [
    string,
    string,
    string,
  ];
  const write = (to: number, from = 0) => {
    const papers = Array.from({ length: to - from }, (_, i) => paper(from + i));
    return writeFile(file, papers.map((each) => `${JSON.stringify(each)}\n`).join(''));
  };
  await write(count);
  const run = (encoder: Encoder, options: IngestOptions = {}) =>
    // Laying out a map takes longer than all the rest.
    ingest([file], { index, encoder, corpusMap: false, ...options });
  return { index, other, write, run };
}

/** The facts of the current snapshot. */
async function current(index: string) {
  const snapshot = await openSnapshot(index);
  snapshot.close();
  const { counts, unfinished, generation, artifacts } = snapshot.manifest;
  return { name: snapshot.name, counts, unfinished, generation, files: Object.keys(artifacts) };
}

/** Ids of papers that a keyword query finds, without an encoder. */
async function found(index: string, query: string): Promise<string[]> {
  const engine = await openIndex(index, { encoder: new HashingEncoder() });
  try {
    const snapshot = await engine.acquire();
    const { hits } = await snapshot.search({ query, mode: 'keyword', fallback: false });
    return hits.map(({ paper }) => paper.id);
  } finally {
    await engine.close();
  }
}

/** Starts an ingest whose encoder stops after some texts, and ends it once its papers can be searched. */
async function interrupted(
  run: (encoder: Encoder, options: IngestOptions) => Promise<unknown>,
  stop: number,
  options: IngestOptions = {},
): Promise<IngestProgress[]> {
  const end = new AbortController();
  const events: IngestProgress[] = [];
  const onProgress = (event: IngestProgress) => {
    if (event.stage !== 'searchable') return;
    events.push(event);
    end.abort(new Error('stopped'));
  };
  const ended = run(new GatedEncoder([stop]), { ...options, onProgress, signal: end.signal });
  await expect(ended).rejects.toThrow('stopped');
  return events;
}

const realNow = performance.now.bind(performance);
let minutes = 0;

/** Lets a minute pass for whoever looks at the clock. */
function later(): void {
  minutes++;
  vi.spyOn(performance, 'now').mockImplementation(() => realNow() + minutes * 60_000);
}

describe('an ingest that encodes for long', () => {
  test('publishes what can be searched by words, then with vectors, and at the end what a single publication would be', async () => {
    const { index, other, run } = await workplace();
    const encoder = new GatedEncoder([10, HALF]);
    const published: object[] = [];
    const found59: string[] = [];
    const onProgress = async (event: IngestProgress) => {
      if (event.stage !== 'searchable') return;
      const { counts, unfinished } = await current(index);
      published.push({ ...event, counts, unfinished });
      found59.push(...(await found(index, 'number59')));
      later();
      encoder.open();
    };
    const report = await run(encoder, { onProgress });
    expect(report).toMatchObject({ papers: PAPERS, added: PAPERS, encoded: PAPERS });
    expect(found59).toEqual(['p00059', 'p00059']);
    expect(published).toHaveLength(2);
    expect(published[0]).toMatchObject({ papers: PAPERS, withVector: 10 });
    expect(published[1]).toEqual({
      stage: 'searchable',
      papers: PAPERS,
      withVector: HALF,
      tookMs: expect.any(Number),
      counts: { papers: PAPERS, withoutAbstract: 0, withVector: HALF },
      unfinished: true,
    });
    const { snapshot } = await run(new HashingEncoder(), { index: other, waitForVectors: true });
    expect(report.snapshot).toBe(snapshot);
    for (const name of (await current(index)).files) {
      const [mine, atOnce] = [index, other].map((each) => join(each, snapshot, name));
      expect(await readFile(mine!), name).toEqual(await readFile(atOnce!));
    }
    expect((await verifyIndex(index)).damages).toEqual([]);
    expect((await readdir(index)).filter((name) => /^[0-9a-f]{16}/.test(name))).toHaveLength(2);
  });

  test('continues after an interruption with what is in the journal and in the snapshot', async () => {
    const { index, other, run } = await workplace();
    await interrupted(run, HALF);
    const { counts } = await current(index);
    expect(counts.withVector).toBe(HALF);
    const encoder = new HashingEncoder();
    const report = await run(encoder);
    expect(report).toMatchObject({ added: 0, unchanged: PAPERS, encoded: PAPERS - HALF });
    expect(encoder.encoded).toHaveLength(PAPERS - HALF);
    expect(report.snapshot).toBe((await run(new HashingEncoder(), { index: other })).snapshot);
    expect(await readdir(index)).not.toContain('encoding.journal');
  });

  test('keeps the journal while the snapshot is unfinished, whatever else is published', async () => {
    const { index, run } = await workplace();
    await interrupted(run, HALF);
    await publishTuning(index, undefined);
    expect(await readdir(index)).toContain('encoding.journal');
    // Without the files of the papers.
    const report = await upgradeIndex({ index, encoder: new HashingEncoder() });
    expect(report).toMatchObject({ papers: PAPERS, encoded: PAPERS - HALF });
    expect(await current(index)).toMatchObject({ unfinished: undefined, counts: { papers: PAPERS } });
  });

  test('publishes once if all vectors are to be waited for', async () => {
    const { index, run } = await workplace();
    const stages = new Set<string>();
    const encoder = new GatedEncoder([HALF]);
    const done = run(encoder, { waitForVectors: true, onProgress: ({ stage }) => stages.add(stage) });
    await encoder.reached;
    expect(await readdir(index)).not.toContain('CURRENT');
    encoder.open();
    await done;
    expect(stages).not.toContain('searchable');
  });

  test('with few papers publishes once', async () => {
    const { run } = await workplace(50);
    const stages = new Set<string>();
    await run(new HashingEncoder(), { onProgress: ({ stage }) => stages.add(stage) });
    expect(stages).not.toContain('searchable');
  });

  test('with few papers publishes early if the encoder is slow', async () => {
    const { index, run } = await workplace(50);
    const encoder = new GatedEncoder([5]);
    const onProgress = ({ stage }: IngestProgress) => {
      if (stage === 'searchable') encoder.open();
    };
    await run(encoder, { onProgress });
    expect(await current(index)).toMatchObject({ unfinished: undefined });
  });
});

describe('papers that are added', () => {
  test('are published while the others keep their vectors, and came in once', async () => {
    const { index, other, write, run } = await workplace(20);
    await run(new HashingEncoder());
    await write(30, 20);
    const [event] = await interrupted(run, 3);
    expect(event).toMatchObject({ papers: 30, withVector: 23 });
    const unfinished = await current(index);
    expect(unfinished).toMatchObject({ generation: 2, unfinished: true });
    const { snapshot } = await run(new HashingEncoder());

    await write(20);
    await run(new HashingEncoder(), { index: other });
    await write(30, 20);
    expect((await run(new HashingEncoder(), { index: other })).snapshot).toBe(snapshot);
    expect((await current(index)).generation).toBe(2);
  });

  test('leave the others where they are on the map, also after an interruption', async () => {
    const { index, other, write, run } = await workplace(100);
    await run(new HashingEncoder(), { corpusMap: true });
    await write(106, 99);
    await interrupted(run, 2, { corpusMap: true });
    expect((await current(index)).files).toContain('map.earlier.bin');
    const { snapshot } = await run(new HashingEncoder(), { corpusMap: true });
    const { files } = await current(index);
    expect(files).toContain('map.bin');
    expect(files).not.toContain('map.earlier.bin');

    await write(100);
    await run(new HashingEncoder(), { index: other, corpusMap: true });
    await write(106, 99);
    const atOnce = await run(new HashingEncoder(), { index: other, corpusMap: true });
    expect(atOnce.snapshot).toBe(snapshot);
  });

  test('do not lose the vectors of sentences that are there', async () => {
    const { index, write, run } = await workplace(60);
    await run(new HashingEncoder(), { sentenceVectors: true });
    await write(80, 60);
    await interrupted(run, 3);
    const snapshot = await openSnapshot(index);
    expect([0, 59, 60].map((doc) => snapshot.sentences!.count(doc))).toEqual([2, 2, 0]);
    snapshot.close();
    const encoder = new HashingEncoder();
    await run(encoder);
    // Each paper, and its second sentence; the first ones are shared.
    expect(encoder.encoded.length).toBeLessThanOrEqual(17 + 20 + 7);
    expect(await current(index)).toMatchObject({ unfinished: undefined });
  });
});

test('many papers can be searched before the encoder begins', async () => {
  const { index, run } = await workplace(1100);
  const before: unknown[] = [];
  class LookingEncoder extends HashingEncoder {
    override async encode(...given: Parameters<Encoder['encode']>): Promise<Float32Array> {
      before.push((await current(index)).counts);
      return super.encode(...given);
    }
  }
  await run(new LookingEncoder());
  expect(before).toEqual([{ papers: 1100, withoutAbstract: 0, withVector: 0 }]);
});

describe('where the model fails', () => {
  class BrokenEncoder extends HashingEncoder {
    override async encode(): Promise<Float32Array> {
      throw new PaperSearchError('MODEL_UNAVAILABLE', 'The model is not there.');
    }
  }

  test.each([30, 1100])('%d papers can be searched by words, and the error says so', async (count) => {
    const { index, run } = await workplace(count);
    await expect(run(new BrokenEncoder())).rejects.toMatchObject({
      code: 'MODEL_UNAVAILABLE',
      message: `The model is not there. The ${count} papers of the index can be searched by words. The next ingest, or "paper-search upgrade", encodes those that have no vector.`,
    });
    expect(await found(index, 'number29')).toEqual(['p00029']);
    expect(await run(new HashingEncoder())).toMatchObject({ encoded: count, unchanged: count });
  });

  test('leaves the index as it is if all vectors are to be waited for', async () => {
    const { index, run } = await workplace(30);
    await expect(run(new BrokenEncoder(), { waitForVectors: true })).rejects.toThrow(/not there\.$/);
    expect(await readdir(index)).not.toContain('CURRENT');
  });
});

test('another model replaces the vectors at once', async () => {
  const { index, run } = await workplace();
  const { snapshot } = await run(new HashingEncoder());
  const encoder = new GatedEncoder([HALF], 'another-model');
  const done = run(encoder, { changeModel: true });
  await encoder.reached;
  expect((await current(index)).name).toBe(snapshot);
  encoder.open();
  await done;
  expect(await current(index)).toMatchObject({ unfinished: undefined });
});
