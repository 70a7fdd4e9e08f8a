import { VERSION } from '../../../version.ts';
import type { Stage } from '../../review.ts';
import type { WholePaper, WholeReview } from '../../service.ts';
import type { RecallEstimate } from '../../stop/estimate.ts';
import { countingAt, outcomeOf } from '../export/outcome.ts';
import type { ByWhom, PrismaColumn, PrismaCounts, PrismaReason, PrismaSource } from './counts.ts';
import { identifiedFrom } from './sources.ts';

export interface PrismaOptions {
  /**
   * The estimate of the recall now, as `progress` returns it: the diagram then has what the stopping rules say. Left out with
   * two reviewers per paper: each has an own order of reading and an own estimate, and the diagram is the same for all.
   */
  readonly recall?: RecallEstimate | undefined;
}

/** Reason of a report whose exclusion names no criterion. */
const NO_REASON = 'No reason recorded';

/**
 * Counts what happened in a review, for a PRISMA 2020 flow diagram. Where numbers disagree (a source reported more records
 * than arrived), the difference is a box or a note of its own, so that the boxes always add up; see `PrismaCounts`.
 */
export function prismaCounts(whole: WholeReview, { recall: given }: PrismaOptions = {}): PrismaCounts {
  const isOfAll = whole.protocol.reviewersPerPaper === 1;
  // Before an include is found there is nothing to estimate from.
  const recall = isOfAll && given && given.found > 0 ? given : undefined;
  const { sources, missing, columnOf, notes } = identifiedFrom(whole);
  const columns = (['databases', 'other'] as const).flatMap((kind): PrismaColumn[] => {
    const papers = whole.all.filter((paper) => columnOf(paper) === kind);
    if (kind === 'other' && sources.other.length === 0) return [];
    return [columnFor(kind, sources[kind], kind === 'databases' ? missing : [], papers)];
  });
  const unread = sum(columns, ({ screened }) => screened.byRankingOnly);
  return {
    review: whole.name,
    question: whole.protocol.question,
    at: whole.changedAt,
    columns,
    included: sum(columns, ({ included }) => included),
    duplicatesRemovedBy: `paper-search ${VERSION}, by identifiers, titles, authors, years and abstracts`,
    ...(unread > 0 && { stopping: { unread, recall } }),
    notes: [...notes, ...unfinished(whole, columns, unread, recall)],
  };
}

function columnFor(
  kind: PrismaColumn['kind'],
  sources: readonly PrismaSource[],
  missing: readonly PrismaReason[],
  papers: readonly WholePaper[],
): PrismaColumn {
  const gone = papers.filter((paper) => paper.removed && paper.abstract === 'unread');
  const screened = papers.filter((paper) => !gone.includes(paper));
  const included = screened.filter(({ abstract }) => abstract === 'include');
  const assessed = included.filter(isAssessed);
  const excludedReports = assessed.filter(({ fullText }) => fullText === 'exclude');
  const notRetrieved = included.filter((paper) => !isAssessed(paper) && paper.retrieved === false);
  const identified = sum(sources, ({ records }) => records);
  const other = [
    ...missing,
    ...(gone.length > 0 ? [{ reason: 'Removed from the index before screening', records: gone.length }] : []),
  ];
  return {
    kind,
    sources,
    identified,
    removed: {
      duplicates: identified - sum(missing, ({ records }) => records) - papers.length,
      automation: 0,
      other,
    },
    screened: byWhom(screened),
    excluded: byWhom(screened.filter(({ abstract }) => abstract === 'exclude' || abstract === 'unread')),
    undecided: screened.filter(({ abstract }) => abstract === 'partly' || abstract === 'conflict').length,
    sought: included.length,
    notRetrieved: notRetrieved.length,
    notAssessed: included.length - assessed.length - notRetrieved.length,
    assessed: assessed.length,
    excludedReports: excludedReports.length,
    reasons: reasonsOf(excludedReports),
    undecidedReports: assessed.filter(({ fullText }) => fullText === 'partly' || fullText === 'conflict')
      .length,
    included: assessed.filter(({ fullText }) => fullText === 'include').length,
  };
}

/** A decision about the full text says that it was there, whatever was said before. */
function isAssessed({ fullText }: WholePaper): boolean {
  return fullText !== undefined && fullText !== 'unread';
}

function byWhom(papers: readonly WholePaper[]): ByWhom {
  const byRankingOnly = papers.filter(({ abstract }) => abstract === 'unread').length;
  const byAgents = papers.filter(
    (paper) => paper.abstract !== 'unread' && !isJudgedByPerson(paper, 'abstract'),
  ).length;
  return {
    records: papers.length,
    byPeople: papers.length - byRankingOnly - byAgents,
    byAgents,
    byRankingOnly,
  };
}

/** Settlements are by people. */
function isJudgedByPerson(paper: WholePaper, stage: Stage): boolean {
  const { labels, settlement } = countingAt(paper, stage);
  return labels.length === 0 || settlement !== undefined || labels.some(({ agent }) => !agent);
}

/** The first reason of each report: of the settlement, else of the labels that exclude it. */
function reasonsOf(papers: readonly WholePaper[]): PrismaReason[] {
  const counts = new Map<string, number>();
  for (const paper of papers) {
    const reason = outcomeOf(paper, 'full-text').reasons[0] ?? NO_REASON;
    counts.set(reason, (counts.get(reason) ?? 0) + 1);
  }
  return [...counts]
    .sort(([a, first], [b, second]) => second - first || (a < b ? -1 : 1))
    .map(([reason, records]) => ({ reason, records }));
}

function unfinished(
  { pool, protocol }: WholeReview,
  columns: readonly PrismaColumn[],
  unread: number,
  recall: RecallEstimate | undefined,
): string[] {
  const notes: string[] = [];
  if (unread > 0) {
    const percent = (share: number) => `${Math.round(share * 1000) / 10} %`;
    const rules = recall?.rules.filter(({ stop }) => stop) ?? [];
    const estimate =
      recall &&
      ` Estimated recall: ${percent(recall.recall)} (95 % interval ${percent(recall.low)} to ${percent(recall.high)}).`;
    const rule =
      recall &&
      (rules.length > 0
        ? rules.map(({ name, says }) => ` Stopping rule ${name}: ${says}`).join('')
        : ' No stopping rule says to stop yet.');
    const noEstimate =
      protocol.reviewersPerPaper > 1 ? ' Recall is estimated for each of the reviewers, and not here.' : '';
    notes.push(
      `${unread} ${unread === 1 ? 'record was' : 'records were'} ranked by the learner and not read.${estimate ?? ''}${rule ?? ''}${noEstimate}`,
    );
  }
  const undecided = sum(columns, (column) => column.undecided);
  if (undecided > 0) notes.push(`${undecided} screened records have no final decision yet.`);
  const open = sum(columns, (column) => column.notAssessed + column.undecidedReports);
  if (open > 0) notes.push(`${open} reports have no final decision by full text yet.`);
  if (pool.length > 1) {
    notes.push(`The pool was taken from the index ${pool.length} times; the counts are of all of them.`);
  }
  return notes;
}

function sum<T>(items: readonly T[], of: (item: T) => number): number {
  return items.reduce((total, item) => total + of(item), 0);
}
