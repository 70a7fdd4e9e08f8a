import type { Span } from '../../text/span.ts';
import type { Tag } from './tags.ts';
import type { StrategyToken } from './tokens.ts';

type Word = Extract<StrategyToken, { kind: 'word' }>;

/** What one line of a strategy asks for, before it is translated. A tag applies to what has none of its own in it. */
export type StrategyNode = { readonly span: Span; readonly tag?: Tag | undefined } & (
  | /** Words without an operator between them. */ { readonly kind: 'term'; readonly words: readonly Word[] }
  | { readonly kind: 'and' | 'or'; readonly clauses: readonly StrategyNode[] }
  | { readonly kind: 'not'; readonly clause: StrategyNode }
  | {
      readonly kind: 'near';
      readonly distance: number;
      readonly ordered: boolean;
      readonly sides: readonly [StrategyNode, StrategyNode];
    }
  | {
      readonly kind: 'leaf';
      readonly token: Extract<StrategyToken, { kind: 'heading' | 'lines' | 'years' | 'limit' }>;
    }
);
