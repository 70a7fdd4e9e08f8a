import type { Span } from '../../text/span.ts';
import type { Tag } from './tags.ts';

export type StrategyOperator = 'and' | 'or' | 'not';

/** A piece of one line of a strategy. */
export type StrategyToken = { readonly span: Span } & (
  | { readonly kind: 'open' }
  | { readonly kind: 'close' }
  | { readonly kind: 'operator'; readonly operator: StrategyOperator }
  | /** `adj3`, `NEAR/3`, `NEXT`. */ {
      readonly kind: 'near';
      /** Most other words between the operands. */
      readonly distance: number;
      readonly ordered: boolean;
    }
  | { readonly kind: 'word'; readonly text: string; readonly quoted: boolean }
  | /** Applies to the operand before it. */ { readonly kind: 'tag'; readonly tag: Tag }
  | { readonly kind: 'heading'; readonly text: string; readonly qualified: boolean }
  | /** Earlier lines: `#3`, `or/1-5`. Ranges include both ends. */ {
      readonly kind: 'lines';
      readonly join: 'and' | 'or';
      readonly ranges: readonly (readonly [number, number])[];
    }
  | {
      readonly kind: 'years';
      readonly from: number | undefined;
      readonly to: number | undefined;
      /** Whether the text names days or months, or a date other than that of publication. */
      readonly inexact: 'day' | 'recordDate' | undefined;
    }
  | /** A limit that has no equivalent. */ { readonly kind: 'limit' }
);
