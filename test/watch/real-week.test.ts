import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { joinPapers } from '../../src/ingest/decide.ts';
import { type IngestOptions, ingest } from '../../src/ingest/ingest.ts';
import { openIndex } from '../../src/search/open-index.ts';
import { DEFAULT_DEFINITION, type WatchDefinition } from '../../src/watch/definition.ts';
import type { WatchRun } from '../../src/watch/run.ts';
import { Watches } from '../../src/watch/watches.ts';
import { HashingEncoder } from '../support/hashing-encoder.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

type Given = { readonly id: string; readonly title: string } & Readonly<Record<string, unknown>>;

const bees = (id: string, more: object = {}): Given => ({
  id,
  title: `Study ${id} of honey bees`,
  abstract: `Honey bees of hive ${id} are studied, and what honey bees do in it.`,
  authors: ['Ann Lee'],
  ...more,
});
const wasps = (id: string, more: object = {}): Given => ({
  id,
  title: `Report ${id} on paper wasps`,
  abstract: `Paper wasps of nest ${id} are described, and their paper.`,
  authors: ['Bo Ek'],
  ...more,
});

/** A library whose folder of files changes, and its watches. */
async function library() {
  const folder = await temporaryFolder();
  const corpus = join(folder, 'corpus');
  const index = join(folder, 'index');
  await mkdir(corpus);
  const encoder = new HashingEncoder();
  const add = async (file: string, papers: readonly Given[], options: IngestOptions = {}) => {
    await writeFile(join(corpus, file), papers.map((paper) => `${JSON.stringify(paper)}\n`).join(''));
    await ingest([corpus], { index, encoder, replaceSource: true, ...options });
  };
  const watches = new Watches(index);
  const withEngine = async <T>(use: (engine: Awaited<ReturnType<typeof openIndex>>) => Promise<T>) => {
    const engine = await openIndex(index, { encoder: new HashingEncoder() });
    try {
      return await use(engine);
    } finally {
      await engine.close();
    }
  };
  const run = (name: string, answer?: (run: WatchRun) => Promise<void>) =>
    withEngine(async (engine) => {
      const titles: string[] = [];
      const keep = async ({ reports }: WatchRun) => {
        titles.push(...reports.flatMap(({ papers }) => papers.map(({ paper }) => paper.title)));
      };
      await watches.run(name, engine, { answer: answer ?? keep });
      return titles.sort();
    });
  return {
    corpus,
    options: { index, encoder },
    add,
    watches,
    run,
    watch: (name: string, definition: Partial<WatchDefinition>) =>
      withEngine((engine) =>
        watches.add(name, { ...DEFAULT_DEFINITION, mode: 'keyword', ...definition }, { engine }),
      ),
  };
}

test('a week of real ingests: several a day, duplicates, merges, removals and interruptions', async () => {
  const { corpus, options, add, watches, run, watch } = await library();
  await add('old.jsonl', [bees('old'), wasps('w0'), bees('seed'), wasps('other')]);
  await watch('words', { query: 'honey bees' });
  await watch('likes', { like: ['seed'], unlike: ['other'] });
  const both = async () => [await run('words'), await run('likes')];
  expect(await both()).toEqual([[], []]);

  // Monday: two ingests before one run, and one more with a record that is there already.
  await add('mon1.jsonl', [bees('m1'), wasps('m2')]);
  await add('mon2.jsonl', [bees('m3')]);
  await add('mon3.jsonl', [bees('m1'), bees('old')]);
  const monday = [bees('m1').title, bees('m3').title];
  expect(await both()).toEqual([monday, monday]);
  expect(await both()).toEqual([[], []]);

  // Tuesday: what was reported gets a DOI and so another id, and what was there as well.
  await add('tue1.jsonl', [bees('m1', { doi: '10.1000/m1' }), bees('old', { doi: '10.1000/old' })]);
  await add('mon1.jsonl', [wasps('m2')]);
  expect(await both()).toEqual([[], []]);

  // Wednesday: a paper that was not relevant gets an abstract; a run is interrupted before its answer, one after it.
  await add('wed1.jsonl', [{ id: 't1', title: 'Untitled notes', authors: ['Cy Ng'] }]);
  expect(await both()).toEqual([[], []]);
  await add('wed1.jsonl', [
    { id: 't1', title: 'Untitled notes', authors: ['Cy Ng'], abstract: bees('t1').abstract },
  ]);
  const crash = async () => {
    throw new Error('power cut');
  };
  await expect(run('words', crash)).rejects.toThrow('power cut');
  const deliveries: string[] = [];
  const crashAfter = async ({ reports }: WatchRun) => {
    deliveries.push(...reports.map(({ delivery }) => delivery));
    throw new Error('power cut');
  };
  await expect(run('words', crashAfter)).rejects.toThrow('power cut');
  await run('words', async ({ reports }) => {
    expect(reports.map(({ papers }) => papers.map(({ paper }) => paper.id))).toEqual([['t1']]);
    deliveries.push(...reports.map(({ delivery }) => delivery));
  });
  expect(new Set(deliveries).size).toBe(1);
  expect(await run('words')).toEqual([]);

  // Thursday: a reported paper is joined with one that is new, and one is removed and comes again.
  await add('thu1.jsonl', [bees('h1')]);
  await joinPapers('h1', 'm3', options);
  await rm(join(corpus, 'tue1.jsonl'));
  await add('mon3.jsonl', [bees('old')]);
  expect(await run('words')).toEqual([]);
  await add('mon3.jsonl', [bees('m1', { doi: '10.1000/m1' }), bees('old')]);
  expect(await run('words')).toEqual([]);

  // Friday: two runs at once.
  await add('fri1.jsonl', [bees('f1'), bees('f2'), wasps('f3')]);
  const runs = await Promise.all([run('words'), run('words')]);
  expect(runs.flat().sort()).toEqual([bees('f1').title, bees('f2').title]);

  // Saturday: the index is made again from its files.
  await add('sat1.jsonl', [bees('s1')], { rebuild: true });
  expect(await run('words')).toEqual([bees('s1').title]);

  // Sunday: nothing comes.
  await add('sun1.jsonl', [wasps('u1')]);
  expect(await run('words')).toEqual([]);
  const { deliveries: reports } = await watches.get('words');
  const ids = reports.flatMap(({ papers }) => papers.map(({ id }) => id));
  expect(ids).toEqual([...new Set(ids)]);
  for (const { delivered } of reports) expect([...delivered]).toEqual(['answer']);
}, 60_000);
