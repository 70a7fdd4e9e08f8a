import { MAX_CONDITIONS, MAX_DEPTH } from '../../../limits.ts';
import type { Condition } from '../../../query/ast.ts';
import { badRequest } from './errors.ts';
import type { ArxivField } from './fields.ts';
import { leafOf } from './leaf.ts';
import { type ArxivToken, type Operator, tokenize } from './tokens.ts';

/** Positions in the query are not reported. */
const SPAN = { start: 0, end: 0 };

/**
 * Parses a query of the arXiv API, as leniently as the service does: a missing operator is OR, a missing field is
 * `all`, and a field before a group applies to the whole group. AND and ANDNOT bind tighter than OR and are read from
 * left to right, which arXiv's documentation leaves open. An operator at the end is ignored; ANDNOT at the beginning
 * excludes.
 * @throws PaperSearchError BAD_REQUEST for unbalanced brackets, an empty query, an invalid date, more than 64 nested
 *   groups or more than 256 terms.
 */
export function parseArxivQuery(query: string): Condition {
  const parser = new Parser(tokenize(query));
  const expression = parser.or('all');
  if (!parser.isAtEnd) throw badRequest('malformed query: a closing bracket has no opening bracket');
  if (!expression) throw badRequest('malformed query: there is no term to search for');
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

  /** Undefined when there is no clause. */
  or(field: ArxivField): Condition | undefined {
    const clauses: Condition[] = [];
    while (!this.isAtEnd && this.#token?.kind !== 'close') {
      this.#skip('OR');
      const clause = this.#and(field);
      if (clause) clauses.push(clause);
    }
    return combined('or', clauses);
  }

  #and(field: ArxivField): Condition | undefined {
    const clauses: Condition[] = [];
    do {
      const excludes = this.#skip('ANDNOT');
      if (!excludes) this.#skip('AND');
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
      throw badRequest(`malformed query: there are more than ${MAX_CONDITIONS} terms`);
    return leafOf(field, token.text, token.quoted);
  }

  #group(field: ArxivField): Condition | undefined {
    this.#at++;
    if (++this.#depth > MAX_DEPTH) {
      throw badRequest(`malformed query: more than ${MAX_DEPTH} groups are nested`);
    }
    const inside = this.or(field);
    if (this.#token?.kind !== 'close')
      throw badRequest('malformed query: an opening bracket has no closing bracket');
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

  #skip(operator: Operator): boolean {
    if (!this.#isOperator(operator)) return false;
    this.#at++;
    return true;
  }
}

function combined(kind: 'and' | 'or', clauses: readonly Condition[]): Condition | undefined {
  return clauses.length > 1 ? { kind, clauses, span: SPAN } : clauses[0];
}
