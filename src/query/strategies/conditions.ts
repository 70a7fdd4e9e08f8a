import { MAX_DEPTH, MAX_STRATEGY_CONDITIONS } from '../../limits.ts';
import type { Span } from '../../text/span.ts';
import type { Condition } from '../ast.ts';
import { refusal } from '../refusal.ts';

/** Joins conditions, and refuses what has become too large: a line that others use is counted each time. */
export class ConditionBuilder {
  readonly #sizes = new WeakMap<Condition, { readonly leaves: number; readonly depth: number }>();

  /** Conditions without operators in a condition. */
  leavesOf(condition: Condition): number {
    return this.#sizeOf(condition).leaves;
  }

  /**
   * One condition of several; undefined ones are left out, and groups of the same kind become one.
   * @throws PaperSearchError BAD_REQUEST for more than 1024 conditions or 64 levels.
   */
  join(kind: 'and' | 'or', parts: readonly (Condition | undefined)[], span: Span): Condition | undefined {
    const present = parts.filter((part) => part !== undefined);
    if (present.length < 2) return present[0];
    const leaves = present.reduce((sum, part) => sum + this.#sizeOf(part).leaves, 0);
    if (leaves > MAX_STRATEGY_CONDITIONS) {
      const message = `the strategy has more than ${MAX_STRATEGY_CONDITIONS} conditions. Ask for fewer.`;
      throw refusal(message, span);
    }
    const clauses = present.flatMap((part) => (part.kind === kind ? part.clauses : [part]));
    return this.#checked({ kind, clauses, span }, clauses, span);
  }

  /** What does not match a condition. */
  not(clause: Condition | undefined, span: Span): Condition | undefined {
    return clause && this.#checked({ kind: 'not', clause, span }, [clause], span);
  }

  #checked(condition: Condition, clauses: readonly Condition[], span: Span): Condition {
    const sizes = clauses.map((clause) => this.#sizeOf(clause));
    const depth = 1 + sizes.reduce((deepest, size) => Math.max(deepest, size.depth), 0);
    if (depth > MAX_DEPTH) {
      throw refusal(`more than ${MAX_DEPTH} groups or lines are nested. Remove some.`, span);
    }
    this.#sizes.set(condition, { leaves: sizes.reduce((sum, { leaves }) => sum + leaves, 0), depth });
    return condition;
  }

  #sizeOf(condition: Condition): { readonly leaves: number; readonly depth: number } {
    return this.#sizes.get(condition) ?? { leaves: 1, depth: 0 };
  }
}
