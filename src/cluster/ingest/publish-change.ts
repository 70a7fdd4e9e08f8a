import type { IngestProgress } from '../../ingest/report.ts';
import type { StatusByKey } from '../../papers/read/retractions.ts';
import type { ClusterClient } from '../client/cluster-client.ts';
import { flagsPath, SOURCES } from '../store/paths.ts';
import { dropSnapshot, publish } from '../store/snapshots.ts';
import { CitationCounter, touchedWorks } from './citations.ts';
import { allDocuments } from './documents.ts';
import { externalKey } from './identity-keys.ts';
import { isChanged, noteChanged, notedLinks, notedStatuses, noteLinks } from './notes.ts';
import { type OpenChange, openChange, type WorkOfChange } from './open-change.ts';
import type { ClusterChangeOptions } from './options.ts';
import { apply, type TransactionTools } from './transaction.ts';

/** Keys whose papers are looked at together. */
const CONTESTED_AT_ONCE = 50;
const STATUSES_AT_ONCE = 500;

/** What was published. */
export interface Published {
  readonly snapshot: string;
  /** Papers in the corpus, those without an abstract, and those of several records. */
  readonly papers: number;
  readonly withoutAbstract: number;
  readonly ofSeveralSources: number;
  /** Records that statuses were noted on. */
  readonly marked: number;
}

/**
 * Completes the snapshot of a change whose workers are all done, publishes it, and ends the change. Where nothing was
 * changed, the snapshot before stays. Every step can be repeated, so that another worker can finish what a killed one began.
 * @returns undefined when there would be no papers: nothing is published then, and the corpus is as it was.
 */
export async function publishChange(
  open: OpenChange,
  {
    onProgress = () => {},
    signal,
  }: { onProgress?: ((progress: IngestProgress) => void) | undefined; signal?: AbortSignal | undefined },
): Promise<Published | undefined> {
  const { client, corpus, keysIndex, basis, change, changes } = open;
  const { papers } = open.tools;
  const tools: TransactionTools = {
    ...open.tools,
    onChange: changeNoter(open),
  };
  onProgress({ stage: 'writing' });
  await client.request('POST', `/${keysIndex}/_refresh`);
  const statuses = await notedStatuses(client, keysIndex, signal);
  const marked = await markPapers(statuses, tools);
  await settleIds(open, tools, signal);
  if (basis !== undefined && !(await isChanged(client, keysIndex))) {
    await dropSnapshot(client, change.snapshot);
    await endChange(open);
    return { snapshot: basis, marked, ...(await countsOf(open, basis)) };
  }
  await client.request('POST', `/${papers.index}/_refresh`);
  const counts = await countsOf(open, papers.index);
  if (counts.papers === 0 && basis === undefined) {
    await dropSnapshot(client, change.snapshot);
    await endChange(open);
    return undefined;
  }
  await countCitations(open, onProgress, signal);
  signal?.throwIfAborted();
  onProgress({ stage: 'writing' });
  await publish(client, corpus, papers.index);
  await endChange(open);
  return { snapshot: papers.index, marked, ...counts };

  async function endChange({ change: { document, worker } }: OpenChange): Promise<void> {
    await worker.stop();
    await changes.forget(document.id);
  }
}

/**
 * Begins, joins or continues a change. One that was complete when its last worker died is published first.
 * @throws PaperSearchError as `openChange` does.
 */
export async function openOwnChange(
  client: ClusterClient,
  options: ClusterChangeOptions,
  work: WorkOfChange,
): Promise<OpenChange> {
  while (true) {
    const open = await openChange(client, options, work);
    if (!open.change.isComplete) return open;
    try {
      await publishChange(open, options);
    } finally {
      await open.close();
    }
  }
}

/**
 * Notes, before components are written, that the change writes something, and which works are cited by more or fewer papers
 * then. A corpus without papers before needs no such notes: all citations are counted.
 */
export function changeNoter({
  client,
  keysIndex,
  basis,
}: OpenChange): NonNullable<TransactionTools['onChange']> {
  let isNoted = false;
  return async (components, transaction) => {
    if (!isNoted) await noteChanged(client, keysIndex);
    isNoted = true;
    if (basis === undefined) return;
    const works = new Set(components.flatMap((component) => [...touchedWorks(component)]));
    if (works.size > 0) await noteLinks(client, keysIndex, transaction, works);
  };
}

/** Notes what lists and notices say on the records that they mean. @returns how many records. */
async function markPapers(statuses: StatusByKey, tools: TransactionTools): Promise<number> {
  const keys = [...statuses.keys()];
  let marked = 0;
  for (let start = 0; start < keys.length; start += STATUSES_AT_ONCE) {
    const entries = await tools.keys.read(keys.slice(start, start + STATUSES_AT_ONCE).map(externalKey));
    const papers = [...new Set([...entries.values()].flatMap((entry) => entry.papers))];
    if (papers.length > 0) marked += (await apply({ read: [], papers, statuses }, tools)).marked;
  }
  return marked;
}

/** Decides who gets an id that several papers would have, as if all had been read at once. */
async function settleIds(
  { client, keysIndex, change }: OpenChange,
  tools: TransactionTools,
  signal: AbortSignal | undefined,
): Promise<void> {
  const query = { term: { contested: change.document.id } };
  await client.request('POST', `/${keysIndex}/_refresh`);
  const pages = allDocuments<{ papers: string[] }>(
    client,
    keysIndex,
    query,
    CONTESTED_AT_ONCE,
    ['papers'],
    signal,
  );
  for await (const page of pages) {
    const papers = [...new Set(page.flatMap(({ document }) => document.papers))];
    await apply({ read: [], papers }, { ...tools, withSameIds: true });
  }
}

async function countCitations(
  { client, keysIndex, basis, tools }: OpenChange,
  onProgress: (progress: IngestProgress) => void,
  signal: AbortSignal | undefined,
): Promise<void> {
  const counter = new CitationCounter(client, tools.papers, signal);
  const report = () => onProgress({ stage: 'writing' });
  if (basis === undefined) {
    if (await counter.hasLinks()) await counter.countAll(report);
    return;
  }
  await client.request('POST', `/${keysIndex}/_refresh`);
  for await (const works of notedLinks(client, keysIndex, signal)) await counter.countWorks(works, report);
}

/** @param index refreshed. */
async function countsOf({ client }: OpenChange, index: string) {
  const without = { bool: { must_not: { term: { [flagsPath('has')]: 'abstract' } } } };
  const several = { range: { [SOURCES]: { gt: 1 } } };
  const counted = await client.searchAll(
    [{}, { query: without }, { query: several }].map((body) => ({ index, body: { ...body, size: 0 } })),
  );
  const [papers, withoutAbstract, ofSeveralSources] = counted.map(({ hits }) => hits.total!.value);
  return { papers: papers!, withoutAbstract: withoutAbstract!, ofSeveralSources: ofSeveralSources! };
}
