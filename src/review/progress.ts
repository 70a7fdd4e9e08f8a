import { ownDecision } from './basis.ts';
import type { Pool } from './pool/pool.ts';
import type { RecallCurves } from './recall-curves.ts';
import type { ChosenBy, Stage, Standing } from './review.ts';
import type { Progress, StageCounts } from './service.ts';
import { currentLabels, type Judged, judgedOf, type ReviewState, standingOf } from './state.ts';
import { estimateRecall } from './stop/estimate.ts';
import type { ScreenedHistory } from './stop/history.ts';
import { standingAt, standingsOf } from './view.ts';

/**
 * How far a review and one of its reviewers have come.
 * @param curves what is remembered of the curves of this pool.
 */
export function progressOf(state: ReviewState, pool: Pool, curves: RecallCurves, reviewer: string): Progress {
  const history = historyOf(state, pool, reviewer);
  return {
    ...countsOf(state, pool),
    own: ownCounts(state, reviewer),
    recall: estimateRecall(history, { target: state.protocol.targetRecall }),
    curve: curves.of(reviewer, history),
  };
}

/** How many papers are where, at each stage. A removed paper counts if it was judged. */
function countsOf(
  state: ReviewState,
  pool: Pool,
): { readonly abstract: StageCounts; readonly fullText: StageCounts } {
  const counts = { abstract: noPapers(), 'full-text': noPapers() };
  for (const { paper, removed } of pool.papers) {
    const judged = judgedOf(state, paper.id);
    const standings = standingsOf(judged, state);
    if (removed && standings.abstract === 'unread') continue;
    for (const stage of ['abstract', 'full-text'] as const) {
      const standing = standingAt(standings, stage);
      if (standing) count(counts[stage], standing);
    }
  }
  return { abstract: counts.abstract, fullText: counts['full-text'] };
}

/**
 * What was screened, in the order of the first labels: with two reviewers per paper, by the one who asks. A `maybe`
 * counts as not included until it is settled.
 */
function historyOf(state: ReviewState, pool: Pool, reviewer: string): ScreenedHistory {
  const { protocol } = state;
  const isBlind = protocol.reviewersPerPaper > 1;
  const screened: { readonly number: number; readonly found: boolean; readonly chosenBy: ChosenBy }[] = [];
  let unread = 0;
  for (const { paper, removed } of pool.papers) {
    const judged = judgedOf(state, paper.id);
    const first = judged.labels.find(
      ({ by, stage }) => stage === 'abstract' && (!isBlind || by === reviewer),
    );
    if (!first) {
      if (!removed) unread++;
      continue;
    }
    const { number, chosenBy } = first;
    screened.push({ number, found: isIncluded(judged, reviewer, isBlind, state), chosenBy });
  }
  screened.sort((a, b) => a.number - b.number);
  return {
    poolSize: screened.length + unread,
    found: Uint8Array.from(screened, ({ found }) => Number(found)),
    random: Uint8Array.from(screened, ({ chosenBy }) => Number(chosenBy === 'random')),
    known: Uint8Array.from(screened, ({ chosenBy }) => Number(chosenBy !== 'random' && chosenBy !== 'rank')),
  };
}

function isIncluded(judged: Judged, reviewer: string, isBlind: boolean, { protocol }: ReviewState): boolean {
  const standing = standingOf(judged, 'abstract', protocol);
  if (!isBlind) return standing === 'include';
  return ownDecision(standing, currentLabels(judged, 'abstract').get(reviewer)?.decision) === 'include';
}

function ownCounts({ judged }: ReviewState, reviewer: string): Progress['own'] {
  const own = { read: 0, included: 0, maybe: 0 };
  for (const each of judged.values()) {
    const label = currentLabels(each, 'abstract').get(reviewer);
    if (!label) continue;
    own.read++;
    if (label.decision === 'include') own.included++;
    if (label.decision === 'maybe') own.maybe++;
  }
  return own;
}

type Counting = { -readonly [K in keyof StageCounts]: StageCounts[K] };

function noPapers(): Counting {
  return { papers: 0, unread: 0, partly: 0, conflicts: 0, included: 0, excluded: 0 };
}

const COUNTED: Readonly<Record<Standing, Exclude<keyof StageCounts, 'papers'>>> = {
  unread: 'unread',
  partly: 'partly',
  conflict: 'conflicts',
  include: 'included',
  exclude: 'excluded',
};

function count(counts: Counting, standing: Standing): void {
  counts.papers++;
  counts[COUNTED[standing]]++;
}

/** The names of a stage's reviewers, in the order of their first labels. @param stage default: of both. */
export function reviewersOf({ judged }: ReviewState, stage?: Stage): readonly string[] {
  const first = new Map<string, number>();
  for (const { labels } of judged.values()) {
    for (const { by, number, stage: at } of labels) {
      if (stage !== undefined && at !== stage) continue;
      first.set(by, Math.min(first.get(by) ?? number, number));
    }
  }
  return [...first].sort((a, b) => a[1] - b[1]).map(([name]) => name);
}
