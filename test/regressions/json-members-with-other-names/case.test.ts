import { expect, test } from 'vitest';
import { readInput } from '../../support/regression.ts';

test('reads members by every name that other programs give them, and names the rest', async () => {
  const { papers, rejected, events } = await readInput(import.meta.url, 'input.json');
  expect(rejected).toEqual([]);
  expect(papers).toMatchObject([
    {
      title: 'Worms by another name',
      abstract: 'We name worms.',
      authors: ['Jane Doe'],
      venue: 'Journal of Worms',
      year: 2020,
      date: '2020-03-01',
      keywords: ['worms'],
    },
    {
      title: 'Worms again',
      abstract: 'More worms.',
      authors: ['G.N. Gatto', 'F.A. Sequo'],
      venue: 'Worm Letters',
      year: 2021,
      externalIds: { doi: '10.1000/w' },
    },
  ]);
  expect(events.flatMap((event) => (event.kind === 'unread' ? [event.unread] : []))).toMatchObject([
    {
      what: 'members',
      names: [
        { name: 'rating', records: 2 },
        { name: 'mood', records: 1 },
      ],
    },
  ]);
});

test('rejects a file in which every title is empty and shows its members', async () => {
  const { papers, rejected } = await readInput(import.meta.url, 'titleless.json');
  expect(papers).toEqual([]);
  expect(rejected).toEqual([expect.stringContaining('"headline", "body", "abstract"')]);
});
