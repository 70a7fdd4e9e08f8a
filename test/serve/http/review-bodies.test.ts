import fc from 'fast-check';
import { expect, onTestFinished, test } from 'vitest';
import { Reviews } from '../../../src/review/reviews.ts';
import { createApp } from '../../../src/serve/http/app.ts';
import { reviewed } from '../../review/world.ts';
import { listening } from '../../support/listening.ts';

const DECISIONS = ['include', 'exclude', 'maybe', 'yes'];
const text = fc.oneof(
  fc.constantFrom(
    'bee-0',
    'wasp-1',
    'bees',
    'no data',
    '',
    '__proto__',
    '../bees',
    '\u0000',
    'x'.repeat(1001),
  ),
  fc.string({ unit: 'binary' }),
);
const member: fc.Arbitrary<unknown> = fc.oneof(
  text,
  fc.constantFrom(...DECISIONS, 'abstract', 'full-text', 'rank', 'file'),
  fc.integer(),
  fc.double(),
  fc.boolean(),
  fc.constant(null),
  fc.array(text, { maxLength: 3 }),
  fc.jsonValue({ maxDepth: 2 }),
);
const NAMES = [
  ...['name', 'protocol', 'pool', 'question', 'include', 'exclude', 'highlights', 'reviewersPerPaper'],
  ...[
    'paper',
    'papers',
    'stage',
    'decision',
    'reasons',
    'note',
    'rank',
    'model',
    'replaces',
    'chosenBy',
    'labels',
  ],
  ...[
    'number',
    'retrieved',
    'kind',
    'date',
    'records',
    'query',
    'filters',
    'mode',
    'by',
    'agent',
    'toString',
  ],
];
const members = fc.dictionary(fc.constantFrom(...NAMES), member, { maxKeys: 6 });
const label = fc.record(
  {
    paper: fc.oneof(fc.constantFrom('bee-0', 'wasp-1', 'bee-3'), text),
    decision: fc.constantFrom(...DECISIONS),
    stage: fc.constantFrom('abstract', 'full-text', 'title'),
    reasons: fc.array(fc.constantFrom('bees', 'no data', 'unknown'), { maxLength: 2 }),
    note: text,
    replaces: fc.integer(),
  },
  { requiredKeys: ['paper', 'decision'] },
);
const body = fc.oneof(
  fc.jsonValue({ maxDepth: 3 }),
  members,
  fc.record({ name: text, protocol: members }),
  label,
  fc.record({ labels: fc.array(fc.oneof(label, members), { maxLength: 4 }) }),
);
const ROUTES = [
  ['POST', ''],
  ['PATCH', '/bees'],
  ['POST', '/bees/sources'],
  ['POST', '/bees/pool'],
  ['POST', '/bees/labels'],
  ['POST', '/bees/undo'],
  ['POST', '/bees/settlements'],
  ['POST', '/bees/retrieved'],
  ['POST', '/bees/import'],
] as const;

test('any body is read or refused, and the review can still be read by another process', async () => {
  const { folder, engine, reviews, id } = await reviewed();
  const logged: unknown[] = [];
  const access = { find: () => ({ name: 'ada', scopes: ['review'] as const }), hasTokens: () => true };
  const app = await listening(
    createApp({
      engine,
      reviews,
      access,
      log: (error) => logged.push(error),
    }),
  );
  onTestFinished(() => app.close());
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...ROUTES), body, async ([method, path], sent) => {
      const response = await fetch(`${app.url}/v1/reviews${path}`, {
        method,
        headers: { Authorization: 'Bearer x', 'Content-Type': 'application/json' },
        body: JSON.stringify(sent),
      });
      const answer = (await response.json()) as { error?: { message: string } };
      expect(response.status).toBeLessThan(500);
      expect(response.ok).toBe(answer.error === undefined);
      if (answer.error) expect(answer.error.message).not.toMatch(/undefined|\[object|cannot read/i);
    }),
    { numRuns: 150 },
  );
  expect(logged).toEqual([]);
  expect(await new Reviews(folder, engine).read(id)).toEqual(await reviews.read(id));
});
