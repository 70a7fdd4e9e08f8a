import { countUpTo, pairBrackets } from './brackets.ts';
import { isOperator, type QueryToken } from './tokens.ts';

/** What `findOperators` found, by place. */
export interface FoundOperators {
  /** The matching bracket of each bracket, both ways; an unmatched one is absent. */
  readonly brackets: ReadonlyMap<number, number>;
  /** Whether a NOT, AND, OR, minus sign or field has what it needs beside it. */
  readonly live: readonly boolean[];
}

/** Finds which brackets have partners and which operators have operands. Time is linear. */
export function findOperators(tokens: readonly QueryToken[]): FoundOperators {
  const brackets = pairBrackets(tokens);
  // An operator counts: without operands it is a word.
  const contents = countUpTo(tokens, ({ kind }) => kind === 'word' || kind === 'leaf' || isOperator(kind));
  const hasContent = (open: number) => contents[brackets.get(open)!]! > contents[open]!;
  const leads = tokens.map((token, at) => canLead(token, tokens, at, brackets, hasContent));
  const starts = operandStarts(tokens, brackets, hasContent, leads);
  return { brackets, live: liveOperators(tokens, brackets, hasContent, leads, starts) };
}

/** Whether a minus sign or field is followed directly by what it applies to. */
function canLead(
  token: QueryToken,
  tokens: readonly QueryToken[],
  at: number,
  brackets: ReadonlyMap<number, number>,
  hasContent: (open: number) => boolean,
): boolean {
  if (token.kind !== 'minus' && token.kind !== 'field') return false;
  const target = tokens[at + 1]?.kind === 'field' ? at + 2 : at + 1;
  const kind = tokens[target]?.kind;
  if (kind === 'open') return brackets.has(target) && hasContent(target);
  return kind === 'word' || kind === 'leaf';
}

/** Whether an operand begins at each place, skipping characters without meaning. Read from the end. */
function operandStarts(
  tokens: readonly QueryToken[],
  brackets: ReadonlyMap<number, number>,
  hasContent: (open: number) => boolean,
  leads: readonly boolean[],
): readonly boolean[] {
  const starts: boolean[] = new Array(tokens.length + 1).fill(false);
  for (let at = tokens.length - 1; at >= 0; at--) {
    const { kind } = tokens[at]!;
    if (kind === 'word' || kind === 'leaf' || leads[at]) starts[at] = true;
    else if (kind === 'AND' || kind === 'OR') starts[at] = false;
    else if (kind === 'open' && brackets.has(at))
      starts[at] = hasContent(at) || starts[brackets.get(at)! + 1]!;
    else if (kind === 'close' && brackets.has(at)) starts[at] = false;
    else starts[at] = starts[at + 1]!;
  }
  return starts;
}

/** Which operators have their operands. */
function liveOperators(
  tokens: readonly QueryToken[],
  brackets: ReadonlyMap<number, number>,
  hasContent: (open: number) => boolean,
  leads: readonly boolean[],
  starts: readonly boolean[],
): readonly boolean[] {
  const live = [...leads];
  const outer: boolean[] = [];
  /** Whether there is an operand before, within the same brackets. */
  let operand = false;
  for (const [at, { kind }] of tokens.entries()) {
    if (kind === 'word' || kind === 'leaf') operand = true;
    else if (kind === 'open' && brackets.has(at)) {
      outer.push(operand);
      operand = false;
    } else if (kind === 'close' && brackets.has(at)) {
      operand = outer.pop()! || hasContent(brackets.get(at)!);
    } else if (isOperator(kind)) {
      live[at] = starts[at + 1]! && (kind === 'NOT' || operand);
      // Without its operands it is a word, and so an operand itself.
      operand = !live[at];
    }
  }
  return live;
}
