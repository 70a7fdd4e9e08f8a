import { describe, expect, test } from 'vitest';
import { parseQuery } from '../../src/query/parser.ts';
import { printQuery } from '../../src/query/printer.ts';
import { PRINTED, PRINTED_ALIKE } from '../cases/queries.ts';

describe('printQuery', () => {
  test.each([...PRINTED_ALIKE.map((query) => [query, query] as const), ...PRINTED])(
    '%s is printed as %s',
    (query, printed) => {
      expect(printQuery(parseQuery(query))).toBe(printed);
    },
  );
});
