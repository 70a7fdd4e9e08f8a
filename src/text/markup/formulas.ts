/** Where a formula is in a text. */
export interface FormulaPlace {
  /** With its delimiters. */
  readonly start: number;
  readonly end: number;
  /** Without them. */
  readonly contentStart: number;
  readonly contentEnd: number;
  /** Whether it has a line of its own in LaTeX. */
  readonly display: boolean;
}

/** Longest formula, in UTF-16 code units: what is longer is a dollar sign too many. */
const MAX_FORMULA_LENGTH = 1_000;
const OPENING = /\\begin\{(equation|align|gather|displaymath|math)(\*?)\}|\\[\\([]|\\\$|\$\$?/g;
/** What only maths has: a command, a script, a relation. */
const MATHS = /\\[A-Za-z|{,;!]|[_^]|^\{.*\}$|[=<>]/;
/**
 * Commands as they are in a text that was read as JSON with single backslashes: the tab of "\times" became a blank, and
 * "imes" follows.
 */
const DAMAGED =
  /\s+(?=imes(?![a-z]))|^\s+(?=(?:ilde|heta|au|o)\b|ext(?:bf|it|rm|sc|sf|tt)?\{)|^\s+(?=(?:ightarrow|ho)\b)/g;
/** Signs that may be alone between a text and a number: "p$<$0.05". */
const RELATION = /^[-+=<>]+$/;
/** Single letters with blanks around them: "$ 4k $". */
const LETTERS = /^\s+[^\p{L}$]{0,9}\p{L}(?:[^\p{L}]+\p{L}){0,5}[^\p{L}]{0,9}\s+$/u;
const PROSE = /(?:(?<!\p{L})\p{L}{3,}[^\p{L}]+){3}/u;

/**
 * The formulas of a text, in order: `$x$`, `$$x$$`, `\(x\)`, `\[x\]` and environments for equations. A dollar sign that is money
 * opens none: there is white space at one end and nothing that only maths has ("$5 and $10"), or a digit follows.
 */
export function formulasOf(text: string): FormulaPlace[] {
  const formulas: FormulaPlace[] = [];
  OPENING.lastIndex = 0;
  for (let found = OPENING.exec(text); found; found = OPENING.exec(text)) {
    const [opening, environment, star] = found;
    const place = environment
      ? closedBy(text, found.index, opening, `\\end{${environment}${star}}`)
      : formulaAt(text, found.index, opening);
    if (!place) {
      // The second of two dollar signs may open one.
      if (opening === '$$') OPENING.lastIndex = found.index + 1;
      continue;
    }
    formulas.push(place);
    OPENING.lastIndex = place.end;
  }
  return formulas;
}

function formulaAt(text: string, start: number, opening: string): FormulaPlace | undefined {
  if (opening === '\\(') return closedBy(text, start, opening, '\\)');
  if (opening === '\\[') return closedBy(text, start, opening, '\\]');
  if (!opening.startsWith('$')) return undefined;
  const end = closingDollar(text, start + opening.length, opening);
  if (end === undefined) return undefined;
  const content = text.slice(start + opening.length, end);
  const rest = text.slice(end + opening.length, end + opening.length + 2);
  return isMaths(content, rest)
    ? placeOf(start, opening.length, end, opening.length, opening === '$$')
    : undefined;
}

/** Where the dollar signs are that close a formula: not escaped, in the same paragraph. */
function closingDollar(text: string, start: number, sign: string): number | undefined {
  const limit = Math.min(text.length, start + MAX_FORMULA_LENGTH);
  let depth = 0;
  for (let at = start; at < limit; at++) {
    const character = text[at];
    if (character === '\\') at++;
    else if (character === '{') depth++;
    else if (character === '}') depth--;
    else if (character === '\n' && text[at + 1] === '\n') return undefined;
    // A formula may have text with a formula in it: `\text{if $x$}`.
    else if (character === '$' && depth <= 0) {
      return at > start && text.startsWith(sign, at) ? at : undefined;
    }
  }
  return undefined;
}

/** The LaTeX of a formula with the backslashes that a damaged one has lost. */
export function repaired(content: string): string {
  if (!/\s(?:imes|ilde|heta|au|o|ext|ightarrow|ho)/.test(content)) return content;
  return content.replace(DAMAGED, (blank, at: number) =>
    /^[ih]/.test(content.slice(at + blank.length)) &&
    !/^(?:imes|ilde|heta)/.test(content.slice(at + blank.length))
      ? '\\r'
      : '\\t',
  );
}

/** @param rest what follows the formula. */
function isMaths(content: string, rest: string): boolean {
  if (repaired(content) !== content) return true;
  const hasMaths = MATHS.test(content);
  const hasCommand = /\\[A-Za-z]/.test(content);
  if (!hasCommand && PROSE.test(content)) return false;
  if (/^\s|\s$/.test(content) && !hasMaths) return LETTERS.test(content);
  // "$5-$10": the sign after the second is its amount.
  return hasCommand || RELATION.test(content) || !/^\d/.test(rest);
}

function closedBy(text: string, start: number, opening: string, closing: string): FormulaPlace | undefined {
  const length = text.slice(start, start + MAX_FORMULA_LENGTH).indexOf(closing, opening.length);
  const end = start + length;
  if (length === -1 || text.slice(start + opening.length, end).trim() === '') return undefined;
  return placeOf(start, opening.length, end, closing.length, opening !== '\\(');
}

function placeOf(
  start: number,
  opening: number,
  end: number,
  closing: number,
  display: boolean,
): FormulaPlace {
  return { start, end: end + closing, contentStart: start + opening, contentEnd: end, display };
}
