import type { KeptPaper } from '../../collections/collection.ts';
import type { Label, Reasons, ReviewedPaper, Settlement, Suggestion } from '../../review/review.ts';
import type {
  Labelled,
  PoolChange,
  Replay,
  Review,
  ReviewService,
  ReviewSummary,
} from '../../review/service.ts';
import { plainPaper } from '../../search/plain-hit.ts';
import { visibleText } from '../../text/visible-text.ts';
import { bylineOf } from '../render.ts';
import type { Styles } from './marked-text.ts';
import { percentText, recallText } from './progress-text.ts';
import { movedText, numberedCriteria, whyLines } from './screen-view.ts';

const WIDTH = 100;
const INDENT = '   ';

/** The reviews of an index, one a line. */
export function renderReviews(list: readonly ReviewSummary[], index: string): string {
  if (list.length === 0) {
    return `"${index}" has no reviews. Create one: paper-search review new NAME --question TEXT --criteria FILE`;
  }
  const width = Math.max(...list.map(({ id }) => id.length));
  return visibleText(
    list
      .map(({ id, name, papers, decided, included, conflicts, changedAt }) => {
        const open = conflicts > 0 ? `, ${countText(conflicts, 'conflict')}` : '';
        return `${id.padEnd(width)}  ${name}: ${decided} of ${papers} papers decided, ${included} included${open}, changed ${changedAt.slice(0, 10)}`;
      })
      .join('\n'),
  );
}

/** A review with its protocol, its searches and its pool. */
export function renderReview(review: Review): string {
  const { id, name, protocol, createdAt, createdBy, reviewers, papers, decided, included, conflicts } =
    review;
  const criteria = numberedCriteria(protocol);
  const listed = (kind: 'include' | 'exclude') =>
    criteria
      .filter((criterion) => criterion.kind === kind)
      .map(
        (each) => `  ${each.number} ${each.name}${each.description === '' ? '' : `: ${each.description}`}`,
      );
  const target = percentText(protocol.targetRecall);
  const random = protocol.randomEvery > 0 ? `, one paper in ${protocol.randomEvery} drawn at random` : '';
  const words = protocol.highlights.map((word) => `${word.for ? '+' : '-'}${word.text}`).join(', ');
  return visibleText(
    [
      `${name} (${id}), created ${createdAt.slice(0, 10)} by ${createdBy}`,
      protocol.question,
      '',
      ...section('Include', listed('include')),
      ...section('Exclude', listed('exclude')),
      ...section('Searches', protocol.sources.map(sourceText)),
      ...section('Pool', review.pool.map(poolText)),
      ...(words === '' ? [] : [`Words: ${words}`]),
      `Reviewers: ${protocol.reviewersPerPaper} per paper; so far ${reviewers.join(', ') || 'none'}`,
      `Target: ${target} of the includes${random}${protocol.keywordOnly ? '; words only, without vectors' : ''}`,
      `Decided: ${decided} of ${papers} papers, ${included} included, ${countText(conflicts, 'conflict')}`,
      ...(review.poolOutdated
        ? [`The index has changed since. Take the pool again: paper-search review pool ${id}`]
        : []),
    ].join('\n'),
  );
}

function section(title: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : [`${title}:`, ...lines];
}

function sourceText({
  name,
  kind,
  query,
  date,
  records,
  note,
}: Review['protocol']['sources'][number]): string {
  const parts = [
    ...(kind === 'database' ? [] : [kind]),
    ...(date === undefined ? [] : [date]),
    ...(records === undefined ? [] : [countText(records, 'record')]),
    ...(query === undefined ? [] : [query]),
    ...(note === undefined || note === '' ? [] : [note]),
  ];
  return `  ${[name, ...parts].join(', ')}`;
}

function poolText({ at, request, papers, added, removed, duplicates, vectors }: PoolChange): string {
  const query = request.query === undefined || request.query === '' ? '' : `, query ${request.query}`;
  const filters = Object.entries(request.filters ?? {}).filter(([, value]) => value !== undefined);
  const filtered = filters.length === 0 ? '' : `, filters ${JSON.stringify(Object.fromEntries(filters))}`;
  const changed = [
    countText(papers, 'paper'),
    `${added} added`,
    ...(removed > 0 ? [`${removed} removed`] : []),
    ...(duplicates > 0 ? [countText(duplicates, 'duplicate record')] : []),
  ].join(', ');
  return `  ${at.slice(0, 10)}: ${changed}${query}${filtered}${vectors ? '' : ', without vectors'}`;
}

/** The next papers to read. */
export function renderSuggestions(suggestions: readonly Suggestion[], styles: Styles): string {
  if (suggestions.length === 0) return 'Nothing is left to read.';
  return suggestions
    .map(({ paper, rank, chosenBy, reasons }) => {
      const how = chosenBy === 'random' ? ' (drawn at random)' : '';
      return [
        `${rank}. ${titleOf(paper)}${how}`,
        ...paperLines(paper),
        `${INDENT}${visibleText(paper.id)}`,
        ...whyLines(reasons, WIDTH, styles).map((line) => `${INDENT}${line}`),
      ].join('\n');
    })
    .join('\n\n');
}

function titleOf(paper: KeptPaper): string {
  return visibleText(plainPaper(paper).title || '(no title)');
}

function paperLines(paper: KeptPaper): string[] {
  const shown = plainPaper(paper);
  return [bylineOf(shown), shown.abstract.replace(/\s*\n\s*/g, ' ') || '(no abstract)']
    .filter((line) => line !== '')
    .map((line) => `${INDENT}${visibleText(line)}`);
}

type Page = Awaited<ReturnType<ReviewService['papers']>>;

/** Papers with what was decided about them, a few lines each. */
export function renderPapers({ total, papers }: Page, none = 'No papers match.'): string {
  if (papers.length === 0) return total === 0 ? none : `There are ${total} papers, but none at this offset.`;
  const shown = papers.length < total ? `${papers.length} of ${total} papers` : countText(total, 'paper');
  return [shown, ...papers.map((paper) => reviewedLines(paper).join('\n'))].join('\n\n');
}

function reviewedLines(reviewed: ReviewedPaper): string[] {
  const { paper, removed, abstract, fullText, retrieved, labels, settled } = reviewed;
  const standing = [
    `abstract: ${abstract}`,
    ...(fullText === undefined ? [] : [`full text: ${fullText}`]),
    ...(retrieved === undefined ? [] : [retrieved ? 'retrieved' : 'not retrieved']),
    ...(removed ? ['no longer in the index'] : []),
  ].join(' · ');
  return [
    titleOf(paper),
    `${INDENT}${visibleText(`${paper.id} · ${standing}`)}`,
    ...[...labels.map(labelText), ...settled.map(settlementText)].map(
      (line) => `${INDENT}${visibleText(line)}`,
    ),
  ];
}

function labelText({ decision, stage, by, agent, at, reasons, note }: Label): string {
  const who = agent ? `${by} (agent)` : by;
  return `${decision} by ${who}${stage === 'full-text' ? ', full text' : ''}, ${at.slice(0, 10)}${whyText(reasons, note)}`;
}

function settlementText({ decision, stage, by, at, reasons, note }: Settlement): string {
  return `settled: ${decision} by ${by}${stage === 'full-text' ? ', full text' : ''}, ${at.slice(0, 10)}${whyText(reasons, note)}`;
}

function whyText(reasons: readonly string[], note: string): string {
  return `${reasons.length === 0 ? '' : `: ${reasons.join(', ')}`}${note === '' ? '' : ` | ${note}`}`;
}

/** One paper with what was decided, its rank and the reasons of that rank. */
export function renderPaper(
  paper: ReviewedPaper & { readonly reasons?: Reasons | undefined; readonly rank?: number | undefined },
  styles: Styles,
): string {
  const [title, ...lines] = reviewedLines(paper);
  return [
    title,
    ...paperLines(paper.paper),
    ...lines,
    ...(paper.rank === undefined ? [] : [`${INDENT}rank ${paper.rank}`]),
    ...(paper.reasons ? whyLines(paper.reasons, WIDTH, styles).map((line) => `${INDENT}${line}`) : []),
  ].join('\n');
}

/** What a label did. */
export function renderLabelled({ label, standing, moved, next, progress }: Labelled): string {
  return visibleText(
    [
      `${label.paper}: ${label.decision}${whyText(label.reasons, label.note)} (${standing})`,
      movedText(moved),
      `${recallText(progress.recall)}.`,
      next === undefined
        ? 'Nothing is left to read.'
        : `Next: ${next.paper.id}, ${plainPaper(next.paper).title}`,
    ]
      .filter((line) => line !== '')
      .join('\n'),
  );
}

/** What was taken back. */
export function renderUndone({ undone, progress }: Awaited<ReturnType<ReviewService['undo']>>): string {
  return visibleText(`Taken back: ${undone.decision} for ${undone.paper}.\n${recallText(progress.recall)}.`);
}

/** How far each pair of reviewers agrees. */
export function renderAgreement(list: Awaited<ReturnType<ReviewService['agreement']>>): string {
  if (list.length === 0) return 'No two reviewers have decided about the same papers yet.';
  const texts = list.map(({ stage, reviewers, agreement: { papers, observed, kappa, low, high, table } }) => {
    const interval =
      low === undefined || high === undefined ? '' : ` (${low.toFixed(2)} to ${high.toFixed(2)})`;
    const both = `${reviewers[0]} and ${reviewers[1]}, ${stage === 'abstract' ? 'abstracts' : 'full texts'}`;
    return [
      `${both}: ${countText(papers, 'paper')}`,
      `  same decision: ${percentText(observed)}`,
      `  Cohen's kappa: ${kappa === undefined ? 'not defined' : `${kappa.toFixed(2)}${interval}`}`,
      `  ${reviewers[0]} in rows, ${reviewers[1]} in columns`,
      `  ${['', ...DECISION_HEADS].map((head) => head.padStart(8)).join('')}`,
      ...table.map(
        (row, at) =>
          `  ${[DECISION_HEADS[at] ?? '', ...row.map(String)].map((cell) => cell.padStart(8)).join('')}`,
      ),
    ].join('\n');
  });
  return visibleText(texts.join('\n\n'));
}

const DECISION_HEADS = ['include', 'exclude', 'maybe'];

/** Whether the ranks are what was recorded, with the first that are not. */
export function renderReplay({ steps, same, digest }: Replay): string {
  const wrong = steps.filter(({ recorded, computed }) => recorded !== computed);
  return [
    same
      ? `The same: ${countText(steps.length, 'label')}, each at the rank that was recorded.`
      : `Different: ${wrong.length} of ${countText(steps.length, 'label')} are at another rank now.`,
    ...wrong
      .slice(0, 10)
      .map(
        (step) =>
          `  ${step.number}  ${step.paper}: recorded ${step.recorded ?? '-'}, now ${step.computed ?? '-'}`,
      ),
    ...(same
      ? []
      : ['A newer paper-search may rank otherwise: replay with the version that was screened with.']),
    `Digest of all ranks: ${digest}`,
  ].join('\n');
}

/** Counts with their noun: "1 paper", "2 papers". */
export function countText(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
