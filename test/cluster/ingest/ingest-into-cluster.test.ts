import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { ingestIntoCluster } from '../../../src/cluster/ingest/ingest-into-cluster.ts';
import type { ClusterIngestOptions } from '../../../src/cluster/ingest/options.ts';
import { openSnapshot } from '../../../src/indexes/store/snapshot-reader.ts';
import { ingest } from '../../../src/ingest/ingest.ts';
import { ClusterCorpus } from '../../support/cluster-corpus.ts';
import { FakeCluster } from '../../support/fake-cluster.ts';
import { HashingEncoder } from '../../support/hashing-encoder.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const json = (...records: unknown[]) => records.map((record) => `${JSON.stringify(record)}\n`).join('');
const paper = (id: string, title = `Title of ${id} about search`) => ({
  id,
  title,
  abstract: `Abstract of ${title}.`,
});

/** A folder with a corpus folder, an index folder, and a corpus in a cluster. */
async function workplace(files: Record<string, string>, fake: FakeCluster) {
  const folder = await temporaryFolder();
  const corpus = join(folder, 'corpus');
  await mkdir(corpus);
  for (const [name, content] of Object.entries(files)) await writeFile(join(corpus, name), content);
  const cluster = await ClusterCorpus.make('b2-test', fake);
  const options = { nodes: [], client: cluster.client, corpus: cluster.corpus };
  const into = (more: Partial<ClusterIngestOptions> = {}, paths = [corpus]) =>
    ingestIntoCluster(paths, { ...options, encoder: new HashingEncoder(), ...more });
  const index = join(folder, 'index');
  const embed = (more = {}) => ingest([corpus], { index, encoder: new HashingEncoder(), ...more });
  const embedded = async () => [...(await openSnapshot(index)).papers];
  return { corpus, options, cluster, into, embed, embedded };
}

describe('ingestIntoCluster, with a cluster in memory', () => {
  test('makes the papers that an ingest into a folder makes, and nothing new of the same files', async () => {
    const doe = { authors: ['Jane Doe', 'Max Roe'], year: 2020 };
    const { cluster, into, embed, embedded } = await workplace(
      {
        'a.jsonl': json(
          { ...paper('1'), ...doe },
          { ...paper('2', 'A study of dense retrieval methods'), ...doe, doi: '10.1000/182' },
          { title: 'No abstract here at all' },
        ),
        'b.jsonl': json(
          { ...paper('1', 'Something else entirely about ranking'), ...doe },
          { ...paper('x', 'A study of dense retrieval methods'), ...doe, arxiv: '2101.00001' },
        ),
        'c.jsonl': `${json({ ...paper('3', 'Editorial'), ...doe })}broken\n`,
      },
      new FakeCluster(),
    );
    const report = await into();
    const other = await embed();
    expect(await cluster.papers()).toEqual(await embedded());
    const {
      read,
      added,
      updated,
      unchanged,
      duplicate,
      removed,
      papers,
      withoutAbstract,
      rejected,
      ofSeveralSources,
    } = other;
    expect(report).toMatchObject({
      read,
      added,
      updated,
      unchanged,
      duplicate,
      removed,
      papers,
      withoutAbstract,
      rejected,
      ofSeveralSources,
    });
    expect(report.encoded).toBe(papers);

    const again = await into();
    expect(again).toMatchObject({ added: 0, updated: 0, unchanged: 6, duplicate: 0, encoded: 0, papers });
    expect(again.snapshot).toBe(report.snapshot);
    expect((await cluster.indices()).length).toBe(2);
  });

  test('starts from no papers with a rebuild, and needs the keys of the papers that are there', async () => {
    const { cluster, options, corpus, into } = await workplace(
      { 'a.jsonl': json(paper('1')), 'b.jsonl': json(paper('2')) },
      new FakeCluster(),
    );
    await into();
    await into({ rebuild: true }, [join(corpus, 'b.jsonl')]);
    expect((await cluster.papers()).map(({ id }) => id)).toEqual(['2']);
    await cluster.client.request('DELETE', `/paper-search-${options.corpus}-keys`);
    await expect(into()).rejects.toMatchObject({ code: 'INDEX_CORRUPT' });
    await into({ rebuild: true });
    expect((await cluster.papers()).map(({ id }) => id)).toEqual(['1', '2']);
  });

  test('marks papers by a list of retractions, and publishes nothing where no paper is found', async () => {
    const { cluster, corpus, into } = await workplace(
      { 'a.jsonl': json({ ...paper('1'), doi: '10.1000/182' }, paper('2')) },
      new FakeCluster(),
    );
    await writeFile(join(corpus, 'bad.jsonl'), '{}\n');
    await mkdir(join(corpus, 'none'));
    const bad = into({}, [join(corpus, 'bad.jsonl')]);
    await expect(bad).rejects.toMatchObject({ code: 'BAD_INPUT' });
    await expect(into({}, [join(corpus, 'none')])).rejects.toMatchObject({ code: 'NO_INPUT' });
    expect(await cluster.isPublished()).toBe(false);
    await into({}, [join(corpus, 'a.jsonl')]);
    const list = join(corpus, '..', 'retractions.csv');
    await writeFile(
      list,
      'Record ID,OriginalPaperDOI,RetractionDate,RetractionNature,Reason\n1,10.1000/182,1/31/2020 0:00,Retraction,Error\n',
    );
    const report = await into({ retractions: list }, []);
    expect(report).toMatchObject({ marked: 1, papers: 2, encoded: 0 });
    expect((await cluster.papers()).map(({ status }) => status?.kind)).toEqual(['retracted', undefined]);
  });

  test('refuses to share standard input, and a part that does not exist', async () => {
    const { into } = await workplace({ 'a.jsonl': json(paper('1')) }, new FakeCluster());
    await expect(into({ shard: { number: 1, of: 2 } }, ['-'])).rejects.toMatchObject({ code: 'BAD_REQUEST' });
    await expect(into({ shard: { number: 3, of: 2 } })).rejects.toThrow('--shard: "3/2"');
  });
});
