import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { ClusterClient } from '../../../src/cluster/client/cluster-client.ts';
import { ingestIntoCluster } from '../../../src/cluster/ingest/ingest-into-cluster.ts';
import type { ClusterIngestOptions } from '../../../src/cluster/ingest/options.ts';
import { removeFromCluster } from '../../../src/cluster/ingest/remove-from-cluster.ts';
import { openSnapshot } from '../../../src/indexes/store/snapshot-reader.ts';
import { ingest } from '../../../src/ingest/ingest.ts';
import { ClusterCorpus } from '../../support/cluster-corpus.ts';
import { FakeCluster } from '../../support/fake-cluster.ts';
import { HashingEncoder } from '../../support/hashing-encoder.ts';
import { overlappingFiles } from '../../support/overlapping-files.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

/** A connection that is cut after some requests, as that of a process that is killed. */
function dyingAfter(cluster: FakeCluster, requests: number): ClusterClient {
  let left = requests;
  const live = () => {
    if (left-- <= 0) throw new Error('The process was killed.');
  };
  return {
    version: cluster.version,
    request: async (...parameters) => {
      live();
      return cluster.request(...parameters);
    },
    search: async (index, body) => {
      live();
      return cluster.search(index, body);
    },
    searchAll: async (bodies) => {
      live();
      return cluster.searchAll(bodies);
    },
    close: async () => {},
  };
}

async function workplace(papers = 12) {
  const folder = await temporaryFolder();
  const files = await overlappingFiles(folder, papers);
  const fake = new FakeCluster();
  const cluster = await ClusterCorpus.make('b2-crash', fake);
  // This process lives on after its connection was cut, so only time shows that the worker is dead.
  const options = { nodes: [], corpus: cluster.corpus, leaseMs: 150, patienceMs: 5000, batchSize: 5 };
  const into = (more: Partial<ClusterIngestOptions> = {}) =>
    ingestIntoCluster([files], { ...options, client: fake, encoder: new HashingEncoder(), ...more });
  const index = join(folder, 'index');
  await ingest([files], { index, encoder: new HashingEncoder() });
  const wanted = [...(await openSnapshot(index)).papers];
  return { folder, files, fake, cluster, options, into, wanted };
}

describe('ingestIntoCluster', { timeout: 300_000 }, () => {
  test('completes after it was killed at any request, with the papers of an ingest that was not', async () => {
    const { fake, into } = await workplace();
    await into();
    const requests = fake.requests.length;
    let killed = 0;
    for (let at = 3; at < requests; at += Math.ceil(requests / 9)) {
      const { fake, cluster, into, wanted } = await workplace();
      // The last requests may be signs of life that are no longer needed.
      await into({ client: dyingAfter(fake, at) }).catch(() => {
        killed++;
      });
      const report = await into();
      expect(await cluster.papers()).toEqual(wanted);
      expect(report.papers).toBe(wanted.length);
      const indices = (await cluster.indices()).filter((name) => !name.endsWith('-keys'));
      expect(indices).toEqual([report.snapshot]);
    }
    expect(killed).toBeGreaterThan(5);
  });

  test('completes after workers of a shared ingest were killed one after another', async () => {
    for (const at of [25, 40, 55, 70]) {
      const { fake, cluster, into, wanted } = await workplace();
      const shard = (number: number) => ({ shard: { number, of: 3 } });
      const first = await Promise.allSettled([
        into({ ...shard(1), client: dyingAfter(fake, at) }),
        into({ ...shard(2), client: dyingAfter(fake, at + 7) }),
        into(shard(3)),
      ]);
      for (const [n, { status }] of first.entries()) if (status === 'rejected') await into(shard(n + 1));
      expect(await cluster.papers()).toEqual(wanted);
    }
  });

  test('leaves what is published when it is aborted, and says who is at work to others', async () => {
    const { fake, cluster, options, into, wanted, files } = await workplace();
    const { snapshot } = await into();
    await writeFile(join(files, 'd.jsonl'), `${JSON.stringify({ title: 'A new paper about trees' })}\n`);
    const abort = new AbortController();
    fake.onRequest = (request) => {
      if (request === 'PUT _clone') abort.abort(new Error('enough'));
    };
    await expect(into({ signal: abort.signal })).rejects.toThrow('enough');
    fake.onRequest = () => {};
    expect(fake.aliases.get(`paper-search-${cluster.corpus}`)).toBe(snapshot);
    expect(await cluster.papers()).toEqual(wanted);
    const removal = { ids: [wanted[0]!.id] };
    const remove = (more = {}) =>
      removeFromCluster(removal, {
        ...options,
        client: fake,
        encoder: new HashingEncoder(),
        patienceMs: 1,
        ...more,
      });
    await expect(remove()).rejects.toMatchObject({
      code: 'INDEX_LOCKED',
      message: expect.stringMatching(
        /was not finished: ingest ".*corpus", by process \d+ on .*--discard-unfinished/,
      ),
    });
    await remove({ discardUnfinished: true });
    expect(await cluster.papers()).toEqual(wanted.slice(1));
    expect(await into()).toMatchObject({ added: 2 });
  });

  test('refuses a second ingest while one is at work, and another model', async () => {
    const { fake, into, files, options } = await workplace();
    let meanwhile: Promise<unknown> | undefined;
    fake.onRequest = async () => {
      if (meanwhile || ![...fake.indices.keys()].some((name) => /-\d{8}t/.test(name))) return;
      meanwhile = ingestIntoCluster([join(files, 'a.jsonl')], {
        ...options,
        client: fake,
        encoder: new HashingEncoder(),
        patienceMs: 1,
      });
      await expect(meanwhile).rejects.toMatchObject({
        code: 'INDEX_LOCKED',
        message: expect.stringMatching(/is being changed by process \d+ on .*, since .*Wait for it to end/),
      });
    };
    await into();
    expect(meanwhile).toBeDefined();
    const other = into({ encoder: new HashingEncoder('another-model') });
    await expect(other).rejects.toMatchObject({ code: 'INDEX_INCOMPATIBLE' });
  });
});
