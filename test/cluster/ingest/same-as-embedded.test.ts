import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ingestIntoCluster } from '../../../src/cluster/ingest/ingest-into-cluster.ts';
import { removeFromCluster } from '../../../src/cluster/ingest/remove-from-cluster.ts';
import { openSnapshot } from '../../../src/indexes/store/snapshot-reader.ts';
import { ingest } from '../../../src/ingest/ingest.ts';
import { remove } from '../../../src/ingest/remove.ts';
import { ClusterCorpus, withoutCluster } from '../../support/cluster-corpus.ts';
import { FakeCluster } from '../../support/fake-cluster.ts';
import { HashingEncoder } from '../../support/hashing-encoder.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

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

const CLUSTERS = [
  { where: 'in memory', make: () => new FakeCluster(), runs: 12 },
  ...(withoutCluster ? [] : [{ where: 'of OpenSearch', make: () => undefined, runs: 3 }]),
];

test.each(CLUSTERS)(
  'a cluster $where gets the papers of a folder, however many workers and batches there are',
  async ({ make, runs }) => {
    const folder = await temporaryFolder();
    let run = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.array(STEP, { minLength: 1, maxLength: 3 }),
        fc.constantFrom('1', 'x', 'a.jsonl', 'b.jsonl'),
        fc.boolean(),
        async (steps, unwanted, keepDuplicates) => {
          const place = join(folder, String(run++));
          const corpus = join(place, 'corpus');
          await mkdir(corpus, { recursive: true });
          const { client, corpus: name, papers } = await ClusterCorpus.make('b2-same', make());
          const index = join(place, 'index');
          const embedded = async () => [...(await openSnapshot(index)).papers];
          const options = { nodes: [], client, corpus: name, patienceMs: 60_000 };
          const cluster = { client, corpus: name, papers };
          for (const { files, replaceSource, workers, batchSize } of steps) {
            for (const { file, records } of files) {
              const lines = records.map((record) => `${JSON.stringify(record)}\n`).join('');
              await writeFile(join(corpus, file), lines);
            }
            await Promise.all(
              Array.from({ length: workers }, (_, n) =>
                ingestIntoCluster([corpus], {
                  ...options,
                  encoder: new HashingEncoder(),
                  replaceSource,
                  keepDuplicates,
                  batchSize,
                  shard: { number: n + 1, of: workers },
                }),
              ),
            );
            await ingest([corpus], { index, encoder: new HashingEncoder(), replaceSource, keepDuplicates });
            expect(await papersOf(cluster)).toEqual(await embedded());
          }
          await rm(place, { recursive: true });
          void [removeFromCluster, remove, unwanted];
        },
      ),
      { numRuns: runs, endOnFailure: true },
    );
  },
  600_000,
);

async function papersOf({
  client,
  corpus,
}: {
  client: FakeCluster | ClusterCorpus['client'];
  corpus: string;
}) {
  const { hits } = await client.search<{ paper: { id: string } }>(`paper-search-${corpus}`, {
    size: 10_000,
    _source: ['paper'],
  });
  return hits.hits.map(({ _source }) => _source.paper).sort((a, b) => (a.id < b.id ? -1 : 1));
}
