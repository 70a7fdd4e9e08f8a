import fc from 'fast-check';
import { expect, test } from 'vitest';
import { PaperSearchError } from '../../../src/errors.ts';
import { parseQuery } from '../../../src/query/parser.ts';
import { printQuery } from '../../../src/query/printer.ts';
import { readStrategy } from '../../../src/query/strategies/strategy.ts';

const PIECES = [
  'asthma', 'wheez$', 'colo?r', 'wom#n', 'heart', 'p*', 'CD4/CD8', 'AND', 'or', 'NOT', 'not', 'adj3', 'adj', 'near/2',
  '(', ')', '[tiab]', '[mh]', '[foo]', '[tiab:~3]', '[dp]', '.tw.', '.ti,ab.', '.pt.', ':ti,ab', '"', "'", '“', '”',
  'exp Asthma/', '*Pain/', "'pain'/exp", '2019', '2010:2020[dp]', '[2010-2020]/py', 'limit 2 to yr="2010-2020"',
  '1', '2', '#1', '#2', 'or/1-2', '{or #1-#3}', '\n1. ', '\n2. ', '\n3 ', '\n#4 ', '\t12', '$', '&', '-', '~2', '…',
]; // biome-ignore format: a table
const text = fc
  .array(fc.tuple(fc.constantFrom(...PIECES), fc.constantFrom('', ' ')), { maxLength: 40 })
  .map((pieces) => pieces.flat().join(''));

const read = (query: string) => {
  try {
    return readStrategy(query);
  } catch (error) {
    // The only error is that of a strategy that is too large.
    expect(error).toBeInstanceOf(PaperSearchError);
    expect((error as Error).message).toMatch(/more than (?:64|1024)/);
    return undefined;
  }
};

test('reading never fails, notices are within the text and what is printed is read as the same query', () => {
  fc.assert(
    fc.property(text, (query) => {
      const strategy = read(query);
      if (!strategy) return;
      for (const { span } of strategy.query.notices) {
        expect(span.start).toBeGreaterThanOrEqual(0);
        expect(span.end).toBeGreaterThanOrEqual(span.start);
        expect(span.end).toBeLessThanOrEqual(query.length);
      }
      expect(strategy.query.condition).toBeDefined();
      if (strategy.leaves > 256) return;
      const printed = printQuery(strategy.query);
      expect(printQuery(parseQuery(printed))).toBe(printed);
    }),
    { numRuns: 3000 },
  );
});

test('any text at all is read or left alone', () => {
  fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 60 }), (query) => void read(query)));
  fc.assert(fc.property(fc.string({ unit: 'binary' }), (query) => void read(`${query}asthma[tiab]${query}`)));
});

// Quadratic time would not end within the time of a test.
test.each(PIECES.map((piece) => [piece]))('reads a long text of nothing but %j', (piece) => {
  read(`asthma[tiab] pain.tw. ${`${piece} `.repeat(30_000)}`);
});
