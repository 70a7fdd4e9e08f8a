import type { Progress, StageCounts } from '../../review/service.ts';
import type { RecallEstimate } from '../../review/stop/estimate.ts';

/** A share in whole percent: 0.834 is "83 %". */
export function percentText(share: number): string {
  return `${Math.round(share * 100)} %`;
}

/** The recall with its interval, and the papers that are still to be read: "Recall 83 % (52–100 %), about 7 more to read for 95 %". */
export function recallText({ found, recall, low, high, workLeft, target }: RecallEstimate): string {
  if (found === 0 || !Number.isFinite(recall)) return 'Recall: not known before a paper is included';
  const interval = `${Math.round(low * 100)}–${percentText(high)}`;
  const isOpen = workLeft !== undefined && workLeft > 0;
  const left = isOpen ? `, about ${Math.ceil(workLeft)} more to read for ${percentText(target)}` : '';
  return `Recall ${percentText(recall)} (${interval})${left}`;
}

/** The rules that say stop; empty while none does. */
export function stopText({ rules, target }: RecallEstimate): string {
  const names = rules.filter(({ stop }) => stop).map(({ name }) => name);
  if (names.length === 0) return '';
  return `Stop for ${percentText(target)}, by the rule${names.length === 1 ? '' : 's'} ${names.join(', ')}`;
}

/** How far a review has come, with each stopping rule and the recall curve, in lines of at most `width` columns. */
export function progressText(progress: Progress, width = 80): string {
  const { abstract, fullText, own, recall, curve } = progress;
  const { estimate, low, high } = recall.unseen;
  const unseen = Number.isFinite(estimate)
    ? [`Includes not seen yet: about ${Math.round(estimate)} (${Math.floor(low)}–${Math.ceil(high)}).`]
    : [];
  return [
    `Abstracts: ${countsText(abstract)}`,
    ...(fullText.papers > 0 ? [`Full texts: ${countsText(fullText)}`] : []),
    `You: ${own.read} read, ${own.included} included, ${own.maybe} maybe`,
    '',
    `${recallText(recall)}.`,
    ...unseen,
    ...recall.rules.map(
      ({ name, stop, risk, says }) =>
        `${stop ? 'stop' : 'go on'}  ${name}${risk === undefined ? '' : ` (risk ${percentText(risk)})`}: ${says}`,
    ),
    ...(curve.length > 1 ? ['', ...curveLines(curve, abstract.papers, recall.target, width)] : []),
  ].join('\n');
}

/** "30 papers: 12 read (5 included, 6 excluded, 1 conflict), 18 unread". */
function countsText({ papers, unread, partly, conflicts, included, excluded }: StageCounts): string {
  const parts = [
    `${included} included`,
    `${excluded} excluded`,
    ...(conflicts > 0 ? [`${conflicts} ${conflicts === 1 ? 'conflict' : 'conflicts'}`] : []),
    ...(partly > 0 ? [`${partly} read by one reviewer`] : []),
  ];
  return `${papers} papers: ${papers - unread} read (${parts.join(', ')}), ${unread} unread`;
}

const CURVE_ROWS = 11;
const AXIS = 7;

/**
 * The recall as a plot: `*` is the estimate, `:` its interval, `-` the target; papers read from left to right.
 * @param papers of the pool: the right end. @param title names the signs.
 */
export function curveLines(
  curve: Progress['curve'],
  papers: number,
  target: number,
  width: number,
  title = 'Recall by papers read (* estimate, : 95 % interval, - target)',
): string[] {
  const columns = Math.max(10, Math.min(72, width - AXIS - 1));
  const rowOf = (share: number) => Math.round((1 - Math.min(1, Math.max(0, share))) * (CURVE_ROWS - 1));
  const grid = Array.from({ length: CURVE_ROWS }, () => Array<string>(columns).fill(' '));
  grid[rowOf(target)]!.fill('-');
  for (let column = 0; column < columns; column++) {
    const read = ((column + 1) / columns) * papers;
    const point = curve.findLast(({ screened }) => screened <= read);
    // Nothing is known to the right of what was read, and before the first paper was included.
    if (!point || read - papers / columns >= curve.at(-1)!.screened || !Number.isFinite(point.recall))
      continue;
    for (let row = rowOf(point.high); row <= rowOf(point.low); row++) grid[row]![column] = ':';
    grid[rowOf(point.recall)]![column] = '*';
  }
  const lines = grid.map((row, at) => {
    const label = at % 5 === 0 ? percentText(1 - at / (CURVE_ROWS - 1)) : '';
    return `${label.padStart(AXIS - 1)} |${row.join('')}`.trimEnd();
  });
  const total = String(papers);
  return [
    title,
    ...lines,
    `${' '.repeat(AXIS)}+${'-'.repeat(columns)}`,
    `${' '.repeat(AXIS + 1)}0${total.padStart(columns - 1)}`,
  ];
}

/** What was done in a session of `review screen`, and how far the review is. */
export function endText(result: {
  readonly labels: number;
  readonly finished: boolean;
  readonly progress: Progress;
}): string {
  const { labels, finished, progress } = result;
  const done = `You decided about ${labels} ${labels === 1 ? 'paper' : 'papers'}.`;
  const left = finished ? ' Nothing is left to read.' : '';
  return `${done}${left}\n${recallText(progress.recall)}.`;
}
