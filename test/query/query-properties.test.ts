import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Condition } from '../../src/query/ast.ts';
import { parseQuery } from '../../src/query/parser.ts';
import { printQuery } from '../../src/query/printer.ts';
import { withoutPlaces } from '../support/plain-tree.ts';
import { hostileText, query } from '../support/random-queries.ts';

const anyText = fc.oneof(hostileText, fc.string({ unit: 'grapheme' }), fc.string({ unit: 'binary' }));
const RUNS = { numRuns: 2000 };

test('prints a query that parses to an equal one', () => {
  fc.assert(
    fc.property(query, (original) => {
      expect(withoutPlaces(parseQuery(printQuery(original)))).toEqual(withoutPlaces(original));
    }),
    RUNS,
  );
});

test('parses any text, and its printed form to an equal query', () => {
  fc.assert(
    fc.property(anyText, (text) => {
      const understood = parseQuery(text);
      expect(withoutPlaces(parseQuery(printQuery(understood)))).toEqual(withoutPlaces(understood));
    }),
    RUNS,
  );
});

test('parses the same text to the same query', () => {
  fc.assert(
    fc.property(anyText, (text) => {
      expect(parseQuery(text)).toEqual(parseQuery(text));
    }),
  );
});

test('parses a text without operators to its words', () => {
  const word = fc
    .string({ unit: 'grapheme', minLength: 1 })
    .filter((text) => !/[\s"“”„«»():*~-]/u.test(text) && !/^(?:AND|OR|NOT)$/.test(text));
  fc.assert(
    fc.property(fc.array(word), fc.constantFrom(' ', '\n', ' \t '), (words, blank) => {
      expect(parseQuery(words.join(blank))).toEqual({
        plain: words.join(' '),
        condition: undefined,
        notices: [],
      });
    }),
    RUNS,
  );
});

test('gives every span within the text, and within that of the condition around it', () => {
  fc.assert(
    fc.property(anyText, (text) => {
      const { condition, notices } = parseQuery(text);
      for (const { span } of notices) expectWithin(span, { start: 0, end: text.length });
      if (condition) expectNested(condition, { start: 0, end: text.length });
    }),
    RUNS,
  );
});

function expectNested(condition: Condition, outer: Condition['span']): void {
  expectWithin(condition.span, outer);
  if (condition.kind === 'not') expectNested(condition.clause, condition.span);
  if (condition.kind === 'and' || condition.kind === 'or') {
    for (const clause of condition.clauses) expectNested(clause, condition.span);
  }
}

function expectWithin(span: Condition['span'], outer: Condition['span']): void {
  expect(span.start).toBeGreaterThanOrEqual(outer.start);
  expect(span.end).toBeGreaterThan(span.start);
  expect(span.end).toBeLessThanOrEqual(outer.end);
}
