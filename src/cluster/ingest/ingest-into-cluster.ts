import { createHash } from 'node:crypto';
import { PaperSearchError } from '../../errors.ts';
import { listFiles } from '../../papers/read/files.ts';
import { realPathOf } from '../../papers/read/real-path.ts';
import { connect } from '../client/connect.ts';
import { IngestSession } from './ingest-session.ts';
import type { OpenChange } from './open-change.ts';
import type { ClusterIngestOptions, ClusterIngestReport } from './options.ts';
import { openOwnChange } from './publish-change.ts';
import { splitFiles } from './split-files.ts';

/**
 * Reads papers from files, folders or standard input (`-`) into a corpus of an OpenSearch cluster, merged as `ingest`
 * merges them. Only what shares an identifier or a title with the new records is read from the cluster, so that time and
 * memory do not depend on what is in the corpus. Searches answer from the current snapshot until the new one is complete
 * and published.
 *
 * Several processes can share one ingest (`shard`): each reads its part, and the one that finishes last publishes.
 * @throws PaperSearchError NO_INPUT, BAD_INPUT or BAD_REQUEST as `ingest` does; INDEX_LOCKED while the corpus is changed by
 *   other work, or such work was not finished; INDEX_INCOMPATIBLE for another model than that of the corpus; what
 *   `ClusterClient` throws; the signal's reason when it aborts. The published snapshot stays as it was.
 */
export async function ingestIntoCluster(
  paths: readonly string[],
  options: ClusterIngestOptions,
): Promise<ClusterIngestReport> {
  const started = performance.now();
  const { number: shard, of: shards } = expectShard(options.shard);
  const files = await listFiles(paths);
  const share = await splitFiles(files, shard, shards);
  const client = options.client ?? (await connect(options));
  let open: OpenChange | undefined;
  try {
    open = await openOwnChange(client, options, {
      what: 'ingest',
      text: paths.map((path) => `"${path}"`).join(', ') || 'of what lists say of papers',
      digest: await digestOf(paths, options),
      shard,
      shards,
      files: shards > 1 ? share.digest : undefined,
      rebuild: options.rebuild,
      keepDuplicates: options.keepDuplicates,
    });
    const session = new IngestSession(open, options, share);
    await session.read(paths, files);
    return await session.finish(paths, started);
  } catch (error) {
    await open?.dropUnlessWritten();
    throw error;
  } finally {
    await open?.close();
    if (!options.client) await client.close();
  }
}

function expectShard({ number, of }: NonNullable<ClusterIngestOptions['shard']> = { number: 1, of: 1 }) {
  if (Number.isInteger(number) && Number.isInteger(of) && number >= 1 && number <= of && of <= 1000) {
    return { number, of };
  }
  const message = `--shard: "${number}/${of}" is not a part of a whole such as 3/8 (at most 1000 parts).`;
  throw new PaperSearchError('BAD_REQUEST', message, { details: { parameter: 'shard' } });
}

/** Equal for the same work: the same places, read and merged in the same way. */
async function digestOf(paths: readonly string[], options: ClusterIngestOptions): Promise<string> {
  const { venue, year, timeZone, columns, format, venueAliases, retractions } = options;
  const { replaceSource = false, keepDuplicates, rebuild = false } = options;
  const places = await Promise.all(paths.map((path) => realPathOf(path)));
  const reading = [venue, year, timeZone, columns, format, venueAliases, retractions];
  const text = JSON.stringify([places.sort(), reading, replaceSource, keepDuplicates, rebuild]);
  return createHash('sha256').update(text).digest('hex').slice(0, 24);
}
