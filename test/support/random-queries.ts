import fc from 'fast-check';
import { HAS_VALUES } from '../../src/papers/fields.ts';
import type { Condition, Query } from '../../src/query/ast.ts';
import { QUERY_FACTS, QUERY_TEXT_FIELDS } from '../../src/query/fields.ts';

const span = { start: 0, end: 0 };
const stem = fc.constantFrom('ab', 'learn', 'self-improv', 'gpt4', 'naïve', 'αβγ', '深度', "o'brien");
const word = fc.oneof(
  stem,
  fc.constantFrom('f(x)', '(semi)-supervised', 'C++', '5"', '-5', '--x', 'a*', 'a*b', 'x~y'),
  fc.constantFrom('year:soon', 'http://a.b/c', '$n^2$', '\\beta', 'and', '3d', 'Or', 'p<0.05'),
);
const words = joined(word, 3);
const quoted = fc
  .tuple(stem, joined(fc.oneof(word, fc.constantFrom('(', ')', 'AND', '-b', 'title:x')).filter(unquoted), 4))
  .map((parts) => parts.join(' '));
const field = fc.option(fc.constantFrom(...QUERY_TEXT_FIELDS), { nil: undefined });
const year = fc.integer({ min: 0, max: 9999 });
const count = fc.nat({ max: 999_999_999 });
const instant = fc.integer({ min: Date.UTC(1000, 0), max: Date.UTC(10_000, 0) - 1 });

const leaf: fc.Arbitrary<Condition> = fc.oneof(
  fc.record({ kind: fc.constant('words' as const), text: words, field, span: fc.constant(span) }),
  fc.record({ kind: fc.constant('phrase' as const), text: quoted, field, span: fc.constant(span) }),
  fc.record({
    kind: fc.constant('near' as const),
    text: quoted,
    distance: fc.nat(999),
    field,
    span: fc.constant(span),
  }),
  fc.record({ kind: fc.constant('prefix' as const), text: stem, field, span: fc.constant(span) }),
  fc.record({
    kind: fc.constant('fuzzy' as const),
    text: stem,
    edits: fc.constantFrom(1 as const, 2 as const),
    field,
    span: fc.constant(span),
  }),
  fc.tuple(year, year, fc.boolean(), fc.boolean()).map(([one, other, hasFrom, hasTo]) => ({
    kind: 'year' as const,
    from: hasFrom || !hasTo ? Math.min(one, other) : undefined,
    to: hasTo ? Math.max(one, other) : undefined,
    span,
  })),
  fc.tuple(count, count, fc.boolean(), fc.boolean()).map(([one, other, hasFrom, hasTo]) => ({
    kind: 'count' as const,
    of: hasFrom ? ('citations' as const) : ('references' as const),
    from: hasFrom || !hasTo ? Math.min(one, other) : undefined,
    to: hasTo ? Math.max(one, other) : undefined,
    span,
  })),
  fc.tuple(instant, instant, fc.boolean(), fc.boolean()).map(([one, other, hasFrom, hasTo]) => ({
    kind: 'instant' as const,
    of: hasFrom ? ('added' as const) : ('changed' as const),
    from: hasFrom || !hasTo ? Math.min(one, other) : undefined,
    to: hasTo ? Math.max(one, other) : undefined,
    span,
  })),
  fc.record({
    kind: fc.constant('fact' as const),
    fact: fc.constantFrom(...QUERY_FACTS),
    text: fc.oneof(stem, quoted, fc.constantFrom('10.1000/S1(97)2-0', 'a;', '~x*')),
    span: fc.constant(span),
  }),
  fc.record({
    kind: fc.constant('has' as const),
    what: fc.constantFrom(...HAS_VALUES),
    span: fc.constant(span),
  }),
);

const condition = fc.letrec<{ node: Condition }>((tie) => ({
  node: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    leaf,
    tie('node').map((clause) => ({ kind: 'not' as const, clause, span })),
    fc
      .tuple(
        fc.constantFrom('and' as const, 'or' as const),
        fc.array(tie('node'), { minLength: 2, maxLength: 4 }),
      )
      .map(([kind, clauses]) => ({ kind, clauses: clauses.flatMap((each) => clausesOf(kind, each)), span })),
  ),
})).node;

/** Queries as the parser could return them: words alone are plain, and an `and` never contains an `and`. */
export const query: fc.Arbitrary<Query> = fc.record({
  plain: fc.oneof(fc.constant(''), words),
  condition: fc.option(
    condition.filter((each) => each.kind !== 'words' || each.field !== undefined),
    { nil: undefined },
  ),
  notices: fc.constant([]),
});

/** Texts full of characters that could be operators. */
export const hostileText = fc
  .array(
    fc.oneof(
      fc.constantFrom(' ', ' ', ' ', '(', ')', '"', '“', '”', '„', '«', '»', '-', '~', '*', ':', ','),
      fc.constantFrom('AND', 'OR', 'NOT', 'title:', 'author:', 'id:', 'year:', 'has:pdf', '2020..', '~5'),
      fc.constantFrom('a', 'bc', 'def', '5', 'é', '深度', '🙂', '\\', '\n', '\ud800'),
    ),
    { maxLength: 30 },
  )
  .map((parts) => parts.join(''));

function joined(part: fc.Arbitrary<string>, maxLength: number): fc.Arbitrary<string> {
  return fc.array(part, { minLength: 1, maxLength }).map((parts) => parts.join(' '));
}

function unquoted(text: string): boolean {
  return !text.includes('"');
}

function clausesOf(kind: 'and' | 'or', condition: Condition): readonly Condition[] {
  return condition.kind === kind ? condition.clauses : [condition];
}
