import { describe, expect, test, vi } from 'vitest';
import { z } from 'zod';
import { parseParameters } from '../../../src/serve/http/validate.ts';

const schema = z.object({ a: z.string(), b: z.string().default('none') });

describe('parseParameters', () => {
  test('makes the strict form of a schema once', () => {
    const declared = z.object({ a: z.string() });
    const strict = vi.spyOn(declared, 'strict');
    for (const a of ['x', 'y', 'z']) expect(parseParameters(declared, { a })).toEqual({ a });
    expect(strict).toHaveBeenCalledTimes(1);
  });

  test('refuses unknown fields at every call, and names the known ones', () => {
    for (let call = 0; call < 2; call++) {
      expect(() => parseParameters(schema, { a: 'x', c: 'y' })).toThrow(
        'c: Unknown parameter. Known parameters: a, b.',
      );
    }
  });

  test('ignores unknown fields of a schema that refused them before', () => {
    expect(() => parseParameters(schema, { a: 'x', c: 'y' })).toThrow();
    expect(parseParameters(schema, { a: 'x', c: 'y' }, 'ignore')).toEqual({ a: 'x', b: 'none' });
    expect(() => parseParameters(schema, { a: 'x', c: 'y' })).toThrow();
  });
});
