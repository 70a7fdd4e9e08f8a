import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { inputObject } from '../../../src/serve/mcp/lenient.ts';

const Input = inputObject({
  query: z.string().default('').describe('A question.'),
  limit: z.number().int().min(1).max(50).default(10).describe('Hits wanted.'),
  mode: z.enum(['keyword', 'semantic']).default('keyword'),
  ids: z.array(z.string()).max(3).optional(),
  filters: inputObject({ year: z.string().optional(), venue: z.array(z.string()).optional() }).optional(),
});
const DEFAULTS = { query: '', limit: 10, mode: 'keyword' };

describe('an input of a tool', () => {
  test.each([
    [{}, {}],
    [{ query: null, limit: null, mode: null, ids: null, filters: null }, {}],
    [{ limit: '5' }, { limit: 5 }],
    [{ limit: ' 5 ' }, { limit: 5 }],
    [{ ids: 'a' }, { ids: ['a'] }],
    [{ ids: '["a", "b"]' }, { ids: ['a', 'b'] }],
    [{ ids: '[not JSON' }, { ids: ['[not JSON'] }],
    [{ ids: [31452104, 'b'] }, { ids: ['31452104', 'b'] }],
    [{ query: 2020 }, { query: '2020' }],
    [{ filters: { year: 2023, venue: 'ICLR' } }, { filters: { year: '2023', venue: ['ICLR'] } }],
    [{ filters: '{"year": null, "venue": "ICLR"}' }, { filters: { venue: ['ICLR'] } }],
  ])('%j is read', (given, expected) => {
    expect(Input.parse(given)).toEqual({ ...DEFAULTS, ...expected });
  });

  test.each([
    [{ limit: '' }, 'limit'],
    [{ limit: 'five' }, 'limit'],
    [{ limit: '500' }, 'limit'],
    [{ limit: '1e1' }, 'limit'],
    [{ mode: 5 }, 'mode'],
    [{ ids: ['a', null] }, 'ids'],
    [{ ids: 'null', filters: 'x' }, 'filters'],
    [{ filters: [] }, 'filters'],
  ])('%j is an error', (given, place) => {
    expect(Input.safeParse(given).error?.issues[0]?.path[0]).toBe(place);
  });

  test('that is not known is an error', () => {
    expect(Input.safeParse({ other: null }).error?.issues[0]?.message).toContain('other');
  });

  test('has the schema of its members', () => {
    const { properties, additionalProperties } = z.toJSONSchema(Input, { io: 'input' });
    expect(additionalProperties).toBe(false);
    expect(properties).toMatchObject({
      query: { type: 'string', default: '', description: 'A question.' },
      limit: { type: 'integer', minimum: 1, maximum: 50, default: 10 },
      ids: { type: 'array', items: { type: 'string' }, maxItems: 3 },
      filters: { type: 'object', additionalProperties: false },
    });
  });
});
