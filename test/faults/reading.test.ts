import './support/patched-fs.ts';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { PaperSearchError } from '../../src/errors.ts';
import { verifyIndex } from '../../src/indexes/store/verify.ts';
import { withSnapshot } from '../../src/search/engine.ts';
import { LiveEngine } from '../../src/serve/live/live-engine.ts';
import { HashingEncoder } from '../support/hashing-encoder.ts';
import { readEverything } from './support/damage.ts';
import { disk } from './support/faulty-disk.ts';
import { realFs } from './support/real-fs.ts';
import { SCENARIOS, type Scenario } from './support/scenarios.ts';

const update = SCENARIOS.find(({ name }) => name === 'update') as Scenario;
let place = '';
let index = '';
beforeAll(async () => {
  place = realFs.mkdtempSync('/tmp/paper-search-reading-');
  index = join(place, 'index');
  await update.prepare(place);
  return () => realFs.rmSync(place, { recursive: true });
});

/** Runs a function with an error at each of its reading steps in turn. @returns the number of steps. */
async function disturbEach(
  kind: 'EIO' | 'EACCES',
  work: () => Promise<unknown>,
  look: (outcome: unknown, step: string) => void,
): Promise<number> {
  disk.watch(index);
  await work();
  disk.release();
  const steps = disk.reads;
  for (let at = 1; at <= steps; at++) {
    disk.watch(index, { side: 'read', at, kind });
    const outcome = await work().catch((error: unknown) => error);
    disk.release();
    look(outcome, disk.firedAt ?? 'not reached');
  }
  return steps;
}

test.each(['EIO', 'EACCES'] as const)(
  'opening and searching with %s anywhere: reports path and reason, and not damage',
  async (kind) => {
    const sound = await readEverything(index);
    const steps = await disturbEach(
      kind,
      () => readEverything(index),
      (outcome, step) => {
        if (outcome === sound) return;
        expect(outcome, step).toBeInstanceOf(PaperSearchError);
        expect(outcome, step).toMatchObject({
          code: 'INDEX_UNREADABLE',
          message: expect.stringContaining(`${step.slice(step.indexOf(' ') + 1)}: `),
        });
        expect((outcome as Error).message, step).toContain(kind);
        expect((outcome as Error).message, step).not.toContain('--rebuild');
      },
    );
    expect(steps).toBeGreaterThan(20);
  },
);

test.each(['EIO', 'EACCES'] as const)('verifying with %s anywhere names the file', async (kind) => {
  const steps = await disturbEach(
    kind,
    () => verifyIndex(index),
    (outcome, step) => {
      const file = step.slice(step.indexOf(' ') + 1);
      if (outcome instanceof PaperSearchError) {
        expect(outcome.code).toBe('INDEX_UNREADABLE');
        expect(outcome.message).toContain(file);
        return;
      }
      const { damages } = outcome as Awaited<ReturnType<typeof verifyIndex>>;
      expect(damages).toEqual([
        expect.objectContaining({
          file: index + file,
          reason: expect.stringContaining(`it cannot be read: ${kind}`),
        }),
      ]);
    },
  );
  expect(steps).toBeGreaterThan(15);
});

test('a server that cannot read the next snapshot keeps its snapshot, and reports the error', async () => {
  const copy = join(place, 'live', 'index');
  const errors: unknown[] = [];
  realFs.cpSync(join(place, 'corpus'), join(place, 'live', 'corpus'), { recursive: true });
  let steps = 1;
  for (let at = 0; at <= steps; at++) {
    realFs.rmSync(copy, { recursive: true, force: true });
    realFs.cpSync(index, copy, { recursive: true });
    const onError = (error: unknown) => errors.push(error);
    const engine = await LiveEngine.open(copy, { encoder: new HashingEncoder(), onError });
    const current = () => withSnapshot(engine, ({ id }) => id);
    const snapshot = await current();
    await update.change(join(place, 'live'));
    // First without a fault, to count the steps.
    disk.watch(copy, at === 0 ? undefined : { side: 'read', at, kind: 'EIO' });
    await engine.refresh();
    disk.release();
    if (at === 0) steps = disk.reads;
    if ((await current()) === snapshot) expect(errors.at(-1)).toMatchObject({ code: 'INDEX_UNREADABLE' });
    const { hits } = await withSnapshot(engine, (held) => held.search({ query: 'journals and snapshots' }));
    expect(hits[0]?.paper.id).toBe('b');
    await engine.refresh();
    expect(await current()).not.toBe(snapshot);
    await engine.close();
  }
  expect(steps).toBeGreaterThan(5);
}, 60_000);
