import { expect, test } from 'vitest';
import type { Paper } from '../../src/papers/paper.ts';
import { publicationTypeOf } from '../../src/papers/publication-type.ts';
import { paperOf } from '../support/papers.ts';

test.each<[what: string, fields: Partial<Paper>, type: string | undefined]>([
  ['proceedings', { venue: 'Proceedings of the Workshop on Bees' }, 'conference'],
  ['a meeting with a known name', { venue: 'NeurIPS' }, 'conference'],
  ['a session without a venue', { session: { name: 'Oral 1' } }, 'conference'],
  ['a journal', { venue: 'Journal of Bees' }, 'journal'],
  ['transactions', { venue: 'IEEE Transactions on Bees' }, 'journal'],
  ['a venue that may be either', { venue: 'Bees' }, undefined],
  ['arXiv', { venue: 'arXiv' }, undefined],
  ['nothing', {}, undefined],
])('%s', (_, fields, type) => {
  expect(publicationTypeOf(paperOf({ title: 'X', ...fields }))).toBe(type);
});
