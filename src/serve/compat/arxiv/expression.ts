import type { Condition } from '../../../query/ast.ts';
import type { MinuteRange } from './date-range.ts';

/** A query of the arXiv API: conditions of our own query language, and what that has not. */
export type Expression =
  | { readonly kind: 'condition'; readonly condition: Condition }
  | ({ readonly kind: 'dates' } & MinuteRange)
  | /** Asks for what no paper here has: comments, report numbers. */ { readonly kind: 'nothing' }
  | { readonly kind: 'and' | 'or'; readonly clauses: readonly Expression[] }
  | { readonly kind: 'not'; readonly clause: Expression };

const SPAN = { start: 0, end: 0 };

/** An expression as one condition; undefined where a part of it is none. */
export function asCondition(expression: Expression): Condition | undefined {
  switch (expression.kind) {
    case 'condition':
      return expression.condition;
    case 'not': {
      const clause = asCondition(expression.clause);
      return clause && { kind: 'not', clause, span: SPAN };
    }
    case 'and':
    case 'or': {
      const clauses = expression.clauses.map(asCondition);
      return clauses.every((clause) => clause !== undefined)
        ? { kind: expression.kind, clauses, span: SPAN }
        : undefined;
    }
    default:
      return undefined;
  }
}

/** The conditions that an expression does not exclude, in their order. */
export function wantedConditions(expression: Expression): Condition[] {
  switch (expression.kind) {
    case 'condition':
      return [expression.condition];
    case 'and':
    case 'or':
      return expression.clauses.flatMap(wantedConditions);
    default:
      return [];
  }
}
