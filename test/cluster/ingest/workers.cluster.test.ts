import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { openSnapshot } from '../../../src/indexes/store/snapshot-reader.ts';
import { ingest } from '../../../src/ingest/ingest.ts';
import { clusterNodes, describeOnCluster } from '../../support/cluster.ts';
import { ClusterCorpus } from '../../support/cluster-corpus.ts';
import { HashingEncoder } from '../../support/hashing-encoder.ts';
import { overlappingFiles } from '../../support/overlapping-files.ts';
import { sameAsEmbedded } from '../../support/same-as-embedded.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const WORKER = fileURLToPath(new URL('../../support/ingest-worker.ts', import.meta.url));

/** Starts a process that ingests. @returns it, and the lines that it prints. */
function startWorker(
  paths: readonly string[],
  options: object,
): { child: ChildProcess; lines: AsyncIterable<string> } {
  const parameters = JSON.stringify([paths, { nodes: clusterNodes, timeoutMs: 180_000, ...options }]);
  const child = spawn(process.execPath, ['--import', 'tsx', WORKER, parameters], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  return { child, lines: createInterface({ input: child.stdout! }) };
}

async function run(paths: readonly string[], options: object): Promise<number | null> {
  const { child, lines } = startWorker(paths, options);
  const end = once(child, 'close');
  for await (const _ of lines);
  await end;
  return child.exitCode;
}

/** Starts a worker and kills it when it has written something. */
async function runAndKill(paths: readonly string[], options: object): Promise<void> {
  const { child, lines } = startWorker(paths, options);
  const end = once(child, 'close');
  for await (const line of lines) if (line.startsWith('read ')) child.kill('SIGKILL');
  await end;
  expect(child.signalCode).toBe('SIGKILL');
}

describeOnCluster('ingestIntoCluster, with workers of their own', () => {
  test('makes the papers of one worker with three at once, one of which is killed and started again', async () => {
    const folder = await temporaryFolder();
    const files = await overlappingFiles(folder, 40);
    const { corpus, ...cluster } = await makeCorpus();
    const options = (number: number) => ({
      corpus,
      batchSize: 8,
      patienceMs: 120_000,
      shard: { number, of: 3 },
    });
    const [first, second] = await Promise.all([
      run([files], options(1)),
      run([files], options(2)),
      runAndKill([files], options(3)),
    ]);
    expect([first, second]).toEqual([0, 0]);
    expect(await cluster.isPublished()).toBe(false);
    expect(await run([files], options(3))).toBe(0);

    const index = join(folder, 'index');
    await ingest([files], { index, encoder: new HashingEncoder() });
    const snapshot = await openSnapshot(index);
    expect(await cluster.papers()).toEqual([...snapshot.papers]);
    snapshot.close();
  }, 600_000);
});

describeOnCluster('ingestIntoCluster', () => sameAsEmbedded(() => undefined, 2));

async function makeCorpus() {
  const made = await ClusterCorpus.make('b2-workers');
  return { corpus: made.corpus, papers: () => made.papers(), isPublished: () => made.isPublished() };
}
