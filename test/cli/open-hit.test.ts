import { expect, test } from 'vitest';
import { openHit } from '../../src/cli/open-hit.ts';
import type { PaperUrls } from '../../src/papers/paper.ts';
import { paperOf } from '../support/papers.ts';

const hit = (rank: number, urls: PaperUrls) => ({
  rank,
  score: 1,
  paper: paperOf({ title: `Paper ${rank}`, urls }),
  highlights: [],
});
const hits = [
  hit(11, { landing: 'https://example.org/a b', pdf: 'https://example.org/a.pdf' }),
  hit(12, { pdf: 'http://example.org/b.pdf' }),
  hit(13, {}),
  hit(14, { landing: 'file:///etc/passwd', pdf: 'javascript:alert(1)' }),
];

test.each([
  [11, 'https://example.org/a%20b'],
  [12, 'http://example.org/b.pdf'],
])('hit %i', async (rank, address) => {
  const opened: string[] = [];
  await openHit(hits, rank, async (each) => opened.push(each));
  expect(opened).toEqual([address]);
});

test.each([
  [10, /not shown\. Hits 11 to 14 are shown/],
  [13, /paper-13 has no web address/],
  [14, /paper-14 has no web address/],
])('does not open hit %i', async (rank, message) => {
  const open = async () => expect.unreachable();
  await expect(openHit(hits, rank, open)).rejects.toThrow(message);
});
