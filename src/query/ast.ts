import type { FieldWith, HasValue } from '../papers/fields.ts';
import type { Span } from '../text/span.ts';

/** Fields whose text can be searched separately, by their names in the query language: `title:`, `author:`. */
export type QueryTextField = FieldWith<{ query: object; text: object }>['name'];

/** Fields of values, identifiers or links without text that keyword search indexes: `id:`, `session:`, `cites:`. */
export type QueryFact = Exclude<
  FieldWith<{ query: object; kind: 'values' | 'identifier' | 'links' }>['name'],
  QueryTextField
>;

/** Fields that count something: `citations:`, `references:`. */
export type QueryCount = FieldWith<{ query: object; unit: 'count' }>['name'];

/** Fields of instants: `added:`, `changed:`. */
export type QueryInstant = FieldWith<{ query: object; unit: 'instant' }>['name'];

/** A condition on a paper's text. `field` undefined: in any field. The span is the place in the query. */
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

/** A condition that a paper satisfies or not. */
export type Condition =
  | TextCondition
  | /** Years from `from` to `to`, both counted in; open where undefined. */ {
      readonly kind: 'year';
      readonly from: number | undefined;
      readonly to: number | undefined;
      readonly span: Span;
    }
  | /** Published from one day to another, both included: numbers as `firstDayOf` gives them. Papers without a date are not. */ {
      readonly kind: 'published';
      readonly from: number;
      readonly to: number;
      readonly span: Span;
    }
  | /** Counts from `from` to `to`, both included; open where undefined. */ {
      readonly kind: 'count';
      readonly of: QueryCount;
      readonly from: number | undefined;
      readonly to: number | undefined;
      readonly span: Span;
    }
  | /** From one instant to another, both included, in milliseconds since 1970; open where undefined. */ {
      readonly kind: 'instant';
      readonly of: QueryInstant;
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

/** A part of a query that looks like an operator and was searched as text, or that has no effect. */
export interface QueryNotice {
  readonly span: Span;
  readonly message: string;
}

/** A parsed query. */
export interface Query {
  /** Plain words, filler ("papers about") included: they rank and exclude nothing. */
  readonly plain: string;
  /** The condition that every result satisfies; undefined when there are only plain words. */
  readonly condition: Condition | undefined;
  readonly notices: readonly QueryNotice[];
}
