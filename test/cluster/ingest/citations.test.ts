import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ingestIntoCluster } from '../../../src/cluster/ingest/ingest-into-cluster.ts';
import { removeFromCluster } from '../../../src/cluster/ingest/remove-from-cluster.ts';
import { ClusterCorpus } from '../../support/cluster-corpus.ts';
import { FakeCluster } from '../../support/fake-cluster.ts';
import { HashingEncoder } from '../../support/hashing-encoder.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const json = (...records: unknown[]) => records.map((record) => `${JSON.stringify(record)}\n`).join('');
const title = (id: string) => ({ id, title: `A paper about the subject ${id}`, abstract: `About ${id}.` });

/** A corpus in memory, ingested from files that change. */
async function library() {
  const folder = join(await temporaryFolder(), 'corpus');
  await mkdir(folder);
  const fake = new FakeCluster();
  const cluster = await ClusterCorpus.make('b2-cites', fake);
  const options = { nodes: [], client: fake, corpus: cluster.corpus, encoder: new HashingEncoder() };
  return {
    options,
    cluster,
    add: async (file: string, ...records: unknown[]) => {
      await writeFile(join(folder, file), json(...records));
      return ingestIntoCluster([folder], { ...options, replaceSource: true });
    },
    /** How many papers cite each paper that is cited. */
    citations: async () =>
      Object.fromEntries(
        (await cluster.documents())
          .filter(({ numbers }) => numbers.citations! > 0)
          .map(({ paper, numbers }) => [paper.id, numbers.citations]),
      ),
  };
}

test('counts citations when a corpus is made, and again where links change', async () => {
  const { add, citations, options } = await library();
  await add(
    'a.jsonl',
    { ...title('one'), doi: '10.1000/1', references: ['10.1000/2', 'arXiv:2101.00003', '10.9999/elsewhere'] },
    { ...title('two'), doi: '10.1000/2', references: ['10.1000/2'] },
    { ...title('three'), arxiv: '2101.00003', references: ['10.1000/2'] },
  );
  expect(await citations()).toEqual({ two: 2, three: 1 });

  // A paper comes that another cites already, and cites others.
  await add('b.jsonl', {
    ...title('four'),
    doi: '10.9999/elsewhere',
    references: ['10.1000/1', '10.1000/2'],
  });
  expect(await citations()).toEqual({ one: 1, two: 3, three: 1, four: 1 });

  // A reference is removed.
  await add('b.jsonl', { ...title('four'), doi: '10.9999/elsewhere', references: ['10.1000/1'] });
  expect(await citations()).toEqual({ one: 1, two: 2, three: 1, four: 1 });

  // Whose DOI it is is no longer clear.
  await add('c.jsonl', { ...title('five'), abstract: 'A chapter.', doi: '10.9999/elsewhere', year: 1990 });
  expect(await citations()).toEqual({ one: 1, two: 2, three: 1 });

  await removeFromCluster({ ids: ['one'] }, options);
  expect(await citations()).toEqual({ two: 1 });
});
