import { expect, test } from 'vitest';
import { readInput } from '../../support/regression.ts';

test('reads title, people, session and identifier of an event', async () => {
  const { papers, rejected, warnings } = await readInput(import.meta.url, 'input.json');
  expect([...rejected, ...warnings]).toEqual([]);
  expect(papers).toMatchObject([
    {
      title: 'Worms at a virtual site',
      authors: ['Jane Doe'],
      abstract: 'Virtual worms.',
      year: 2025,
      keywords: ['worms'],
      categories: ['Applications', 'Worms'],
      acceptance: 'oral',
      session: {
        name: 'Oral Session 1',
        hall: 'Hall 1',
        start: '2025-04-24T10:30:00+08:00',
        end: '2025-04-24T10:42:00+08:00',
      },
      externalIds: { openreview: 'AAAAAAAAAA' },
      urls: { landing: 'https://openreview.net/forum?id=AAAAAAAAAA' },
    },
  ]);
});
