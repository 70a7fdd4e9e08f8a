import { expect, test } from 'vitest';
import type { Decision } from '../../src/review/review.ts';
import { Reviews } from '../../src/review/reviews.ts';
import { ADA, BEN, beesAndWasps, reviewed } from './world.ts';

const two = () => reviewed(beesAndWasps(), { reviewersPerPaper: 2 });
const say = (reviews: Reviews, id: string, paper: string, decision: Decision, by = ADA) =>
  reviews.label(id, { paper, decision }, by);

/** All that a reviewer is shown, except for how many papers others have begun with. */
async function seen(reviews: Reviews, id: string, by: { name: string }) {
  const { papers } = await reviews.papers(id, by, { limit: 100 });
  const { own, recall, curve } = await reviews.progress(id, by);
  return {
    next: await reviews.next(id, by, { count: 10 }),
    papers: papers.map(({ paper, labels, settled }) => ({ id: paper.id, labels, settled })),
    progress: { own, recall, curve },
    paper: await reviews.paper(id, 'bee-9', by),
  };
}

test('the labels of one reviewer change nothing that the other sees before both have decided', async () => {
  const { reviews, id } = await two();
  await say(reviews, id, 'bee-0', 'include', BEN);
  await say(reviews, id, 'wasp-1', 'exclude', BEN);
  const before = await seen(reviews, id, BEN);
  for (const { paper } of await reviews.next(id, ADA, { count: 6 })) {
    if (paper.id !== 'bee-0' && paper.id !== 'wasp-1') await say(reviews, id, paper.id, 'exclude');
  }
  await say(reviews, id, 'bee-9', 'maybe');
  const after = await seen(reviews, id, BEN);
  expect({ ...after, paper: undefined }).toEqual({ ...before, paper: undefined });
  expect(after.paper).toEqual({ ...before.paper, abstract: 'partly' });
});

test('a decision of the other is shown once both have decided, and a conflict is settled by name', async () => {
  const { reviews, id } = await two();
  const labels = async (paper: string, by = ADA) =>
    (await reviews.paper(id, paper, by)).labels.map(({ by }) => by);
  expect((await say(reviews, id, 'bee-0', 'include')).standing).toBe('partly');
  expect(await labels('bee-0', BEN)).toEqual([]);
  expect((await say(reviews, id, 'bee-0', 'exclude', BEN)).standing).toBe('conflict');
  expect(await labels('bee-0', BEN)).toEqual(['Ada', 'Ben']);
  expect(await labels('bee-0')).toEqual(['Ada', 'Ben']);
  expect(
    (await reviews.papers(id, ADA, { standing: 'conflict' })).papers.map(({ paper }) => paper.id),
  ).toEqual(['bee-0']);

  const settled = await reviews.settle(
    id,
    { paper: '10.1000/0', stage: 'abstract', decision: 'include', note: 'It is about bees.' },
    { name: 'Eve' },
  );
  expect(settled).toMatchObject({
    paper: 'bee-0',
    decision: 'include',
    by: 'Eve',
    note: 'It is about bees.',
  });
  expect(await reviews.paper(id, 'bee-0', ADA)).toMatchObject({
    abstract: 'include',
    fullText: 'unread',
    settled: [{ by: 'Eve' }],
  });
  expect((await reviews.read(id)).conflicts).toBe(0);
  await expect(
    reviews.settle(id, { paper: 'wasp-1', stage: 'abstract', decision: 'include' }, ADA),
  ).rejects.toMatchObject({ code: 'CONFLICT' });
  // What was settled teaches both; and it cannot be built on a label that is gone.
  await expect(reviews.undo(id, BEN)).rejects.toMatchObject({ code: 'CONFLICT' });
});

test.each([
  ['a person', 'Ben', 'agent for Ben'],
  ['an agent', 'agent for Ben', 'Ben'],
  ['an agent', 'one for Ben', 'other for Ben'],
])(
  '%s does not see what others decided by a decision of the same owner: %s by that of %s',
  async (_, name, second) => {
    const { reviews, id } = await two();
    const sees = async (by: string, paper = 'bee-0') =>
      (await reviews.paper(id, paper, { name: by })).labels.map((label) => label.by);
    await say(reviews, id, 'bee-0', 'include');
    await say(reviews, id, 'bee-0', 'exclude', { name: second });
    expect(await sees(name)).toEqual([]);
    expect(await sees('Ada')).toEqual(['Ada', second]);
    expect(await sees(second)).toEqual(['Ada', second]);
    // Who has no part in the paper may see it, and so may all once it is settled.
    expect(await sees('Eve')).toEqual(['Ada', second]);
    await reviews.settle(id, { paper: 'bee-0', stage: 'abstract', decision: 'include' }, { name: 'Eve' });
    expect(await sees(name)).toEqual(['Ada', second]);
  },
);

test('who has decided sees what the other said, also where the other is the own agent', async () => {
  const { reviews, id } = await two();
  await say(reviews, id, 'bee-0', 'include');
  await say(reviews, id, 'bee-0', 'exclude', { name: 'agent for Ada' });
  expect((await reviews.paper(id, 'bee-0', ADA)).labels).toHaveLength(2);
});

test('a settlement counts only while there is a conflict', async () => {
  const { reviews, id } = await two();
  await say(reviews, id, 'bee-0', 'include');
  await say(reviews, id, 'bee-0', 'exclude', BEN);
  await reviews.settle(id, { paper: 'bee-0', stage: 'abstract', decision: 'exclude' }, ADA);
  expect((await say(reviews, id, 'bee-0', 'include', BEN)).standing).toBe('include');
  expect((await say(reviews, id, 'bee-0', 'maybe', BEN)).standing).toBe('exclude');
});

test('with one reviewer, a maybe is a conflict that can be settled', async () => {
  const { reviews, id } = await reviewed();
  expect((await say(reviews, id, 'bee-0', 'maybe')).standing).toBe('conflict');
  await reviews.settle(id, { paper: 'bee-0', stage: 'abstract', decision: 'include' }, BEN);
  expect(await reviews.paper(id, 'bee-0', ADA)).toMatchObject({ abstract: 'include' });
});

test('with one reviewer per paper, the labels of all teach one learner, and no paper is suggested twice', async () => {
  const { reviews, id } = await reviewed();
  await say(reviews, id, 'bee-0', 'include');
  await say(reviews, id, 'wasp-1', 'exclude', BEN);
  const next = async (by = ADA) => (await reviews.next(id, by, { count: 50 })).map(({ paper }) => paper.id);
  expect(await next()).toHaveLength(10);
  expect(await next()).not.toContain('wasp-1');
  expect(await next(BEN)).toEqual(await next());
});

test('with one reviewer per paper, two who work at once read different papers', async () => {
  const { folder, engine, id } = await reviewed();
  let minutes = 0;
  const reviews = new Reviews(folder, engine, { now: () => new Date(minutes * 60_000) });
  const next = async (by: { name: string }) => (await reviews.next(id, by))[0]!;
  const first = await next(ADA);
  const second = await next(BEN);
  expect([first.rank, second.rank]).toEqual([1, 2]);
  expect(await next(ADA)).toEqual(first);
  await say(reviews, id, first.paper.id, 'include');
  const { label } = await reviews.label(
    id,
    { paper: second.paper.id, decision: 'include', model: second.model },
    BEN,
  );
  expect(label.rank).toBe(2);
  expect((await reviews.replay(id)).same).toBe(true);
  // Who has gone away does not keep a paper.
  const third = await next(ADA);
  expect((await next(BEN)).paper.id).not.toBe(third.paper.id);
  minutes = 11;
  expect((await next(BEN)).paper.id).toBe(third.paper.id);
});

test('the whole review is not shown while a paper is decided by one of two', async () => {
  const { reviews, id } = await two();
  await say(reviews, id, 'bee-0', 'include');
  await expect(reviews.whole(id)).rejects.toMatchObject({ code: 'FORBIDDEN', details: { papers: 1 } });
  expect((await reviews.whole(id, { unblind: true })).all).toHaveLength(12);
  // A replay says which papers were labelled, in order.
  await expect(reviews.replay(id)).rejects.toMatchObject({ code: 'FORBIDDEN', details: { papers: 1 } });
  expect(await reviews.replay(id, { unblind: true })).toMatchObject({ same: true, steps: { length: 1 } });
  await say(reviews, id, 'bee-0', 'include', BEN);
  const whole = await reviews.whole(id);
  expect(whole.log.map(({ type }) => type)).toEqual(['created', 'pooled', 'labelled', 'labelled']);
  expect(whole.all.find(({ paper }) => paper.id === 'bee-0')).toMatchObject({
    abstract: 'include',
    records: 1,
    labels: [{ by: 'Ada' }, { by: 'Ben' }],
  });
  expect(await reviews.replay(id)).toMatchObject({ same: true, steps: { length: 2 } });
});

test('the whole review is not shown while a full text is decided by one of two, also of a paper that is a conflict again', async () => {
  const { reviews, id } = await two();
  for (const by of [ADA, BEN]) await say(reviews, id, 'bee-0', 'include', by);
  await reviews.label(id, { paper: 'bee-0', stage: 'full-text', decision: 'include' }, ADA);
  await expect(reviews.whole(id)).rejects.toMatchObject({ code: 'FORBIDDEN' });
  await say(reviews, id, 'bee-0', 'maybe', BEN);
  await expect(reviews.whole(id)).rejects.toMatchObject({ code: 'FORBIDDEN' });
  await expect(reviews.replay(id)).rejects.toMatchObject({ code: 'FORBIDDEN' });
  expect((await reviews.paper(id, 'bee-0', BEN)).labels.filter(({ stage }) => stage === 'full-text')).toEqual(
    [],
  );
});

test('a log with a label that was undone before both had decided is not shown while papers are half decided', async () => {
  const { reviews, id } = await two();
  await say(reviews, id, 'bee-0', 'maybe');
  await reviews.undo(id, ADA);
  await say(reviews, id, 'bee-0', 'include');
  await expect(reviews.whole(id)).rejects.toMatchObject({ code: 'FORBIDDEN' });
});

test('what a label of another moved is not shown to a blind reviewer', async () => {
  const { reviews, id } = await two();
  const { label } = await say(reviews, id, 'bee-0', 'include');
  await expect(reviews.moved(id, label.number, BEN)).rejects.toMatchObject({ code: 'FORBIDDEN' });
  await reviews.moved(id, label.number, ADA);
});

test('agreement counts papers that both have decided, an agent among them', async () => {
  const { reviews, id } = await two();
  const agent = { name: 'Robot', agent: true };
  for (const { paper } of (await reviews.papers(id, ADA, { limit: 12 })).papers) {
    const isBee = paper.id.startsWith('bee');
    await say(reviews, id, paper.id, isBee ? 'include' : 'exclude');
    if (paper.id !== 'wasp-1') {
      await say(reviews, id, paper.id, isBee || paper.id === 'wasp-2' ? 'include' : 'exclude', agent);
    }
  }
  expect(await reviews.agreement(id)).toMatchObject([
    {
      stage: 'abstract',
      reviewers: ['Ada', 'Robot'],
      agreement: {
        papers: 11,
        table: [
          [4, 0, 0],
          [1, 6, 0],
          [0, 0, 0],
        ],
        observed: 10 / 11,
      },
    },
  ]);
  // What is changed after both have decided is no longer blind.
  const before = await reviews.agreement(id);
  expect(before[0]!.agreement.kappa).toBeGreaterThan(0.5);
  await say(reviews, id, 'wasp-2', 'include');
  expect(await reviews.agreement(id)).toEqual(before);
  const { labels } = await reviews.paper(id, 'bee-0', ADA);
  expect(labels.map((label) => label.agent)).toEqual([false, true]);
});

test.each([
  ['Ben', BEN],
  ['Ada', ADA],
])(
  'agreement has what %s said before the other decision was shown, not what follows an undo',
  async (_, who) => {
    const { reviews, id } = await two();
    for (const paper of ['bee-0', 'wasp-1']) {
      await say(reviews, id, paper, paper === 'bee-0' ? 'include' : 'exclude');
      await say(reviews, id, paper, 'exclude', BEN);
    }
    const before = await reviews.agreement(id);
    expect(before[0]!.agreement).toMatchObject({ papers: 2, observed: 0.5 });
    // A peek: decide anything, read what the other said, take it back, and say the same.
    const { undone } = await reviews.undo(id, who, who === BEN ? 6 : 5);
    expect((await reviews.agreement(id))[0]!.agreement.papers).toBe(1);
    await say(reviews, id, undone.paper, undone.decision === 'include' ? 'exclude' : 'include', who);
    expect(await reviews.agreement(id)).toEqual(before);
  },
);

test('a label that was undone before the other decided is not what its reviewer said', async () => {
  const { reviews, id } = await two();
  await say(reviews, id, 'bee-0', 'exclude');
  await reviews.undo(id, ADA);
  await say(reviews, id, 'bee-0', 'include', BEN);
  await say(reviews, id, 'bee-0', 'include');
  expect((await reviews.agreement(id))[0]!.agreement).toMatchObject({ papers: 1, observed: 1 });
});

test('agreement does not have what a second reviewer said after a first one was shown to all', async () => {
  const { reviews, id } = await reviewed();
  await say(reviews, id, 'bee-0', 'include');
  await reviews.amend(id, { reviewersPerPaper: 2 }, ADA);
  await say(reviews, id, 'bee-0', 'include', BEN);
  expect(await reviews.agreement(id)).toEqual([]);
});

test('a review is not opened to all labels while one of two reviewers has decided a paper', async () => {
  const { reviews, id } = await two();
  await say(reviews, id, 'bee-0', 'include');
  await expect(reviews.amend(id, { reviewersPerPaper: 1 }, BEN)).rejects.toMatchObject({
    code: 'FORBIDDEN',
    message: expect.stringContaining('1 paper is decided by one of two reviewers'),
  });
  expect((await reviews.amend(id, { targetRecall: 0.9 }, BEN)).protocol.targetRecall).toBe(0.9);
  await say(reviews, id, 'bee-0', 'include', BEN);
  expect((await reviews.amend(id, { reviewersPerPaper: 1 }, BEN)).protocol.reviewersPerPaper).toBe(1);
});
