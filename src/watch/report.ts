import type { Paper, PaperSource } from '../papers/paper.ts';
import { paperOfTitle } from '../papers/paper-of-title.ts';
import type { Snapshot } from '../search/engine.ts';
import { describeWatch, type WatchDefinition } from './definition.ts';
import type { FoundPaper } from './events.ts';
import type { Delivery } from './state.ts';

/** Where a paper that is no longer in the index was read is not known any more. */
const REMOVED: PaperSource = { file: '-', format: 'removed', record: 1 };

/** A paper of a report. */
export interface ReportedPaper {
  /** As the index has it now; only id and title are known of one that has been removed. */
  readonly paper: Paper;
  /** Whether it is new, or was reported before and something has become of it. */
  readonly reason: 'new' | 'status';
  readonly level: 'weak' | 'strong';
  readonly score: number;
  /** Id of the paper of the question that it is most similar to, where it is one. */
  readonly nearest?: string | undefined;
  /** Whether it has been removed from the index since it was found. */
  readonly isRemoved: boolean;
}

/** What is delivered. */
export interface WatchReport {
  readonly watch: string;
  /** The question in one line. */
  readonly question: string;
  /** The same in every attempt to deliver the report, and in no other report. */
  readonly delivery: string;
  /** When the papers were found: ISO 8601, UTC. */
  readonly at: string;
  readonly snapshot: string;
  readonly papers: readonly ReportedPaper[];
  /** What the report leaves out, and what to do about it. */
  readonly notices: readonly string[];
}

/** A delivery as a report, with the papers as a snapshot has them. */
export async function reportOf(
  watch: string,
  definition: WatchDefinition,
  { id, at, snapshot: foundIn, papers }: Pick<Delivery, 'id' | 'at' | 'snapshot' | 'papers'>,
  snapshot: Snapshot,
  notices: readonly string[] = [],
): Promise<WatchReport> {
  return {
    watch,
    question: describeWatch(definition),
    delivery: id,
    at,
    snapshot: foundIn,
    papers: await Promise.all(papers.map((found) => reported(found, snapshot))),
    notices,
  };
}

async function reported(found: FoundPaper, snapshot: Snapshot): Promise<ReportedPaper> {
  const paper = await paperOf(found, snapshot);
  const { level, score, nearest, status } = found;
  return {
    paper: paper ?? paperOfTitle(found, REMOVED),
    reason: status === undefined ? 'new' : 'status',
    level,
    score,
    ...(nearest !== undefined && { nearest }),
    isRemoved: paper === undefined,
  };
}

/** The paper of any of its ids. Records of one paper may have been merged since it was found. */
async function paperOf({ id, aliases = [] }: FoundPaper, snapshot: Snapshot): Promise<Paper | undefined> {
  for (const known of [id, ...aliases]) {
    const [found] = await snapshot.identify(known);
    if (found !== undefined) return snapshot.paper(found);
  }
  return undefined;
}

/** "3 new papers", "1 new paper, 2 retracted or withdrawn". */
export function countsOf({ papers }: Pick<WatchReport, 'papers'>): string {
  const fresh = papers.filter(({ reason }) => reason === 'new').length;
  const changed = papers.length - fresh;
  return [
    ...(fresh > 0 ? [`${fresh} new ${fresh === 1 ? 'paper' : 'papers'}`] : []),
    ...(changed > 0 ? [`${changed} reported before, now retracted or withdrawn`] : []),
  ].join(', ');
}

/** The address of a paper on the web: its page, its DOI or its arXiv page; undefined when none is known. */
export function addressOf({ urls, externalIds: { doi, arxiv } }: Paper): string | undefined {
  const known = [
    urls.landing,
    doi && `https://doi.org/${encodeURI(doi)}`,
    arxiv && `https://arxiv.org/abs/${arxiv}`,
    urls.pdf,
  ];
  return known.find((url) => url !== undefined && /^https?:\/\/\S+$/i.test(url));
}
