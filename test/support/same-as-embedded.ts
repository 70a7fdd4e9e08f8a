import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ingestIntoCluster } from '../../src/cluster/ingest/ingest-into-cluster.ts';
import { removeFromCluster } from '../../src/cluster/ingest/remove-from-cluster.ts';
import type { PaperSearchError } from '../../src/errors.ts';
import { openSnapshot } from '../../src/indexes/store/snapshot-reader.ts';
import { ingest } from '../../src/ingest/ingest.ts';
import { type RemovalReport, remove } from '../../src/ingest/remove.ts';
import { ClusterCorpus } from './cluster-corpus.ts';
import type { FakeCluster } from './fake-cluster.ts';
import { HashingEncoder } from './hashing-encoder.ts';
import { temporaryFolder } from './temporary-folder.ts';

/** Records that meet often: few titles, authors, ids and files. */
const RECORD = fc.record(
  {
    id: fc.constantFrom('1', '2', '3', 'x', 'doi:10.1000/x'),
    title: fc.constantFrom(
      'On the Growth of Tall Grass in Spring',
      'On the Growth of Short Grass in Spring',
      'Deep Learning',
      'Editorial',
      'Preface',
    ),
    abstract: fc.constantFrom('An abstract.', 'A longer abstract of a paper about grass.'),
    authors: fc.subarray(['Ann Lee', 'Bo Kim', 'Cy Ito'], { maxLength: 2 }),
    year: fc.constantFrom(2019, 2020, 2024),
    keywords: fc.subarray(['grass', 'growth']),
    doi: fc.constantFrom('10.1000/x', '10.1000/y', '10.1101/123456'),
    arxiv: fc.constantFrom('2101.10001', '2101.20002'),
  },
  { requiredKeys: ['title'] },
);

/** A file with its records. */
const FILE = fc.record({
  file: fc.constantFrom('a.jsonl', 'b.jsonl', 'c.jsonl', 'd.jsonl'),
  records: fc.array(RECORD, { minLength: 1, maxLength: 6 }),
});

/** Steps of one corpus: files are written, then all are ingested. */
const STEP = fc.record({
  files: fc.array(FILE, { minLength: 1, maxLength: 4 }),
  replaceSource: fc.boolean(),
  workers: fc.integer({ min: 1, max: 3 }),
  batchSize: fc.integer({ min: 1, max: 7 }),
});

/** A folder with a corpus folder and an index, and a corpus in a cluster. */
async function workplace(folder: string, fake: FakeCluster | undefined) {
  const corpus = join(folder, 'corpus');
  await mkdir(corpus, { recursive: true });
  const cluster = await ClusterCorpus.make('b2-same', fake);
  const { client } = cluster;
  const index = join(folder, 'index');
  const encoder = new HashingEncoder();
  return {
    corpus,
    cluster,
    options: { nodes: [], client, corpus: cluster.corpus, patienceMs: 60_000, encoder },
    embedded: { index, encoder },
    write: async (files: readonly { readonly file: string; readonly records: readonly unknown[] }[]) => {
      for (const { file, records } of files) {
        await writeFile(join(corpus, file), records.map((record) => `${JSON.stringify(record)}\n`).join(''));
      }
    },
    expectSame: async () => {
      const snapshot = await openSnapshot(index);
      expect(await cluster.papers()).toEqual([...snapshot.papers]);
      snapshot.close();
    },
  };
}

/**
 * Tests that compare corpora of a cluster with indices in folders.
 * @param make the cluster; undefined for that of `clusterNodes`. @param runs of the longer test.
 */
export function sameAsEmbedded(make: () => FakeCluster | undefined, runs: number): void {
  test('gets the papers of a folder, however many workers and batches there are', async () => {
    const folder = await temporaryFolder();
    let run = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.array(STEP, { minLength: 1, maxLength: 3 }),
        fc.boolean(),
        async (steps, keepDuplicates) => {
          const place = join(folder, String(run++));
          const { corpus, options, embedded, write, expectSame } = await workplace(place, make());
          for (const { files, replaceSource, workers, batchSize } of steps) {
            await write(files);
            const ways = { replaceSource, keepDuplicates };
            await Promise.all(
              Array.from({ length: workers }, (_, n) => {
                const shard = { number: n + 1, of: workers };
                return ingestIntoCluster([corpus], { ...options, ...ways, batchSize, shard });
              }),
            );
            await ingest([corpus], { ...embedded, ...ways });
            await expectSame();
          }
          await rm(place, { recursive: true });
        },
      ),
      { numRuns: runs, endOnFailure: true },
    );
  });

  test('loses the papers that a folder loses', async () => {
    const folder = await temporaryFolder();
    let run = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(FILE, { minLength: 2, maxLength: 4 }), fc.nat(), async (files, chosen) => {
        const place = join(folder, String(run++));
        const { corpus, cluster, options, embedded, write, expectSame } = await workplace(place, make());
        await write(files);
        await ingestIntoCluster([corpus], options);
        const report = await ingest([corpus], embedded);
        if (report.papers < 2) return;
        const papers = await cluster.papers();
        const { id, aliases = [] } = papers[chosen % papers.length]!;
        const source = join(corpus, files[chosen % files.length]!.file);
        for (const removal of [{ ids: [aliases[0] ?? id] }, { sources: [source] }]) {
          const outcome = async (work: Promise<RemovalReport>) =>
            work.then(
              ({ records, removed, papers }) => ({ records, removed, papers }),
              (error: PaperSearchError) => error.code,
            );
          const ours = await outcome(removeFromCluster(removal, options));
          expect(ours).toEqual(await outcome(remove(removal, embedded)));
          await expectSame();
        }
        await rm(place, { recursive: true });
      }),
      { numRuns: Math.ceil(runs / 2), endOnFailure: true },
    );
  });
}
