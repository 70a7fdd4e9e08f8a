import fc from 'fast-check';
import type { Condition, TextCondition } from '../../src/query/ast.ts';
import { QUERY_TEXT_FIELDS } from '../../src/query/fields.ts';
import { RANDOM_QUERY } from './random-papers.ts';

const SPAN = { start: 0, end: 1 };
const FIELD = fc.option(fc.constantFrom(...QUERY_TEXT_FIELDS), { nil: undefined });
const WORD = fc.constantFrom(
  'mo',
  'model',
  'models',
  'mdoel',
  'learnin',
  'grap',
  'selfimprovemen',
  'σ',
  '15',
  'zebar',
  'improve',
);

/** Few words that may occur together, so that long phrases sometimes match. */
const CLOSE_WORDS = fc
  .array(
    fc.constantFrom('self', 'improvement', 'self-improvement', 'selfimprovement', 'the', 'few-shot', 'model'),
    {
      minLength: 1,
      maxLength: 4,
    },
  )
  .map((words) => words.join(' '));
const TEXT = fc.oneof(RANDOM_QUERY, CLOSE_WORDS);

/** A condition on text, with words of random papers. */
export const RANDOM_TEXT_CONDITION: fc.Arbitrary<TextCondition> = fc.oneof(
  fc.record({
    kind: fc.constantFrom('words', 'phrase'),
    text: TEXT,
    field: FIELD,
    span: fc.constant(SPAN),
  }),
  fc.record({
    kind: fc.constant('near' as const),
    text: TEXT,
    distance: fc.integer({ min: 0, max: 6 }),
    field: FIELD,
    span: fc.constant(SPAN),
  }),
  fc.record({ kind: fc.constant('prefix' as const), text: WORD, field: FIELD, span: fc.constant(SPAN) }),
  fc.record({
    kind: fc.constant('fuzzy' as const),
    text: WORD,
    edits: fc.constantFrom(1, 2),
    field: FIELD,
    span: fc.constant(SPAN),
  }),
) as fc.Arbitrary<TextCondition>;

const YEAR = fc.option(fc.integer({ min: 2018, max: 2024 }), { nil: undefined });

/** Any condition. */
export const RANDOM_CONDITION: fc.Arbitrary<Condition> = fc.letrec<{ condition: Condition }>((tie) => ({
  condition: fc.oneof(
    { maxDepth: 4, depthSize: 'small' },
    { weight: 4, arbitrary: RANDOM_TEXT_CONDITION },
    fc.record({ kind: fc.constant('year' as const), from: YEAR, to: YEAR, span: fc.constant(SPAN) }),
    fc.record({
      kind: fc.constant('has' as const),
      what: fc.constantFrom('abstract' as const, 'pdf' as const),
      span: fc.constant(SPAN),
    }),
    fc.oneof(
      fc.record({
        kind: fc.constant('fact' as const),
        fact: fc.constantFrom('area' as const, 'session' as const),
        text: fc.constantFrom('cs.LG', 'LG', 'ml', 'graph', 'Model Zebra', 'müller'),
        span: fc.constant(SPAN),
      }),
      fc.record({
        kind: fc.constant('fact' as const),
        fact: fc.constant('id' as const),
        text: fc.stringMatching(/^[a-fA-F]{1,2}$/),
        span: fc.constant(SPAN),
      }),
    ),
    fc.record({
      kind: fc.constantFrom('and' as const, 'or' as const),
      clauses: fc.array(tie('condition'), { minLength: 1, maxLength: 3 }),
      span: fc.constant(SPAN),
    }),
    fc.record({ kind: fc.constant('not' as const), clause: tie('condition'), span: fc.constant(SPAN) }),
  ),
})).condition;
