import type { Condition, Query } from '../../src/query/ast.ts';

/** A query's plain words and condition without spans and notices, for comparing parsed queries. */
export function withoutPlaces({ plain, condition }: Query): unknown {
  return { plain, condition: condition && withoutSpans(condition) };
}

/** A condition without its spans. */
function withoutSpans({ span: _, ...condition }: Condition): unknown {
  if (condition.kind === 'and' || condition.kind === 'or') {
    return { ...condition, clauses: condition.clauses.map(withoutSpans) };
  }
  return condition.kind === 'not' ? { ...condition, clause: withoutSpans(condition.clause) } : condition;
}
