import { appendFile, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { checkedChange } from '../../src/review/protocol.ts';
import { Reviews } from '../../src/review/reviews.ts';
import { paperOf } from '../support/papers.ts';
import { ADA, BEN, beesAndWasps, PROTOCOL, reviewed } from './world.ts';

const EVE = { name: 'Eve' };

describe('a label of an unknown paper', () => {
  test('proposes the nearest ids', async () => {
    const { reviews, id } = await reviewed();
    await expect(reviews.label(id, { paper: 'bee-00', decision: 'include' }, ADA)).rejects.toMatchObject({
      code: 'NOT_FOUND',
      message: expect.stringMatching(/has no paper "bee-00"\. Did you mean "bee-0"/),
      details: { papers: ['bee-00'] },
    });
  });

  test('says to update the pool where the index has the paper', async () => {
    const { reviews, id, ingest } = await reviewed();
    await ingest([...beesAndWasps(), paperOf({ id: 'late', title: 'Late news of honey bees' })]);
    await expect(reviews.label(id, { paper: 'late', decision: 'include' }, ADA)).rejects.toMatchObject({
      code: 'NOT_FOUND',
      message: expect.stringMatching(
        /The index has "late" now; the pool was taken on \d{4}-\d\d-\d\d\. Update the pool/,
      ),
    });
  });

  test('is about all unknown papers of a request, of which nothing is written', async () => {
    const { reviews, id } = await reviewed();
    const labels = ['x', 'bee-0', 'y'].map((paper) => ({ paper, decision: 'include' as const }));
    await expect(reviews.labelAll(id, labels, ADA)).rejects.toMatchObject({
      code: 'NOT_FOUND',
      details: { papers: ['x', 'y'] },
    });
    expect((await reviews.read(id)).version).toBe(2);
  });
});

test.each(['../bees', 'Bees', '', 'nothing', 'x'.repeat(100)])('"%s" is not a review', async (id) => {
  const { reviews } = await reviewed();
  await expect(reviews.read(id)).rejects.toMatchObject({ code: 'NOT_FOUND' });
});

test('a review that was removed says so, and is not listed', async () => {
  const { reviews, id, folder } = await reviewed();
  await reviews.remove(id, BEN);
  await expect(reviews.next(id, ADA)).rejects.toMatchObject({
    code: 'NOT_FOUND',
    message: expect.stringContaining('was removed on'),
  });
  expect(await reviews.list()).toEqual([]);
  expect(await readdir(join(folder, 'kept', 'reviews', id))).toContain('log');
  expect((await reviews.create({ name: 'Bees', protocol: PROTOCOL }, ADA)).id).toBe('bees-2');
});

test.each(['ada lovelace', 'ADA LOVELACE', ' Ada  Lovelace', 'Ada\u00a0Lovelace'])(
  'a second spelling "%s" of a reviewer is refused, and the known one is named',
  async (name) => {
    const { reviews, id } = await reviewed(beesAndWasps(), { reviewersPerPaper: 2 });
    const known = { name: 'Ada Lovelace' };
    const { label } = await reviews.label(id, { paper: 'bee-0', decision: 'include' }, known);
    const refused = {
      code: 'BAD_REQUEST',
      message: expect.stringContaining('Use the name "Ada Lovelace"'),
      details: { known: 'Ada Lovelace' },
    };
    const labels = [{ paper: 'bee-0', decision: 'include' as const }];
    await expect(reviews.label(id, labels[0]!, { name })).rejects.toMatchObject(refused);
    await expect(reviews.labelAll(id, labels, { name })).rejects.toMatchObject(refused);
    expect((await reviews.read(id)).version).toBe(label.number);
    // Other names, and the known one with space around it, are fine.
    await reviews.label(id, labels[0]!, { name: 'Ada' });
    await reviews.label(id, labels[0]!, { name: ' Ada Lovelace ' });
    expect((await reviews.read(id)).reviewers).toEqual(['Ada Lovelace', 'Ada']);
  },
);

test('a second review of the same name is a conflict', async () => {
  const { reviews } = await reviewed();
  await expect(reviews.create({ name: ' bees ', protocol: PROTOCOL }, ADA)).rejects.toMatchObject({
    code: 'CONFLICT',
    details: { review: 'bees' },
  });
});

test.each([
  [{ question: ' ' }, 'question'],
  [{ targetRecall: 0 }, 'targetRecall'],
  [{ randomEvery: -1 }, 'randomEvery'],
  [{ randomEvery: 5000 }, 'randomEvery'],
  [{ reviewersPerPaper: 3 as 2 }, 'reviewersPerPaper'],
  [
    {
      exclude: [
        { name: 'a', description: '' },
        { name: 'A ', description: '' },
      ],
    },
    'exclude.1.name',
  ],
  [{ include: [{ name: ' ', description: '' }] }, 'include.0.name'],
  [{ highlights: [{ text: 'bee', for: true, color: 'yellow' }] }, 'highlights.0.color'],
  [{ sources: [{ name: 'PubMed', kind: 'database' as const, date: 'May' }] }, 'source.date'],
  [{ unknown: 1 } as object, ''],
])('the protocol %j is refused', async (change, parameter) => {
  const refused = { code: 'BAD_REQUEST', details: { parameter } };
  await expect(async () => checkedChange(change)).rejects.toMatchObject(refused);
});

describe('a label', () => {
  test('has only reasons of the protocol, in its spelling', async () => {
    const { reviews, id } = await reviewed();
    const label = { paper: 'wasp-1', decision: 'exclude' as const };
    const { label: written } = await reviews.label(id, { ...label, reasons: [' Wrong ANIMAL'] }, ADA);
    expect(written.reasons).toEqual(['wrong animal']);
    await expect(reviews.label(id, { ...label, reasons: ['too old'] }, ADA)).rejects.toMatchObject({
      code: 'BAD_REQUEST',
      message:
        'reasons: "too old" is not a criterion to exclude. Known are: "wrong animal", "no data". Add it to the protocol first.',
    });
  });

  test('that excludes at full text has a reason', async () => {
    const { reviews, id } = await reviewed();
    await reviews.label(id, { paper: 'bee-0', decision: 'include' }, ADA);
    const label = { paper: 'bee-0', stage: 'full-text' as const, decision: 'exclude' as const };
    await expect(reviews.label(id, label, ADA)).rejects.toMatchObject({
      code: 'BAD_REQUEST',
      message: expect.stringContaining('Give one of these: "wrong animal", "no data".'),
    });
    const { standing } = await reviews.label(id, { ...label, reasons: ['no data'] }, ADA);
    expect(standing).toBe('exclude');
  });

  test('at full text is of a paper that the abstract stage has included', async () => {
    const { reviews, id } = await reviewed();
    await expect(
      reviews.label(id, { paper: 'bee-0', stage: 'full-text', decision: 'include' }, ADA),
    ).rejects.toMatchObject({ code: 'CONFLICT' });
    await expect(reviews.retrieved(id, ['bee-0'], false, ADA)).rejects.toMatchObject({ code: 'CONFLICT' });
  });

  test('is not of a third reviewer, where two decide a paper', async () => {
    const { reviews, id } = await reviewed(beesAndWasps(), { reviewersPerPaper: 2 });
    for (const by of [ADA, BEN]) await reviews.label(id, { paper: 'bee-0', decision: 'include' }, by);
    await expect(reviews.label(id, { paper: 'bee-0', decision: 'exclude' }, EVE)).rejects.toMatchObject({
      code: 'CONFLICT',
      message:
        'The paper "bee-0" has been decided by Ada and Ben, and 2 reviewers decide each paper of this review. Nothing was written.',
    });
    // Another paper may be decided by others.
    await reviews.label(id, { paper: 'bee-3', decision: 'include' }, EVE);
  });

  test('of a paper that is named twice at once is refused', async () => {
    const { reviews, id } = await reviewed();
    const labels = ['bee-0', '10.1000/0'].map((paper) => ({ paper, decision: 'include' as const }));
    await expect(reviews.labelAll(id, labels, ADA)).rejects.toMatchObject({
      code: 'BAD_REQUEST',
      message: expect.stringContaining('"10.1000/0" is labelled twice'),
    });
  });

  test('has a reviewer with a name', async () => {
    const { reviews, id } = await reviewed();
    await expect(
      reviews.label(id, { paper: 'bee-0', decision: 'include' }, { name: ' ' }),
    ).rejects.toMatchObject({ code: 'BAD_REQUEST', details: { parameter: 'by' } });
  });
});

describe('two sessions that write at once', () => {
  test('both keep their labels of different papers', async () => {
    const { reviews, id, other } = await reviewed();
    const second = other();
    await Promise.all([
      reviews.label(id, { paper: 'bee-0', decision: 'include' }, ADA),
      second.label(id, { paper: 'wasp-1', decision: 'exclude' }, BEN),
      reviews.label(id, { paper: 'wasp-2', decision: 'exclude' }, ADA),
      second.label(id, { paper: 'bee-3', decision: 'include' }, BEN),
    ]);
    for (const each of [reviews, second, other()]) {
      expect(await each.read(id)).toMatchObject({ decided: 4, included: 2, version: 6 });
      expect(await each.replay(id)).toMatchObject({ same: true });
    }
  });

  test('have a conflict about a first label of one reviewer, where both say that there is none', async () => {
    const { reviews, id, other } = await reviewed();
    const first = { paper: 'bee-0', replaces: 0 };
    await other().label(id, { ...first, decision: 'exclude' }, ADA);
    await expect(reviews.label(id, { ...first, decision: 'include' }, ADA)).rejects.toMatchObject({
      code: 'CONFLICT',
      message: expect.stringMatching(/^You have decided .* Your label is now "exclude"/),
      details: { replaces: 0, label: { decision: 'exclude' } },
    });
    await reviews.undo(id, ADA);
    expect((await reviews.label(id, { ...first, decision: 'include' }, ADA)).standing).toBe('include');
  });

  test('have a conflict about a label of one reviewer that both replace', async () => {
    const { reviews, id, other } = await reviewed();
    const { label } = await reviews.label(id, { paper: 'bee-0', decision: 'maybe' }, ADA);
    const change = { paper: 'bee-0', replaces: label.number };
    await other().label(id, { ...change, decision: 'exclude' }, ADA);
    await expect(reviews.label(id, { ...change, decision: 'include' }, ADA)).rejects.toMatchObject({
      code: 'CONFLICT',
      message: expect.stringContaining('Your label is now "exclude"'),
      details: { replaces: label.number, label: { decision: 'exclude' } },
    });
  });

  test('have a conflict about a paper that one reviewer decides', async () => {
    const { reviews, id, other } = await reviewed();
    await other().label(id, { paper: 'bee-0', decision: 'exclude' }, BEN);
    await expect(reviews.label(id, { paper: 'bee-0', decision: 'include' }, ADA)).rejects.toMatchObject({
      code: 'CONFLICT',
      details: { reviewers: ['Ben'] },
    });
  });

  test('have a conflict about a pool that both update', async () => {
    const { reviews, id, other } = await reviewed();
    const updates = await Promise.allSettled([reviews.updatePool(id, ADA), other().updatePool(id, BEN)]);
    expect(updates.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect((await reviews.read(id)).pool).toHaveLength(2);
    await reviews.label(id, { paper: 'bee-0', decision: 'include' }, ADA);
  });
});

describe('damage', () => {
  test('at the end of the log is moved aside, with a notice, and nothing else is lost', async () => {
    const { reviews, id, folder, engine } = await reviewed();
    await reviews.label(id, { paper: 'bee-0', decision: 'include' }, ADA);
    const place = join(folder, 'kept', 'reviews', id);
    await appendFile(join(place, 'log'), 'deadbeef {"number":4,"at":"2026');
    const notices: string[] = [];
    const after = new Reviews(folder, engine, { onNotice: (text) => notices.push(text) });
    expect(await after.read(id)).toMatchObject({ decided: 1, version: 3 });
    await after.label(id, { paper: 'wasp-1', decision: 'exclude' }, ADA);
    expect(notices).toEqual([expect.stringContaining('was not written whole')]);
    expect((await readdir(place)).some((name) => name.startsWith('log.interrupted-'))).toBe(true);
    expect(await new Reviews(folder).read(id)).toMatchObject({ decided: 2, version: 4 });
  });

  test.each([
    ['changed', (bytes: Buffer) => Buffer.concat([bytes.subarray(0, -1), Buffer.from('?')])],
    ['cut', (bytes: Buffer) => bytes.subarray(0, 40)],
    ['missing', undefined],
  ])('of a pool that is %s names the file', async (_how, change) => {
    const { id, folder, engine } = await reviewed();
    for (const name of ['pool-1.jsonl.gz', 'pool-1.vectors']) {
      const file = join(folder, 'kept', 'reviews', id, name);
      const bytes = await readFile(file);
      if (change) await writeFile(file, change(bytes));
      else await rm(file);
      const reviews = new Reviews(folder, engine);
      await expect(reviews.next(id, ADA)).rejects.toMatchObject({
        code: 'INDEX_CORRUPT',
        message: expect.stringContaining(file),
        details: { file },
      });
      await writeFile(file, bytes);
      expect(await reviews.next(id, ADA)).toHaveLength(1);
    }
  });

  test('by a kill after the files of a pool and before its event loses nothing', async () => {
    const { reviews, id, folder, ingest } = await reviewed();
    const place = join(folder, 'kept', 'reviews', id);
    await writeFile(join(place, 'pool-2.jsonl.gz'), 'left behind');
    await writeFile(join(place, 'pool-2.vectors'), 'left behind');
    expect(await reviews.next(id, ADA)).toHaveLength(1);
    await ingest([...beesAndWasps(), paperOf({ id: 'late', title: 'Late news of honey bees' })]);
    expect(await reviews.updatePool(id, ADA)).toMatchObject({ papers: 13 });
    expect(await new Reviews(folder).next(id, ADA)).toHaveLength(1);
  });

  test('by a kill before the first event of a review leaves its name free', async () => {
    const { reviews, folder } = await reviewed();
    const unfinished = join(folder, 'kept', 'reviews', 'wasps');
    await reviews.create({ name: 'Other', protocol: PROTOCOL }, ADA);
    await mkdir(unfinished);
    await writeFile(join(unfinished, 'pool-1.jsonl.gz'), 'left behind');
    expect((await reviews.list()).map(({ id }) => id)).toEqual(['bees', 'other']);
    expect((await reviews.create({ name: 'Wasps', protocol: PROTOCOL }, ADA)).id).toBe('wasps');
  });
});

test('a pool without papers, or of a query that is wrong, is refused', async () => {
  const { reviews } = await reviewed();
  const create = (pool: object) => reviews.create({ name: 'New', protocol: PROTOCOL, pool }, ADA);
  await expect(create({ filters: { year: '1900' } })).rejects.toMatchObject({
    code: 'BAD_REQUEST',
    message: expect.stringContaining('No paper of the index is in this pool.'),
  });
  await expect(create({ query: 'bees', filters: { nothing: ['x'] } })).rejects.toMatchObject({
    code: 'BAD_REQUEST',
  });
  await expect(create({ filters: { nothing: ['x'] } })).rejects.toMatchObject({ code: 'BAD_REQUEST' });
  expect(await reviews.list()).toHaveLength(1);
});

test('without an index, a review is read and labelled, and its pool not updated', async () => {
  const { id, folder } = await reviewed();
  const reviews = new Reviews(folder);
  await reviews.label(id, { paper: 'bee-0', decision: 'include' }, ADA);
  expect(await reviews.read(id)).toMatchObject({ decided: 1, poolOutdated: false });
  await expect(reviews.updatePool(id, ADA)).rejects.toMatchObject({ code: 'INDEX_MISSING' });
});

test.each(['', '  ', 'x'.repeat(201), 'Ada\nBen', 'Ada\u001b[31m', 'Ada\u202e'])(
  '"%s" is not the name of a reviewer',
  async (name) => {
    const { reviews, id } = await reviewed();
    await expect(reviews.label(id, { paper: 'bee-0', decision: 'include' }, { name })).rejects.toMatchObject({
      code: 'BAD_REQUEST',
      details: { parameter: 'by' },
    });
    expect((await reviews.read(id)).version).toBe(2);
  },
);
