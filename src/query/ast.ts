import type { FieldWith, HasValue } from '../papers/fields.ts';
import type { Span } from '../text/span.ts';

/** Fields whose text can be searched by itself, by their names in the query language: `title:`, `author:`. */
export type QueryTextField = FieldWith<{ query: object; text: object }>['name'];

/** Fields of values or identifiers without text that keyword search indexes: `id:`, `session:`, `area:`. */
export type QueryFact = Exclude<
  FieldWith<{ query: object; kind: 'values' | 'identifier' }>['name'],
  QueryTextField
>;

/** Something a paper's text must have. `field` undefined: in any field. The span is that of the query's text. */
export type TextCondition = {
  readonly field: QueryTextField | undefined;
  readonly span: Span;
} & (
  | /** All of the words, anywhere. */ { readonly kind: 'words'; readonly text: string }
  | /** The words one after another. */ { readonly kind: 'phrase'; readonly text: string }
  | /** The words in any order, at most `distance` other words between the first and the last of them. */ {
      readonly kind: 'near';
      readonly text: string;
      readonly distance: number;
    }
  | /** A word that begins with this. */ { readonly kind: 'prefix'; readonly text: string }
  | /** A word at most this many edits away. */ {
      readonly kind: 'fuzzy';
      readonly text: string;
      readonly edits: 1 | 2;
    }
);

/** Something that is true of a paper or not. */
export type Condition =
  | TextCondition
  | /** Years from `from` to `to`, both counted in; open where undefined. */ {
      readonly kind: 'year';
      readonly from: number | undefined;
      readonly to: number | undefined;
      readonly span: Span;
    }
  | {
      readonly kind: 'fact';
      readonly fact: QueryFact;
      readonly text: string;
      readonly span: Span;
    }
  | { readonly kind: 'has'; readonly what: HasValue; readonly span: Span }
  | { readonly kind: 'and' | 'or'; readonly clauses: readonly Condition[]; readonly span: Span }
  | { readonly kind: 'not'; readonly clause: Condition; readonly span: Span };

/** A part of a query that could not be an operator and was taken for text instead, or that has no effect. */
export interface QueryNotice {
  readonly span: Span;
  readonly message: string;
}

/** A query as it was understood. */
export interface Query {
  /** Plain words, packaging ("papers about") and all: they rank and exclude nothing. */
  readonly plain: string;
  /** What every paper of the answer must fulfil; undefined for plain words alone. */
  readonly condition: Condition | undefined;
  readonly notices: readonly QueryNotice[];
}
