import type { Paper } from '../../papers/paper.ts';
import { DEFAULT_MODE, type ScheduleRequest, type ScheduleResponse } from '../../search/api.ts';
import { confidenceOf } from '../../search/confidence.ts';
import type { SearchMode } from '../../search/mode.ts';
import { readSchedule, type Schedule } from '../../search/schedule/schedule.ts';
import {
  fittingPapers,
  presentSchedule,
  type Relevant,
  relevantIn,
  shownOf,
} from '../../search/schedule-search.ts';
import type { ClusterCorpus } from '../cluster-corpus.ts';
import { readPapers } from '../match/listing.ts';
import { hitsInOrder } from '../match/pages.ts';
import { allOf, EVERY_PAPER, term, ids as withIds } from '../match/queries.ts';
import { type PreparedQuery, prepare } from '../search/prepare.ts';
import { candidatesOf, queryOver } from '../search/rank-candidates.ts';

/** The schedule of a corpus; positions are places in `ids`. */
interface ClusterSchedule {
  readonly schedule: Schedule;
  /** Of the papers that have a session, in the order of the index. */
  readonly ids: readonly string[];
}

/**
 * The papers that have a session, by time; with a query, the relevant ones, all of which are ranked. The sessions of all
 * papers are read once a snapshot. See `Snapshot.schedule`.
 * @param request checked.
 */
export async function scheduleIn(
  request: ScheduleRequest,
  cluster: ClusterCorpus,
): Promise<Omit<ScheduleResponse, 'tookMs'>> {
  const { mode = DEFAULT_MODE } = request;
  const query = request.query?.trim() || undefined;
  const { schedule, ids } = await cluster.lookups.resolve((known) =>
    known.fetch('schedule', () => readAll(cluster), NOTHING),
  );
  const fitting = fittingPapers(schedule, request);
  const among = fitting.map(({ doc }) => ids[doc]!);
  const ranked = query === undefined ? undefined : await relevantAmong(among, query, mode, cluster);
  const places = new Map(ids.map((id, doc) => [id, doc]));
  const relevant = ranked && {
    confidence: ranked.confidence,
    ranks: new Map(Array.from(ranked.ranks, ([id, rank]) => [places.get(id)!, rank])),
  };
  const shown = shownOf(fitting, relevant, request);
  const papers = await readPapers(
    shown.map(({ doc }) => ids[doc]!),
    cluster,
  );
  const hits = shown.map(({ doc }, i) => ({ paper: papers[i]!, rank: relevant?.ranks.get(doc) }));
  return presentSchedule(request, schedule, relevant, fitting.length, hits);
}

const NOTHING: ClusterSchedule = { schedule: { papers: [], days: [], halls: [], withoutTime: 0 }, ids: [] };

async function readAll(cluster: ClusterCorpus): Promise<ClusterSchedule> {
  const papers: Pick<Paper, 'id' | 'session'>[] = [];
  const read = ['paper.id', 'paper.session'];
  for await (const { _source } of hitsInOrder('index', term('scheduled', 'true'), {}, cluster, read)) {
    papers.push(_source.paper!);
  }
  return { schedule: await readSchedule(papers, cluster.signal), ids: papers.map(({ id }) => id) };
}

/** The relevant papers among some, by their ids. */
async function relevantAmong(
  ids: readonly string[],
  query: string,
  mode: SearchMode,
  cluster: ClusterCorpus,
): Promise<Pick<Relevant, 'confidence'> & { readonly ranks: ReadonlyMap<string, number> }> {
  if (ids.length === 0) return { confidence: confidenceOf(mode, 0), ranks: new Map() };
  const prepared = await cluster.lookups.resolve((known) =>
    prepare({ query, mode, sort: 'date' }, undefined, cluster, known),
  );
  const match = allOf([prepared.match ?? EVERY_PAPER, withIds(ids)]);
  const { text } = prepared.encoded;
  const vector = mode === 'keyword' || text === '' ? undefined : await cluster.encode(text);
  const matched = await cluster.lookups.resolve((known) => known.count(match));
  const narrowed: PreparedQuery = { ...prepared, match, matched };
  const found = await candidatesOf(narrowed, vector, Math.max(matched, 1), cluster);
  const { papers, load } = found.candidates;
  // Without words, the order is by date.
  if (text === '') await load();
  return cluster.lookups.resolve(async (known) => {
    const { query: asked, corpus } = await queryOver(found, narrowed, vector, known);
    if (text === '') await corpus.fields.prepare([], ['date']);
    const { confidence, ranks } = await relevantIn(asked, corpus);
    return { confidence, ranks: new Map(Array.from(ranks, ([doc, rank]) => [papers[doc]!.id, rank])) };
  });
}
