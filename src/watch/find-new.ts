import { PaperSearchError } from '../errors.ts';
import type { Paper } from '../papers/paper.ts';
import type { StatusKind } from '../papers/status.ts';
import type { Snapshot } from '../search/engine.ts';
import type { Filters } from '../search/match/filters.ts';
import type { PaperRelevance, RelevanceRequest } from '../search/relevance/api.ts';
import type { WatchDefinition } from './definition.ts';
import type { FoundPaper } from './events.ts';
import { ReportedPapers, type WatchState } from './state.ts';

/** What has to become of a reported paper for it to be reported again, where a watch asks for changes. */
const REPORTED_STATUSES = [
  'retracted',
  'removed',
  'withdrawn',
  'concern',
] as const satisfies readonly StatusKind[];

/** What a run found in a snapshot. */
export interface Found {
  /** New papers, the most relevant first; then reported ones of which something has become. */
  readonly papers: readonly FoundPaper[];
  /** What the answer leaves out, and what to do about it. */
  readonly notices: readonly string[];
}

/**
 * The papers of a snapshot that a watch has not reported: those that arrived since it was created and are relevant
 * enough. All of them are looked at in every run, not only those since the last one: a paper can become relevant when
 * its abstract is added, or the definition is changed.
 * @throws PaperSearchError as `Snapshot.relevance` does; NOT_FOUND when the watch has no query and none of the papers
 *   that new ones should be like is in the index.
 */
export async function findNew(
  { definition, after, deliveries }: WatchState,
  snapshot: Snapshot,
): Promise<Found> {
  const reported = new ReportedPapers(deliveries);
  const { request, notices } = await requestOf(definition, snapshot);
  const among = after === undefined ? undefined : { filters: arrivedAfter(after) };
  const relevant = await snapshot.relevance(request, among);
  const wanted = relevant.filter(
    ({ confidence }) => definition.minConfidence === 'weak' || confidence.level === 'strong',
  );
  const papers: FoundPaper[] = [];
  for (const { paper, relevance } of await withPapers(wanted, snapshot)) {
    if (!reported.has(paper)) papers.push(foundPaper(paper, relevance));
  }
  const changed = definition.changes ? await withNewStatus(reported, snapshot) : [];
  return { papers: [...papers, ...changed], notices };
}

/** The latest arrival of a snapshot (ISO 8601); undefined for one without papers. */
export async function latestArrival(snapshot: Snapshot): Promise<string | undefined> {
  for await (const paper of snapshot.papers({ order: 'added', limit: 1 })) return paper.added;
  return undefined;
}

/** The arrival is later than that of every paper that was there. */
function arrivedAfter(after: string): Filters {
  return { added: { from: Date.parse(after) + 1 } };
}

/** The request, without the papers that have been removed since the watch was defined. */
async function requestOf(
  { query, like, unlike, mode, filters, rejected }: WatchDefinition,
  snapshot: Snapshot,
): Promise<{ request: RelevanceRequest; notices: string[] }> {
  const notices: string[] = [];
  const known = async (ids: readonly string[]) => {
    const found: string[] = [];
    for (const id of ids) {
      const [first] = await snapshot.identify(id);
      if (first !== undefined) found.push(first);
      else notices.push(`The paper "${id}" is no longer in the index, so it was left out of the question.`);
    }
    // Two papers of the question may have been merged.
    return [...new Set(found)];
  };
  const positive = await known(like);
  const negative = (await known(unlike)).filter((id) => !positive.includes(id));
  if (like.length > 0 && positive.length === 0 && query.trim() === '') {
    const message = `No paper that new ones should be like is in the index any more: ${like.join(', ')}. Change the watch.`;
    throw new PaperSearchError('NOT_FOUND', message, { details: { ids: [...like] } });
  }
  return { request: { query, positive, negative, mode, filters, rejected }, notices };
}

async function withPapers(
  relevant: readonly PaperRelevance[],
  snapshot: Snapshot,
): Promise<{ paper: Paper; relevance: PaperRelevance }[]> {
  const byId = new Map(relevant.map((relevance) => [relevance.id, relevance]));
  const papers: { paper: Paper; relevance: PaperRelevance }[] = [];
  if (byId.size === 0) return papers;
  for await (const paper of snapshot.papers({ ids: [...byId.keys()] })) {
    papers.push({ paper, relevance: byId.get(paper.id)! });
  }
  return papers;
}

async function withNewStatus(reported: ReportedPapers, snapshot: Snapshot): Promise<FoundPaper[]> {
  const found: FoundPaper[] = [];
  for await (const paper of snapshot.papers({ filters: { is: [...REPORTED_STATUSES] } })) {
    const { status } = paper;
    if (!status || !reported.has(paper) || reported.hasStatus(paper, status.kind)) continue;
    const relevance = { id: paper.id, confidence: { level: 'strong' as const, score: 1 } };
    found.push({ ...foundPaper(paper, relevance), status: status.kind });
  }
  return found;
}

function foundPaper(
  { id, aliases, title, abstract }: Paper,
  { confidence, nearest }: PaperRelevance,
): FoundPaper {
  // `Snapshot.relevance` returns relevant papers only.
  const level = confidence.level === 'strong' ? 'strong' : 'weak';
  return {
    id,
    ...(aliases && { aliases: [...aliases] }),
    title: title || abstract.slice(0, 100),
    level,
    score: confidence.score,
    ...(nearest !== undefined && { nearest }),
  };
}
