import { cp } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { Reviews } from '../../src/review/reviews.ts';
import { ReviewStore } from '../../src/review/store.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { ADA, BEN, beesAndWasps, reviewed } from './world.ts';

const decisionOf = (id: string) => (id.startsWith('bee') ? ('include' as const) : ('exclude' as const));

test('undo gives the state and the ranks of before', async () => {
  const { reviews, id } = await reviewed(beesAndWasps(15));
  await reviews.label(id, { paper: 'bee-0', decision: 'include' }, ADA);
  await reviews.label(id, { paper: 'wasp-1', decision: 'exclude' }, ADA);
  const shown = async () => ({
    next: await reviews.next(id, ADA, { count: 50 }),
    progress: await reviews.progress(id, ADA),
    papers: await reviews.papers(id, ADA, { limit: 50 }),
  });
  const before = await shown();
  const { label } = await reviews.label(id, { paper: 'wasp-2', decision: 'include' }, ADA);
  expect(await shown()).not.toEqual(before);
  const { undone, next } = await reviews.undo(id, ADA);
  expect(undone).toEqual(label);
  expect(next).toEqual(before.next[0]);
  expect(await shown()).toEqual(before);
  await expect(reviews.undo(id, ADA, label.number)).rejects.toMatchObject({ code: 'CONFLICT' });
});

test('undo is of the own last label, or of one by its number', async () => {
  const { reviews, id } = await reviewed();
  const { label: first } = await reviews.label(id, { paper: 'bee-0', decision: 'include' }, ADA);
  await reviews.label(id, { paper: 'wasp-1', decision: 'exclude' }, ADA);
  const { label: other } = await reviews.label(id, { paper: 'wasp-2', decision: 'exclude' }, BEN);
  await expect(reviews.undo(id, ADA, other.number)).rejects.toMatchObject({ code: 'FORBIDDEN' });
  await expect(reviews.undo(id, ADA, 99)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  expect((await reviews.undo(id, ADA, first.number)).undone.paper).toBe('bee-0');
  expect((await reviews.undo(id, ADA)).undone.paper).toBe('wasp-1');
  await expect(reviews.undo(id, ADA)).rejects.toMatchObject({
    code: 'CONFLICT',
    message: expect.stringContaining('Ada has no label'),
  });
});

test('undo of a label that replaced one brings the replaced one back', async () => {
  const { reviews, id } = await reviewed();
  await reviews.label(id, { paper: 'bee-0', decision: 'exclude' }, ADA);
  await reviews.label(id, { paper: 'bee-0', decision: 'include' }, ADA);
  await reviews.undo(id, ADA);
  expect(await reviews.paper(id, 'bee-0', ADA)).toMatchObject({ abstract: 'exclude' });
});

test('a label shows what it moved, most first, and shows it again later', async () => {
  const { reviews, id } = await reviewed(beesAndWasps(30), {
    question: 'What do paper wasps build?',
    include: [],
  });
  await reviews.label(id, { paper: 'wasp-1', decision: 'exclude' }, ADA);
  const { label, moved } = await reviews.label(id, { paper: 'bee-0', decision: 'include' }, ADA);
  const distances = moved.map(({ before, after }) => Math.abs(before - after));
  expect(distances.length).toBeGreaterThan(0);
  expect(distances).toEqual([...distances].sort((a, b) => b - a));
  const [most] = moved;
  expect(most!.id.startsWith('bee') ? most!.before > most!.after : most!.before < most!.after).toBe(true);
  await reviews.label(id, { paper: 'bee-3', decision: 'include' }, ADA);
  expect(await reviews.moved(id, label.number, ADA)).toEqual(moved);
  await expect(reviews.moved(id, 1, ADA)).rejects.toMatchObject({ code: 'NOT_FOUND' });
});

test('a label is of a paper by any of its identifiers', async () => {
  const { reviews, id } = await reviewed();
  for (const paper of ['https://doi.org/10.1000/0', 'doi:10.1000/0', 'bee-0']) {
    const { label } = await reviews.label(id, { paper, decision: 'include' }, ADA);
    expect(label.paper).toBe('bee-0');
  }
});

test('the reasons of a suggestion are words of its text and the nearest labelled papers', async () => {
  const { reviews, id } = await reviewed();
  await reviews.label(id, { paper: 'bee-0', decision: 'include' }, ADA);
  const { next } = await reviews.label(id, { paper: 'wasp-1', decision: 'exclude' }, ADA);
  const { paper, reasons } = next!;
  expect(paper.id.startsWith('bee')).toBe(true);
  const marked = reasons.spans
    .filter((span) => span.for)
    .map(({ field, start, end }) => paper[field].slice(start, end));
  expect(marked.join(' ').toLowerCase()).toContain('honey');
  expect(reasons.terms[0]!.weight).toBeGreaterThan(0);
  expect(reasons.nearest[0]).toMatchObject({ id: 'bee-0', included: true, title: 'Honey bees of hive 0' });
  for (const { similarity } of reasons.nearest) expect(similarity).toBeLessThanOrEqual(1);
});

test('one paper in three is drawn at random, the same on every machine, and recorded as such', async () => {
  const { reviews, id, other } = await reviewed(beesAndWasps(30), { randomEvery: 3 });
  const many = await reviews.next(id, ADA, { count: 9 });
  expect(many.map(({ chosenBy }) => chosenBy)).toEqual(Array(3).fill(['rank', 'rank', 'random']).flat());
  expect(await other().next(id, ADA, { count: 9 })).toEqual(many);
  let next = many[0];
  for (let i = 0; i < 9; i++) {
    const { paper, chosenBy, rank, model } = next!;
    const answer = await reviews.label(
      id,
      { paper: paper.id, decision: decisionOf(paper.id), chosenBy, rank, model },
      ADA,
    );
    expect(answer.label).toMatchObject({ chosenBy, rank, model });
    expect(chosenBy).toBe(i % 3 === 2 ? 'random' : 'rank');
    next = answer.next;
  }
  expect((await reviews.replay(id)).same).toBe(true);
});

test('a rank is the one of the ranking that was shown, also when others have labelled since', async () => {
  const { reviews, id } = await reviewed(beesAndWasps(30));
  await reviews.label(id, { paper: 'bee-0', decision: 'include' }, ADA);
  await reviews.label(id, { paper: 'wasp-1', decision: 'exclude' }, ADA);
  const shown = await reviews.next(id, ADA, { count: 5 });
  await reviews.label(id, { paper: 'bee-27', decision: 'exclude' }, BEN);
  const { paper, model, rank, chosenBy } = shown.find((each) => each.paper.id !== 'bee-27')!;
  const request = { paper: paper.id, decision: 'include' as const, chosenBy, model };
  const { label } = await reviews.label(id, { ...request, rank: 77 }, ADA);
  expect(label).toMatchObject({ rank, model });
  const replay = await reviews.replay(id);
  expect(replay.same).toBe(true);
  expect(replay.steps.at(-1)).toMatchObject({ paper: paper.id, recorded: rank, computed: rank });
});

test('papers from a file or known before have no rank, and teach the learner', async () => {
  const { reviews, id } = await reviewed();
  const { labels } = await reviews.labelAll(
    id,
    [
      { paper: 'bee-0', decision: 'include', chosenBy: 'prior' },
      { paper: '10.1000/1', decision: 'exclude', chosenBy: 'file', reasons: ['wrong animal'] },
      { paper: 'bee-0', decision: 'include', stage: 'full-text', chosenBy: 'file' },
    ],
    ADA,
  );
  expect(labels.map(({ rank }) => rank)).toEqual([undefined, undefined, undefined]);
  expect(await reviews.paper(id, 'bee-0', ADA)).toMatchObject({ abstract: 'include', fullText: 'include' });
  expect((await reviews.next(id, ADA))[0]!.paper.id).toMatch(/^bee/);
  expect((await reviews.replay(id)).same).toBe(true);
});

test('a copied folder replays to the same digest without an index, and a changed rank is found', async () => {
  const { reviews, id, folder } = await reviewed();
  for (let i = 0; i < 6; i++) {
    const { paper, model, rank, chosenBy } = (await reviews.next(id, ADA))[0]!;
    const label = { paper: paper.id, decision: decisionOf(paper.id), model, rank, chosenBy };
    await reviews.label(id, label, ADA);
  }
  await reviews.undo(id, ADA);
  await reviews.label(id, { paper: 'wasp-11', decision: 'maybe' }, BEN);
  const replay = await reviews.replay(id);
  expect(replay).toMatchObject({ same: true, digest: expect.stringMatching(/^[0-9a-f]{64}$/) });
  const elsewhere = await temporaryFolder();
  const place = join('kept', 'reviews', id);
  await cp(join(folder, place), join(elsewhere, place), { recursive: true });
  expect(await new Reviews(elsewhere).replay(id)).toEqual(replay);

  const wrong = { paper: 'bee-6', stage: 'abstract', decision: 'include', reasons: [], note: '' } as const;
  await new ReviewStore(elsewhere).change(id, ({ version }) => [
    { type: 'labelled', ...wrong, chosenBy: 'rank', rank: 7, model: 'none', basis: version, by: 'Ada' },
  ]);
  const found = await new Reviews(elsewhere).replay(id);
  expect(found.same).toBe(false);
  expect(found.digest).not.toBe(replay.digest);
});

test('the full-text stage has the included papers, by score, without those that could not be had', async () => {
  const { reviews, id } = await reviewed();
  for (const paper of ['bee-0', 'bee-3', 'bee-6']) {
    await reviews.label(id, { paper, decision: 'include' }, ADA);
  }
  await reviews.label(id, { paper: 'wasp-1', decision: 'exclude' }, ADA);
  const next = async () =>
    (await reviews.next(id, ADA, { stage: 'full-text', count: 9 })).map(({ paper }) => paper.id);
  expect((await next()).sort()).toEqual(['bee-0', 'bee-3', 'bee-6']);
  await reviews.retrieved(id, ['bee-3'], false, ADA);
  const [first] = await reviews.next(id, ADA, { stage: 'full-text' });
  const { label, next: second } = await reviews.label(
    id,
    {
      paper: first!.paper.id,
      stage: 'full-text',
      decision: 'exclude',
      reasons: ['no data'],
      chosenBy: 'rank',
    },
    ADA,
  );
  expect(label).toMatchObject({ rank: 1, stage: 'full-text' });
  expect(second).toMatchObject({ stage: 'full-text', rank: 1 });
  expect(await next()).toEqual([second!.paper.id]);
  expect(await reviews.progress(id, ADA)).toMatchObject({ fullText: { papers: 3, excluded: 1, unread: 2 } });
  expect(await reviews.paper(id, 'bee-3', ADA)).toMatchObject({ fullText: 'unread', retrieved: false });
  expect((await reviews.replay(id)).same).toBe(true);
});

test('papers are listed by stage, standing and words, a page at a time', async () => {
  const { reviews, id } = await reviewed();
  await reviews.label(id, { paper: 'wasp-1', decision: 'exclude' }, ADA);
  await reviews.label(id, { paper: 'bee-3', decision: 'include' }, ADA);
  const ids = async (query: object) =>
    (await reviews.papers(id, ADA, query)).papers.map(({ paper }) => paper.id);
  expect(await ids({ limit: 2 })).toEqual(['bee-3', 'wasp-1']);
  expect(await ids({ standing: 'exclude' })).toEqual(['wasp-1']);
  expect(await ids({ stage: 'full-text' })).toEqual(['bee-3']);
  expect(await ids({ text: 'HIVE 9' })).toEqual(['bee-9']);
  expect(await reviews.papers(id, ADA, { text: 'honey pollen', limit: 0 })).toEqual({ total: 4, papers: [] });
  const unread = (await reviews.next(id, ADA, { count: 50 })).map(({ paper }) => paper.id);
  expect(await ids({ standing: 'unread', limit: 100 })).toEqual(unread);
  await expect(reviews.papers(id, ADA, { limit: -1 })).rejects.toMatchObject({ code: 'BAD_REQUEST' });
});

test('the protocol changes, with the log of what it was', async () => {
  const { reviews, id } = await reviewed();
  await reviews.addSource(id, { name: 'PubMed', kind: 'database', date: '2026-11-30', records: 12 }, ADA);
  const review = await reviews.amend(
    id,
    { name: 'Bees and wasps', exclude: [{ name: 'too old', description: '' }], keywordOnly: true },
    BEN,
  );
  expect(review).toMatchObject({
    id: 'bees',
    name: 'Bees and wasps',
    protocol: {
      question: 'What do honey bees eat?',
      exclude: [{ name: 'too old' }],
      sources: [{ name: 'PubMed', records: 12 }],
      keywordOnly: true,
    },
  });
  const { log } = await reviews.whole(id);
  expect(log.map(({ type, by }) => [type, by])).toEqual([
    ['created', 'Ada'],
    ['pooled', 'Ada'],
    ['searched', 'Ada'],
    ['amended', 'Ben'],
  ]);
});

test('words alone are enough', async () => {
  const { reviews, id } = await reviewed(beesAndWasps(), { keywordOnly: true });
  expect(await reviews.read(id)).toMatchObject({ pool: [{ vectors: false }] });
  await reviews.label(id, { paper: 'bee-0', decision: 'include' }, ADA);
  const { next } = await reviews.label(id, { paper: 'wasp-1', decision: 'exclude' }, ADA);
  expect(next!.paper.id).toMatch(/^bee/);
});

test('a label with the model of a suggestion is by rank, and one without was looked for, if it does not say it', async () => {
  const { reviews, id } = await reviewed();
  const [next] = await reviews.next(id, ADA);
  const { paper, model } = next!;
  const { label } = await reviews.label(id, { paper: paper.id, decision: 'include', model }, ADA);
  expect(label).toMatchObject({ chosenBy: 'rank', rank: 1, model });
  const other = paper.id === 'bee-9' ? 'bee-6' : 'bee-9';
  expect((await reviews.label(id, { paper: other, decision: 'include' }, ADA)).label.chosenBy).toBe('search');
});
