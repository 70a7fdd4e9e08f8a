import { expect, test } from 'vitest';
import { ADA, reviewed } from './world.ts';

const isBee = (id: string) => id.startsWith('bee');

test('a review from the question to the last paper', async () => {
  const { reviews, id } = await reviewed();
  const created = await reviews.read(id);
  expect(created).toMatchObject({
    id: 'bees',
    name: 'Bees',
    createdBy: 'Ada',
    papers: 12,
    decided: 0,
    poolOutdated: false,
    pool: [{ number: 2, added: 12, removed: 0, papers: 12, duplicates: 0, vectors: true }],
  });
  const [first] = await reviews.next(id, ADA);
  expect(isBee(first!.paper.id)).toBe(true);
  expect(first).toMatchObject({ rank: 1, chosenBy: 'rank', stage: 'abstract' });

  let suggestion: typeof first | undefined = first;
  const read: string[] = [];
  while (suggestion) {
    const { paper, rank, model, chosenBy } = suggestion;
    read.push(paper.id);
    const decision = isBee(paper.id) ? 'include' : 'exclude';
    const answer = await reviews.label(id, { paper: paper.id, decision, rank, model, chosenBy }, ADA);
    expect(answer.label).toMatchObject({ paper: paper.id, decision, by: 'Ada', rank: 1, chosenBy: 'rank' });
    expect(answer.standing).toBe(decision);
    suggestion = answer.next;
  }
  expect(new Set(read).size).toBe(12);
  expect(read.slice(0, 4).every(isBee)).toBe(true);
  expect(await reviews.progress(id, ADA)).toMatchObject({
    abstract: { papers: 12, unread: 0, included: 4, excluded: 8 },
    fullText: { papers: 4, unread: 4 },
    own: { read: 12, included: 4, maybe: 0 },
    recall: { found: 4, screened: 12, poolSize: 12 },
  });
  const replay = await reviews.replay(id);
  expect(replay.same).toBe(true);
  expect(replay.steps).toHaveLength(12);
});
