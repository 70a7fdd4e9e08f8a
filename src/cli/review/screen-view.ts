import { marksOf } from '../../review/marks.ts';
import type {
  Criterion,
  MarkedSpan,
  Movement,
  Protocol,
  Reasons,
  Stage,
  Suggestion,
} from '../../review/review.ts';
import type { Progress } from '../../review/service.ts';
import { plainFormOf, plainSpan } from '../../text/markup/plain-form.ts';
import { visibleText } from '../../text/visible-text.ts';
import { bylineOf } from '../render.ts';
import { type Styles, shortened, sideBySide, wrap, wrapMarked } from './marked-text.ts';
import { percentText, recallText, stopText } from './progress-text.ts';

/** What one screen shows. */
export interface ScreenState {
  readonly name: string;
  readonly protocol: Protocol;
  readonly stage: Stage;
  readonly suggestion: Suggestion;
  readonly progress: Progress;
  /** Names of criteria that were chosen for the decision that comes. */
  readonly reasons: readonly string[];
  readonly note: string;
  readonly showsWhy: boolean;
  readonly showsDescriptions: boolean;
  /** What the last key did. */
  readonly message: string;
}

/** Criteria are beside the abstract in a terminal of at least so many columns, above it in a narrower one. */
const WIDE_ENOUGH = 110;
const CRITERIA_COLUMNS = 36;
/** Longer lines are hard to read. */
const MAX_TEXT_COLUMNS = 100;

/** The keys of `review screen` with what they do. */
const KEYS = [
  ['i', 'include'],
  ['e', 'exclude'],
  ['m', 'maybe'],
  ['r', 'reason'],
  ['n', 'note'],
  ['u', 'undo'],
  ['w', 'why'],
  ['c', 'criteria'],
  ['q', 'quit'],
] as const;

/** One paper with its criteria, as a text for a terminal of `columns` columns. */
export function screenText(state: ScreenState, columns: number, styles: Styles): string {
  const width = Math.max(20, columns);
  const isWide = width >= WIDE_ENOUGH;
  const textWidth = isWide ? Math.min(MAX_TEXT_COLUMNS, width - CRITERIA_COLUMNS - 2) : width;
  const paper = paperLines(state, textWidth, styles);
  const criteria = criteriaLines(state, isWide ? CRITERIA_COLUMNS : width, isWide, styles);
  const lines = [
    ...headLines(state, width, styles),
    styles.dim('─'.repeat(width)),
    ...(isWide ? sideBySide(paper, criteria, textWidth) : [...criteria, ...gapAfter(criteria), ...paper]),
    '',
    ...chosenLines(state, width, styles),
    ...(state.message === '' ? [] : wrap(visibleText(state.message), width).map(styles.yellow)),
    ...keyLines(width, styles),
  ];
  return lines.join('\n');
}

/** What was read, the recall and the work that is left, in one or two lines. */
function headLines(
  { name, stage, progress, protocol }: ScreenState,
  width: number,
  styles: Styles,
): string[] {
  const { papers, unread, included } = stage === 'abstract' ? progress.abstract : progress.fullText;
  const what = stage === 'abstract' ? 'abstracts' : 'full texts';
  const head = `${name}: ${papers - unread} of ${papers} ${what} read, ${included} included`;
  const recall = stage === 'abstract' ? [recallText(progress.recall), stopText(progress.recall)] : [];
  const body = recall.filter((text) => text !== '').join('. ');
  return [
    ...wrap(visibleText(head), width).map(styles.bold),
    ...wrap(body, width).filter((line) => line !== ''),
    ...(width >= WIDE_ENOUGH ? wrap(visibleText(protocol.question), width).map(styles.dim) : []),
  ];
}

function gapAfter(lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : [''];
}

function criteriaLines(
  { protocol, showsDescriptions }: ScreenState,
  width: number,
  isBeside: boolean,
  styles: Styles,
): string[] {
  const numbered = numberedCriteria(protocol);
  return (['include', 'exclude'] as const).flatMap((kind) => {
    const own = numbered.filter((criterion) => criterion.kind === kind);
    if (own.length === 0) return [];
    const title = kind === 'include' ? 'Include' : 'Exclude';
    if (!isBeside && !showsDescriptions) {
      const names = own.map(({ number, name }) => `${number} ${name}`).join(', ');
      return wrap(visibleText(`${title}: ${names}`), width).map(styles.dim);
    }
    return [
      styles.bold(title),
      ...own.flatMap(({ number, name, description }) => {
        const text = description === '' ? name : `${name}: ${description}`;
        const indent = `${number} `;
        return wrap(visibleText(text), width - indent.length).map(
          (line, at) => `${at === 0 ? indent : ' '.repeat(indent.length)}${line}`,
        );
      }),
    ];
  });
}

/** The criteria of a protocol as reviewers choose them: numbered from 1, those for including first. */
export function numberedCriteria(
  protocol: Pick<Protocol, 'include' | 'exclude'>,
): (Criterion & { readonly number: number; readonly kind: 'include' | 'exclude' })[] {
  const { include, exclude } = protocol;
  return [
    ...include.map((criterion) => ({ ...criterion, kind: 'include' as const })),
    ...exclude.map((criterion) => ({ ...criterion, kind: 'exclude' as const })),
  ].map((criterion, at) => ({ ...criterion, number: at + 1 }));
}

function paperLines(
  { suggestion, protocol, showsWhy }: ScreenState,
  width: number,
  styles: Styles,
): string[] {
  const { paper, rank, chosenBy, reasons, label } = suggestion;
  const marked = (text: string, field: MarkedSpan['field']) => {
    const learned = reasons.spans.filter((span) => span.field === field);
    const marks = marksOf(text, protocol.highlights, learned);
    // LaTeX and Markdown are shown as they are read.
    const form = plainFormOf(text);
    if (!form) return wrapMarked(text, marks, width, styles);
    const moved = marks.flatMap((mark) => {
      const span = plainSpan(form, mark);
      return span === undefined ? [] : [{ ...span, for: mark.for }];
    });
    return wrapMarked(form.text, moved, width, styles);
  };
  const how = chosenBy === 'random' ? 'drawn at random' : `rank ${rank}`;
  const earlier = label === undefined ? '' : `, you decided ${label.decision} before`;
  const byline = wrap(visibleText(bylineOf(paper)), width);
  return [
    ...marked(paper.title === '' ? '(no title)' : paper.title, 'title').map(styles.bold),
    ...byline.filter((line) => line !== '').map(styles.dim),
    '',
    ...(paper.abstract === '' ? [styles.dim('(no abstract)')] : marked(paper.abstract, 'abstract')),
    '',
    ...wrap(visibleText(`${paper.id} (${how}${earlier})`), width).map(styles.dim),
    ...(showsWhy ? ['', ...whyLines(reasons, width, styles)] : []),
  ];
}

/** Terms shown for each side. */
const MAX_TERMS = 6;

/** The terms and the nearest labelled papers of a score. */
export function whyLines({ terms, nearest }: Reasons, width: number, styles: Styles): string[] {
  const list = (title: string, paint: (text: string) => string, chosen: Reasons['terms']) => {
    if (chosen.length === 0) return [];
    const words = chosen.slice(0, MAX_TERMS).map(({ term }) => term);
    return wrap(visibleText(`${title}: ${words.join(', ')}`), width).map(paint);
  };
  const close = nearest.map(({ title, included, similarity }) => {
    const text = `  ${included ? 'included' : 'excluded'}, ${percentText(similarity)} similar: ${title}`;
    return shortened(visibleText(text), width);
  });
  const lines = [
    ...list(
      'For',
      styles.green,
      terms.filter(({ weight }) => weight > 0),
    ),
    ...list(
      'Against',
      styles.red,
      terms.filter(({ weight }) => weight < 0),
    ),
    ...(close.length === 0 ? [] : [...wrap('Most similar papers with a decision:', width), ...close]),
  ];
  return lines.length > 0
    ? lines
    : wrap('There is no reason to show before papers are included and excluded.', width);
}

function chosenLines({ reasons, note }: ScreenState, width: number, { cyan }: Styles): string[] {
  return [
    ...(reasons.length === 0 ? [] : [`Reasons: ${reasons.join(', ')}`]),
    ...(note === '' ? [] : [`Note: ${note}`]),
  ].flatMap((text) => wrap(visibleText(text), width).map(cyan));
}

function keyLines(width: number, { bold }: Styles): string[] {
  const lines: string[] = [];
  let used = width;
  for (const [key, what] of KEYS) {
    const length = key.length + 1 + what.length;
    const isFirst = used + 2 + length > width;
    if (isFirst) lines.push('');
    lines[lines.length - 1] += `${isFirst ? '' : '  '}${bold(key)} ${what}`;
    used = isFirst ? length : used + 2 + length;
  }
  return lines;
}

/** What a label moved most, in one sentence; empty if it moved nothing. */
export function movedText(moved: readonly Movement[]): string {
  const [first] = moved;
  if (!first) return '';
  const { title, before, after } = first;
  return `Moved most: from rank ${before} to ${after}, ${title}`;
}
