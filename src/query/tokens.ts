import type { Span } from '../text/span.ts';
import type { Condition, QueryFact, QueryTextField } from './ast.ts';

/** A piece of a query. */
export type QueryToken = { readonly span: Span } & (
  | /** A word as it is written. */ { readonly kind: 'word'; readonly text: string }
  | /** Characters with nothing to search for: they stay in plain text and are ignored elsewhere. */ {
      readonly kind: 'mark';
      readonly text: string;
    }
  | /** A complete condition. */ { readonly kind: 'leaf'; readonly condition: Condition }
  | /** A field before a bracket; `text` is its name as it is written, with the colon. */ {
      readonly kind: 'field';
      readonly field: QueryTextField | QueryFact;
      readonly text: string;
    }
  | { readonly kind: 'open' }
  | { readonly kind: 'close' }
  | { readonly kind: 'minus' }
  | { readonly kind: Operator }
);

const OPERATORS = ['AND', 'OR', 'NOT'] as const;
export type Operator = (typeof OPERATORS)[number];

/** Whether a word is an operator: capitals only. */
export function isOperator(word: string): word is Operator {
  return OPERATORS.some((operator) => operator === word);
}

/** Called for a part of the query that looks like an operator and has no effect. */
export type OnNotice = (start: number, end: number, message: string) => void;
