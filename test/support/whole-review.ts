import type { Label, Settlement, Stage } from '../../src/review/review.ts';
import type { PoolChange, WholePaper, WholeReview } from '../../src/review/service.ts';
import { paperOf } from './papers.ts';

/** A paper of a review by what was decided about it. */
export interface PaperPlan extends Partial<Omit<WholePaper, 'labels' | 'settled' | 'paper'>> {
  readonly paper?: Partial<WholePaper['paper']> | undefined;
  readonly labels?: readonly Partial<Label>[] | undefined;
  readonly settled?: readonly Partial<Settlement>[] | undefined;
}

/** A review with defaults for all that a test does not set; papers are p1, p2, …, their records are all of one file. */
export function wholeReview({
  papers,
  ...given
}: Partial<Omit<WholeReview, 'all' | 'papers'>> & { readonly papers: readonly PaperPlan[] }): WholeReview {
  let number = 2;
  const all = papers.map((plan, at): WholePaper => {
    const { paper = {}, labels = [], settled = [], ...rest } = plan;
    const id = `p${at + 1}`;
    const made = { stage: 'abstract' as Stage, reasons: [], note: '', by: 'Ama', at: timeOf(at), paper: id };
    return {
      removed: false,
      abstract: 'unread',
      records: 1,
      ...rest,
      paper: paperOf({ id, title: `Paper number ${at + 1} of this review`, ...paper }),
      labels: labels.map((label) => ({
        ...made,
        number: number++,
        decision: 'exclude',
        agent: false,
        chosenBy: 'rank',
        ...label,
      })),
      settled: settled.map((each) => ({ ...made, number: number++, decision: 'exclude', ...each })),
    };
  });
  const present = all.filter(({ removed }) => !removed);
  const records = present.reduce((sum, paper) => sum + paper.records, 0);
  const pool: PoolChange = {
    number: 2,
    at: timeOf(0),
    by: 'Ama',
    request: {},
    snapshot: '0123456789abcdef',
    added: present.length,
    removed: 0,
    papers: present.length,
    records: [{ source: 'records.ris', records }],
    duplicates: records - present.length,
    vectors: false,
  };
  return {
    id: 'a-review',
    name: 'Statins and sleep',
    question: 'Do statins change sleep?',
    createdAt: timeOf(0),
    createdBy: 'Ama',
    changedAt: timeOf(papers.length),
    version: number,
    papers: all.length,
    decided: all.filter(({ abstract }) => abstract === 'include' || abstract === 'exclude').length,
    included: all.filter(({ abstract }) => abstract === 'include').length,
    conflicts: all.filter(({ abstract }) => abstract === 'conflict').length,
    reviewers: ['Ama'],
    pool: [pool],
    poolOutdated: false,
    log: [],
    all,
    ...given,
    protocol: {
      question: 'Do statins change sleep?',
      include: [],
      exclude: [],
      sources: [],
      reviewersPerPaper: 1,
      targetRecall: 0.95,
      randomEvery: 0,
      keywordOnly: true,
      highlights: [],
      ...given.protocol,
    },
  };
}

function timeOf(minute: number): string {
  return new Date(Date.UTC(2026, 0, 2, 3, minute)).toISOString();
}
