import { MAX_CONDITIONS, MAX_DEPTH } from '../../../limits.ts';
import type { Condition } from '../../../query/ast.ts';
import { refusal } from './errors.ts';
import type { ArxivField } from './fields.ts';
import { leafOf } from './leaf.ts';
import { type ArxivToken, type Operator, tokenize } from './tokens.ts';

/** Places in the text are not reported. */
const SPAN = { start: 0, end: 0 };

/**
 * Understands a query of the arXiv API, with the leniencies of the service: no operator is OR, no field is `all`, a
 * field before a group is that of everything in it. AND and ANDNOT bind tighter than OR and go from left to right,
 * which the service leaves open. An operator at an end is passed over, ANDNOT at a beginning excludes.
 * @throws PaperSearchError BAD_REQUEST for brackets without a partner, nothing to look for, a date that is none, more
 *   than 64 nested groups or 256 terms.
 */
export function parseArxivQuery(query: string): Condition {
  const parser = new Parser(tokenize(query));
  const expression = parser.or('all');
  if (!parser.isAtEnd) throw refusal('malformed query: a closing bracket has no partner');
  if (!expression) throw refusal('malformed query: there is nothing to look for');
  return expression;
}

class Parser {
  readonly #tokens: readonly ArxivToken[];
  #at = 0;
  #depth = 0;
  #terms = 0;

  constructor(tokens: readonly ArxivToken[]) {
    this.#tokens = tokens;
  }

  get isAtEnd(): boolean {
    return this.#at >= this.#tokens.length;
  }

  /** Undefined when nothing stands there. */
  or(field: ArxivField): Condition | undefined {
    const clauses: Condition[] = [];
    while (!this.isAtEnd && this.#token?.kind !== 'close') {
      this.#eat('OR');
      const clause = this.#and(field);
      if (clause) clauses.push(clause);
    }
    return combined('or', clauses);
  }

  #and(field: ArxivField): Condition | undefined {
    const clauses: Condition[] = [];
    do {
      const excludes = this.#eat('ANDNOT');
      if (!excludes) this.#eat('AND');
      const operand = this.#operand(field);
      if (operand) clauses.push(excludes ? { kind: 'not', clause: operand, span: SPAN } : operand);
    } while (this.#isOperator('AND') || this.#isOperator('ANDNOT'));
    return combined('and', clauses);
  }

  #operand(outer: ArxivField): Condition | undefined {
    let field = outer;
    for (let token = this.#token; token?.kind === 'field'; token = this.#token) {
      field = token.field;
      this.#at++;
    }
    const token = this.#token;
    if (token?.kind === 'open') return this.#group(field);
    if (token?.kind !== 'term') return undefined;
    this.#at++;
    if (++this.#terms > MAX_CONDITIONS)
      throw refusal(`malformed query: there are more than ${MAX_CONDITIONS} terms`);
    return leafOf(field, token.text, token.quoted);
  }

  #group(field: ArxivField): Condition | undefined {
    this.#at++;
    if (++this.#depth > MAX_DEPTH) {
      throw refusal(`malformed query: more than ${MAX_DEPTH} groups stand within one another`);
    }
    const inside = this.or(field);
    if (this.#token?.kind !== 'close') throw refusal('malformed query: an opening bracket has no partner');
    this.#at++;
    this.#depth--;
    return inside;
  }

  get #token(): ArxivToken | undefined {
    return this.#tokens[this.#at];
  }

  #isOperator(operator: Operator): boolean {
    const token = this.#token;
    return token?.kind === 'operator' && token.operator === operator;
  }

  #eat(operator: Operator): boolean {
    if (!this.#isOperator(operator)) return false;
    this.#at++;
    return true;
  }
}

function combined(kind: 'and' | 'or', clauses: readonly Condition[]): Condition | undefined {
  return clauses.length > 1 ? { kind, clauses, span: SPAN } : clauses[0];
}
