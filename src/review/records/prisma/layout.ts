import { type BoxText, boxTexts, counted } from './box-texts.ts';
import type { PrismaCounts } from './counts.ts';
import { textWidth, wrapText } from './text-width.ts';

/** Pixels. */
export const FONT_SIZE = 13;
export const NOTE_SIZE = 11;
const LINE_HEIGHT = 17;
const NOTE_LINE_HEIGHT = 15;
const BOX_WIDTH = 264;
const PADDING = 10;
const INDENT = 14;
/** Between paragraphs of a box. */
const PARAGRAPH_GAP = 4;
const ROW_GAP = 34;
const COLUMN_GAP = 44;
const MARGIN = 16;
const STRIP_WIDTH = 30;

/** A line of text. `x` is its start, `y` its baseline. */
export interface TextLine {
  readonly text: string;
  readonly x: number;
  readonly y: number;
}

export interface Box {
  readonly kind: 'heading' | 'step' | 'stage';
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  /** One line for a stage, which is written upwards in its middle. */
  readonly lines: readonly TextLine[];
}

/** A line with an arrow head at its last point. */
interface Arrow {
  readonly points: readonly (readonly [x: number, y: number])[];
}

/** A diagram in pixels, its origin at the top left. */
export interface PrismaLayout {
  readonly width: number;
  readonly height: number;
  readonly boxes: readonly Box[];
  readonly arrows: readonly Arrow[];
  readonly notes: readonly TextLine[];
}

const TITLES = {
  databases: 'Identification of studies via databases and registers',
  other: 'Identification of studies via other methods',
} as const;

/**
 * Places the boxes of a flow diagram. Each row is as high as its highest box, so that boxes never overlap; texts are wrapped
 * by their measured widths.
 */
export function prismaLayout(counts: PrismaCounts): PrismaLayout {
  const left = MARGIN + STRIP_WIDTH + 14;
  const columnWidth = 2 * BOX_WIDTH + COLUMN_GAP;
  const columns = counts.columns.map((column, at) => ({
    title: TITLES[column.kind],
    x: left + at * (columnWidth + COLUMN_GAP),
    rows: boxTexts(column),
  }));
  const width = left + columns.length * (columnWidth + COLUMN_GAP) - COLUMN_GAP + MARGIN;
  const boxes: Box[] = [];
  const arrows: Arrow[] = [];

  const headings = columns.map(({ title, x }) => box('heading', x, MARGIN, columnWidth, [{ text: title }]));
  boxes.push(...headings);
  let y = below(headings) + ROW_GAP / 2;
  const tops: number[] = [];
  const bottoms: number[] = [];
  let above: Box[] = [];
  for (let row = 0; row < (columns[0]?.rows.length ?? 0); row++) {
    const placed = columns.map(({ x, rows }) => {
      const [step, leaving] = rows[row]!;
      return [
        box('step', x, y, BOX_WIDTH, step),
        box('step', x + BOX_WIDTH + COLUMN_GAP, y, BOX_WIDTH, leaving),
      ] as const;
    });
    const bottom = below(placed.flat());
    for (const [at, [step, leaving]] of placed.entries()) {
      boxes.push(step, leaving);
      const middle = step.y + Math.min(step.height, leaving.height) / 2;
      arrows.push({
        points: [
          [step.x + step.width, middle],
          [leaving.x, middle],
        ],
      });
      if (above[at]) arrows.push(downwards(above[at], step));
    }
    above = placed.map(([step]) => step);
    tops.push(y);
    bottoms.push(bottom);
    y = bottom + ROW_GAP;
  }
  const included = box('step', left, y, BOX_WIDTH, [
    { text: counted('Reports of studies included in review', counts.included) },
  ]);
  boxes.push(included);
  for (const [at, last] of above.entries()) {
    arrows.push(at === 0 ? downwards(last, included) : around(last, included));
  }
  tops.push(y);
  bottoms.push(included.y + included.height);
  boxes.push(
    stage('Identification', tops[0]!, bottoms[0]!),
    stage('Screening', tops[1]!, bottoms[3]!),
    stage(
      'Included',
      tops[4]!,
      Math.max(bottoms[4]!, tops[4]! + textWidth('Included', FONT_SIZE) + 2 * PADDING),
    ),
  );
  const notes: TextLine[] = [];
  let line = below(boxes) + ROW_GAP / 2;
  for (const text of notesOf(counts)) {
    for (const each of wrapText(text, NOTE_SIZE, width - 2 * MARGIN)) {
      line += NOTE_LINE_HEIGHT;
      notes.push({ text: each, x: MARGIN, y: line });
    }
    line += PARAGRAPH_GAP;
  }
  return { width, height: line + MARGIN, boxes, arrows, notes };
}

/** The notes below the diagram. */
export function notesOf({ duplicatesRemovedBy, notes }: PrismaCounts): string[] {
  return [
    `Duplicates were removed by ${duplicatesRemovedBy}. Each included report is counted once.`,
    ...notes,
  ];
}

function box(kind: Box['kind'], x: number, y: number, width: number, texts: readonly BoxText[]): Box {
  const lines: TextLine[] = [];
  let baseline = y + PADDING - (LINE_HEIGHT - FONT_SIZE);
  for (const [at, { text, indent = false }] of texts.entries()) {
    if (at > 0 && !indent) baseline += PARAGRAPH_GAP;
    const start = x + PADDING + (indent ? INDENT : 0);
    for (const line of wrapText(text, FONT_SIZE, x + width - PADDING - start)) {
      baseline += LINE_HEIGHT;
      lines.push({ text: line, x: start, y: baseline });
    }
  }
  return { kind, x, y, width, height: baseline + PADDING - y, lines };
}

/** A strip at the left, with its name written upwards. */
function stage(name: string, top: number, bottom: number): Box {
  const middle = { x: MARGIN + STRIP_WIDTH / 2, y: (top + bottom) / 2 };
  return {
    kind: 'stage',
    x: MARGIN,
    y: top,
    width: STRIP_WIDTH,
    height: bottom - top,
    lines: [{ text: name, ...middle }],
  };
}

function downwards(from: Box, to: Box): Arrow {
  const x = from.x + from.width / 2;
  return {
    points: [
      [x, from.y + from.height],
      [x, to.y],
    ],
  };
}

/** Down from a box and to the left into the side of another. */
function around(from: Box, to: Box): Arrow {
  const x = from.x + from.width / 2;
  const y = to.y + to.height / 2;
  return {
    points: [
      [x, from.y + from.height],
      [x, y],
      [to.x + to.width, y],
    ],
  };
}

function below(boxes: readonly Box[]): number {
  return Math.max(...boxes.map(({ y, height }) => y + height));
}
