import { createHash } from 'node:crypto';
import { PaperSearchError } from '../../errors.ts';
import type { Removal, RemovalReport } from '../../ingest/remove.ts';
import { connect } from '../client/connect.ts';
import { currentSnapshot } from '../store/snapshots.ts';
import { idKey } from './identity-keys.ts';
import type { OpenChange } from './open-change.ts';
import type { ClusterChangeOptions } from './options.ts';
import { papersOfFiles } from './papers-of-files.ts';
import { changeNoter, openOwnChange, publishChange } from './publish-change.ts';
import { readSources } from './sources.ts';
import { apply, type TransactionTools } from './transaction.ts';

/** Papers that are removed at once. */
const AT_ONCE = 200;

/**
 * Takes papers, or what came from some files, out of a corpus of a cluster, as `remove` does. They come back when these
 * files are ingested again.
 * @throws PaperSearchError NOT_FOUND when an id or a source is not in the corpus, and then nothing is taken out;
 *   INDEX_MISSING for a corpus that does not exist; BAD_REQUEST when no paper would be left; and what `ingestIntoCluster`
 *   throws.
 */
export async function removeFromCluster(
  { ids = [], sources = [] }: Removal,
  options: ClusterChangeOptions,
): Promise<RemovalReport> {
  const { corpus } = options;
  const client = options.client ?? (await connect(options));
  let open: OpenChange | undefined;
  try {
    if (!(await currentSnapshot(client, corpus))) {
      throw new PaperSearchError('INDEX_MISSING', `The cluster has no corpus "${corpus}".`, {
        details: { corpus },
      });
    }
    const list = [...ids, ...sources].map((name) => `"${name}"`).join(', ');
    const digest = createHash('sha256')
      .update(JSON.stringify([[...ids].sort(), [...sources].sort()]))
      .digest('hex');
    open = await openOwnChange(client, options, {
      what: 'remove',
      text: list,
      digest: digest.slice(0, 24),
      shard: 1,
      shards: 1,
    });
    return await removeIn(open, { ids, sources }, options);
  } catch (error) {
    await open?.dropUnlessWritten();
    throw error;
  } finally {
    await open?.close();
    if (!options.client) await client.close();
  }
}

async function removeIn(
  open: OpenChange,
  { ids, sources }: Required<{ ids: readonly string[]; sources: readonly string[] }>,
  { signal, onProgress }: ClusterChangeOptions,
): Promise<RemovalReport> {
  const { client, corpus, keysIndex, basis } = open;
  const tools: TransactionTools = { ...open.tools, onChange: changeNoter(open) };
  await client.request('POST', `/${keysIndex}/_refresh`);
  let records = 0;
  let removed = 0;
  const papers = await papersNamed(ids, tools);
  const paths = await readSources(client, keysIndex, signal);
  const files = new Set<string>();
  for (const source of sources) {
    const names = await paths.namesIn(source);
    if (!(await haveRecords(names, open, signal)))
      throw notFound(corpus, [source], 'nothing from the source');
    for (const name of names) files.add(name);
  }
  for (let start = 0; start < papers.length; start += AT_ONCE) {
    const some = papers.slice(start, start + AT_ONCE);
    const unwanted = new Set(some);
    count(await apply({ read: [], papers: some, remove: (_, paper) => unwanted.has(paper) }, tools));
  }
  for await (const some of papersOfFiles(open, files, signal)) {
    count(await apply({ read: [], papers: some, remove: ({ keys }) => files.has(keys.file) }, tools));
  }
  const published = await publishChange(open, { onProgress, signal });
  return {
    index: corpus,
    snapshot: published?.snapshot ?? basis!,
    records,
    removed,
    papers: published?.papers ?? 0,
  };

  function count({ components }: Awaited<ReturnType<typeof apply>>): void {
    for (const component of components) {
      records += component.removed;
      removed += component.before.length - component.groups.length;
    }
  }

  /** The papers with these ids or aliases. @throws PaperSearchError NOT_FOUND for ids that no paper has. */
  async function papersNamed(
    names: readonly string[],
    { keys, papers }: TransactionTools,
  ): Promise<string[]> {
    const entries = await keys.read(names.map(idKey));
    const known = await papers.read([...new Set([...entries.values()].flatMap((entry) => entry.papers))]);
    const found = new Set<string>();
    const unknown: string[] = [];
    for (const name of names) {
      const holders = entries.get(idKey(name))!.papers;
      // As in a folder: of several papers with the alias, the last by id.
      const others = holders.filter((id) => known.get(id)?.paper.aliases?.includes(name)).sort();
      const holder = known.get(name) ?? known.get(others.at(-1) ?? '');
      if (holder) found.add(holder.paper.id);
      else unknown.push(name);
    }
    if (unknown.length > 0) throw notFound(corpus, unknown, 'no paper with the id');
    return [...found];
  }
}

/** Whether some paper has a record of one of these files. */
async function haveRecords(
  files: ReadonlySet<string>,
  open: OpenChange,
  signal?: AbortSignal,
): Promise<boolean> {
  for await (const some of papersOfFiles(open, files, signal)) {
    const known = await open.tools.papers.read(some);
    const has = [...known.values()].some(({ records }) =>
      records.some(({ record }) => files.has(record.source.file)),
    );
    if (has) return true;
  }
  return false;
}

function notFound(corpus: string, names: readonly string[], what: string): PaperSearchError {
  const list = names.map((name) => `"${name}"`).join(', ');
  return new PaperSearchError(
    'NOT_FOUND',
    `The corpus "${corpus}" has ${what} ${list}. Nothing was removed.`,
    {
      details: { corpus, names },
    },
  );
}
