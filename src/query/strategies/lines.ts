import type { Span } from '../../text/span.ts';

/** A numbered line of a strategy. */
export interface StrategyLine {
  readonly number: number;
  /** Where its content is in the text, without its number. */
  readonly span: Span;
}

/** A text as lines of a strategy. */
export interface StrategyLines {
  /** At least two, by ascending number. */
  readonly lines: readonly StrategyLine[];
  /** What comes before the first line: the name of a database, headings of a table. */
  readonly header: Span | undefined;
  /** Numbers of results at the ends of lines. */
  readonly counts: readonly Span[];
}

const LABEL = /^[ \t|]*([#S]?)(\d{1,4})(?:[.):|]+|(?=\s))[ \t|]*(?:search:?[ \t]+)?/i;
/** A number that lost the blank after it in a copied table: `12asthma.tw.` */
const GLUED = /^[ \t]*(\d{1,3})(?=[\p{L}("'‘“])/u;
// Blanks are matched one by one from the end, so that a long run of them is read once.
const COUNT = /(?<=[\t|]| {2})\(?\d[\d,]*\)?$|(?<=\s)\(\d[\d,]*\)$/;
const AFTER_OPERATOR = /(?:^|[\s({])(?:(?:and|or) ?\/?|not|adj\d*|limit|to)$|\d ?[,–-]$/i;

/**
 * Splits a strategy into its numbered lines, in time linear in its length. A line without the next number continues
 * the one before it. The lines may be written one after another in a single line, and their numbers may descend.
 * @returns undefined for a text without two consecutive numbers.
 */
export function strategyLines(text: string): StrategyLines | undefined {
  const starts = labelledLines(text) ?? labelsWithin(text);
  if (!starts) return undefined;
  const counts: Span[] = [];
  const lines = starts.map(({ number, contentAt }, place): StrategyLine => {
    const end = starts[place + 1]?.labelAt ?? text.length;
    const content = text.slice(contentAt, end).trimEnd();
    const ending = content.slice(-40);
    const count = COUNT.exec(ending);
    if (!count || AFTER_OPERATOR.test(ending.slice(0, count.index).trimEnd()))
      return { number, span: { start: contentAt, end: contentAt + content.length } };
    const countEnd = contentAt + content.length;
    counts.push({ start: countEnd - count[0].length, end: countEnd });
    return { number, span: { start: contentAt, end: countEnd - count[0].length } };
  });
  const before = text.slice(0, starts[0]!.labelAt);
  return {
    lines: lines.sort((one, other) => one.number - other.number),
    header: before.trim() === '' ? undefined : { start: 0, end: before.trimEnd().length },
    counts,
  };
}

interface LineStart {
  readonly number: number;
  readonly labelAt: number;
  readonly contentAt: number;
}

/** The lines that begin with consecutive numbers. */
function labelledLines(text: string): readonly LineStart[] | undefined {
  const starts: LineStart[] = [];
  let step = 0;
  let at = 0;
  for (const line of text.split('\n')) {
    const label = labelOf(line, starts.at(-1)?.number);
    if (label) {
      const { number } = label;
      const difference = number - (starts.at(-1)?.number ?? number);
      const isNext = step === 0 ? Math.abs(difference) === 1 : difference === step;
      if (starts.length === 0 || isNext) {
        step = difference;
        starts.push({ number, labelAt: at, contentAt: at + label.length });
      }
    }
    at += line.length + 1;
  }
  return starts.length > 1 ? starts : undefined;
}

function labelOf(line: string, last = 0): { readonly number: number; readonly length: number } | undefined {
  const label = LABEL.exec(line);
  // In `2321 OR 22` after line 22, the number is 23.
  const glued = GLUED.exec(line) ?? (label?.[2] === String(last + 1) ? null : expectedLabel(line, last + 1));
  const found = glued ?? label;
  return found ? { number: Number(glued ? glued[1] : label![2]), length: found[0].length } : undefined;
}

function expectedLabel(line: string, number: number): RegExpExecArray | null {
  return number < 3 ? null : new RegExp(`^(${number})(?=\\d{1,3}(?: |$))`).exec(line);
}

/** Lines pasted into one: `1. a.tw. 2. b.tw. 3. 1 or 2`. */
function labelsWithin(text: string): readonly LineStart[] | undefined {
  const first = /^\s{0,9}([#S]?)1([.)]?)\s/i.exec(text);
  if (!first) return undefined;
  const label = new RegExp(`(?<!\\S)${first[1]}(\\d{1,4})${first[2] ? `\\${first[2]}` : ''}(?=\\s)`, 'gi');
  const starts: LineStart[] = [];
  for (const match of text.matchAll(label)) {
    const number = Number(match[1]);
    const before = text.slice(Math.max(0, match.index - 12), match.index).trimEnd();
    if (number !== starts.length + 1 || (starts.length > 0 && AFTER_OPERATOR.test(before))) continue;
    starts.push({ number, labelAt: match.index, contentAt: match.index + match[0].length });
  }
  return starts.length > 1 ? starts : undefined;
}
