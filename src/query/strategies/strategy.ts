import type { Span } from '../../text/span.ts';
import type { Condition, Query, QueryNotice } from '../ast.ts';
import { refusal } from '../refusal.ts';
import { unquoted } from '../words.ts';
import { type Dialect, dialectOf } from './dialect.ts';
import { type StrategyLine, strategyLines } from './lines.ts';
import { NoticeBook } from './notices.ts';
import { tokenizeLine } from './tokenizer.ts';
import { Translator } from './translate.ts';
import type { StrategyNode } from './tree.ts';
import { parseLine } from './tree-parser.ts';

/** A search strategy as a query. */
export interface Strategy {
  readonly dialect: Dialect;
  readonly query: Query;
  /** Conditions without operators in it. */
  readonly leaves: number;
}

const NAMES: Readonly<Record<Dialect, string>> = {
  pubmed: 'a PubMed search',
  ovid: 'an Ovid search',
  cochrane: 'a Cochrane or Embase search',
};

/**
 * Reads a search strategy of PubMed, Ovid, the Cochrane Library or Embase, of one line or of numbered lines, the last
 * of which is the answer. The first notice says that it was read as one; the others say what has no equivalent. Time
 * is linear in the length of the text.
 * @returns undefined for a text that is not such a strategy.
 * @throws PaperSearchError BAD_REQUEST for more than 1024 conditions or 64 nested groups, and with `strict` for
 *   anything that has no equivalent.
 */
export function readStrategy(text: string, { strict = false } = {}): Strategy | undefined {
  const numbered = strategyLines(text);
  const dialect = dialectOf(text, numbered);
  if (!dialect) return undefined;
  const notices = new NoticeBook(text);
  if (numbered?.header) notices.add('header', numbered.header);
  for (const count of numbered?.counts ?? []) notices.add('count', count);
  const whole: Span = { start: 0, end: text.length };
  const lines = numbered?.lines ?? [{ number: 1, span: whole }];
  const isNumbered = numbered !== undefined || /^[^\p{L}"“]*(?:(?:and|or|not)[^\p{L}"“]*)+$/iu.test(text);
  const parse = ({ span }: StrategyLine) =>
    parseLine(tokenizeLine({ text, span, dialect, isNumbered, notices }), dialect, notices);
  const used = usedLines(lines, parse, notices);
  const conditions = new Map<number, Condition | undefined>();
  const translator = new Translator(dialect, notices, conditions);
  for (const [number, node] of used) conditions.set(number, node && translator.translate(node));
  const answer = conditions.get(lines.at(-1)!.number);
  const loss = strict ? notices.firstLoss() : undefined;
  if (loss) throw refusal(loss.message, loss.span);
  // Without a condition that can be checked, nothing is found: no paper has such an id.
  const condition = answer ?? { kind: 'fact', fact: 'id', text: nameOf(text), span: whole };
  const query = {
    plain: '',
    condition,
    notices: [readAs(dialect, numbered?.lines, whole), ...notices.notices()],
  };
  return { dialect, query, leaves: translator.leavesOf(condition) };
}

/** The lines that the last one uses, itself included, ascending. A line can use earlier ones only. */
function usedLines(
  lines: readonly StrategyLine[],
  parse: (line: StrategyLine) => StrategyNode | undefined,
  notices: NoticeBook,
): [number, StrategyNode | undefined][] {
  const used: [number, StrategyNode | undefined][] = [];
  const wanted = new Set([lines.at(-1)!.number]);
  for (const line of [...lines].reverse()) {
    if (!wanted.has(line.number)) {
      notices.add('unused', line.span);
      continue;
    }
    const node = parse(line);
    used.push([line.number, node]);
    if (node) addReferences(node, line.number, lines, wanted);
  }
  return used.reverse();
}

function addReferences(
  node: StrategyNode,
  before: number,
  lines: readonly StrategyLine[],
  wanted: Set<number>,
): void {
  if (node.kind === 'leaf') {
    if (node.token.kind !== 'lines') return;
    for (const [from, to] of node.token.ranges) {
      for (const { number } of lines)
        if (number >= from && number <= to && number < before) wanted.add(number);
    }
  } else if (node.kind === 'not') addReferences(node.clause, before, lines, wanted);
  else if (node.kind === 'near') for (const side of node.sides) addReferences(side, before, lines, wanted);
  else if (node.kind !== 'term')
    for (const clause of node.clauses) addReferences(clause, before, lines, wanted);
}

function readAs(dialect: Dialect, lines: readonly StrategyLine[] | undefined, span: Span): QueryNotice {
  const answer = lines ? ` of ${lines.length} lines; line ${lines.at(-1)!.number} is the answer` : '';
  return {
    span,
    message: `This was read as ${NAMES[dialect]}${answer}. Use "plain" to search its text instead.`,
  };
}

function nameOf(text: string): string {
  return unquoted(text).slice(0, 80).trim() || 'nothing';
}
