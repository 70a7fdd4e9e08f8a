import type { Condition, Query, TextCondition } from './ast.ts';

/** The text conditions within a condition, without those under an odd number of `not`, by place. */
export function positiveTexts(condition: Condition): TextCondition[] {
  return collect(condition, true).sort((one, other) => one.span.start - other.span.start);
}

function collect(condition: Condition, positive: boolean): TextCondition[] {
  switch (condition.kind) {
    case 'and':
    case 'or':
      return condition.clauses.flatMap((clause) => collect(clause, positive));
    case 'not':
      return collect(condition.clause, !positive);
    case 'year':
    case 'published':
    case 'count':
    case 'instant':
    case 'fact':
    case 'has':
      return [];
    default:
      return positive ? [condition] : [];
  }
}

const ABOUT_CONTENT = new Set([undefined, 'title', 'abstract', 'keyword']);

/**
 * What to rank papers by: the plain words, then what the conditions ask of title, abstract, keywords or any
 * field, with single blanks between them. Authors and venues do not describe a paper's content.
 * Empty for a query that only filters.
 */
export function rankingText({ plain, condition }: Query): string {
  const texts = condition === undefined ? [] : positiveTexts(condition);
  const about = texts.filter(({ field }) => ABOUT_CONTENT.has(field));
  // One word that a strategy asks for in several fields counts once.
  const distinct = about.filter(({ text, span }, at) => {
    const before = about[at - 1];
    return before?.text !== text || before.span.start !== span.start;
  });
  return [plain, ...distinct.map(({ text }) => text)].filter((text) => text !== '').join(' ');
}
