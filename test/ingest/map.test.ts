import { appendFile, open, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { unpackMap } from '../../src/indexes/map/corpus-map.ts';
import { LAYOUT } from '../../src/indexes/store/layout.ts';
import { openSnapshot } from '../../src/indexes/store/snapshot-reader.ts';
import { verifyIndex } from '../../src/indexes/store/verify.ts';
import { type IngestOptions, ingest } from '../../src/ingest/ingest.ts';
import type { IngestProgress } from '../../src/ingest/report.ts';
import { HashingEncoder } from '../support/hashing-encoder.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const TOPICS = ['machine translation', 'robot grasping', 'graph kernels'];
const line = (n: number) =>
  `${JSON.stringify({ id: `p${String(n).padStart(3, '0')}`, title: `${TOPICS[n % 3]} study ${n}`, abstract: `About ${TOPICS[n % 3]}.` })}\n`;
const lines = (from: number, to: number) =>
  Array.from({ length: to - from }, (_, i) => line(from + i)).join('');

async function workplace(count: number) {
  const folder = await temporaryFolder();
  const [file, index] = [join(folder, 'a.jsonl'), join(folder, 'index')];
  await writeFile(file, lines(0, count));
  const run = (options: IngestOptions = {}) =>
    ingest([file], { index, encoder: new HashingEncoder(), ...options });
  return { file, index, run };
}

async function mapIn(index: string) {
  const snapshot = await openSnapshot(index);
  const bytes = snapshot.readMap();
  snapshot.close();
  return bytes && unpackMap(bytes, snapshot.papers.size);
}

describe('the map of an index', () => {
  test('has every paper and names its clusters; the same papers give the same bytes', async () => {
    const { index, run } = await workplace(60);
    const stages = new Set<string>();
    await run({ onProgress: ({ stage }: IngestProgress) => stages.add(stage) });
    expect(stages).toContain('mapping');
    const map = (await mapIn(index))!;
    expect(map.xs).toHaveLength(60);
    expect(map.clusters.flatMap(({ terms }) => terms).join()).toMatch(/translation|grasping|kernels/);
    const again = await workplace(60);
    await again.run();
    expect(await mapIn(again.index)).toEqual(map);
  });

  test('a paper more leaves the others where they are; many more do not', async () => {
    const { file, index, run } = await workplace(60);
    await run();
    const before = (await mapIn(index))!;
    await appendFile(file, lines(60, 62));
    await run();
    const after = (await mapIn(index))!;
    expect(after.xs.subarray(0, 60)).toEqual(before.xs);
    expect(after.clusters.map(({ terms }) => terms)).toEqual(before.clusters.map(({ terms }) => terms));
    expect(after.changes).toBe(2);
    await appendFile(file, lines(62, 90));
    await run();
    expect((await mapIn(index))!.changes).toBe(0);
  });

  test('builds the same map after an interrupted ingest', async () => {
    const whole = await workplace(40);
    const { snapshot } = await whole.run();
    const { file, index } = await workplace(40);
    const stop = new AbortController();
    const onProgress = ({ stage }: IngestProgress) => {
      if (stage === 'mapping') stop.abort(new Error('stopped'));
    };
    const encoder = new HashingEncoder();
    await expect(ingest([file], { index, encoder, onProgress, signal: stop.signal })).rejects.toThrow(
      'stopped',
    );
    await ingest([file], { index, encoder: new HashingEncoder() });
    expect(await mapIn(index)).toEqual(await mapIn(whole.index));
    expect(snapshot).toMatch(/^[0-9a-f]{16}$/);
  });

  test('few papers have none', async () => {
    const { file, index, run } = await workplace(9);
    await run();
    expect(await mapIn(index)).toBeUndefined();
    await appendFile(file, line(9));
    await run();
    expect((await mapIn(index))!.xs).toHaveLength(10);
  });

  test('is left out when asked for, and stays out until it is wanted', async () => {
    const { file, index, run } = await workplace(12);
    const { snapshot } = await run({ corpusMap: false });
    expect(await mapIn(index)).toBeUndefined();
    expect(await run()).toMatchObject({ snapshot });
    await appendFile(file, line(12));
    await run();
    expect(await mapIn(index)).toBeUndefined();
    await run({ corpusMap: true });
    expect((await mapIn(index))!.xs).toHaveLength(13);
  });

  test('is checked by verify', async () => {
    const { index, run } = await workplace(12);
    const { snapshot } = await run();
    const file = join(index, snapshot, LAYOUT.map);
    const size = (await readFile(file)).length;
    const handle = await open(file, 'r+');
    await handle.write(Buffer.of(0xaa), 0, 1, size - 20);
    await handle.close();
    expect((await verifyIndex(index)).damages).toMatchObject([{ file }]);
  });
});
