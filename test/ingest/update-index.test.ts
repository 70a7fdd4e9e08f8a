import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { joinPapers, splitPaper } from '../../src/ingest/decide.ts';
import { ingest } from '../../src/ingest/ingest.ts';
import { remove } from '../../src/ingest/remove.ts';
import type { UpdateOptions } from '../../src/ingest/update-options.ts';
import { HashingEncoder } from '../support/hashing-encoder.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const FILES = ['a.jsonl', 'b.jsonl', 'c.jsonl'] as const;
const DOIS = ['10.1000/1', '10.1000/2', '10.1000/3', '10.1000/4'];

const ID = fc.constantFrom('p1', 'p2', 'p3', 'q1', 'q2', 'z9', 'ä1');

/** Few values of everything, so that records are joined, split, spelled otherwise and sorted among each other. */
const RECORD = fc.record(
  {
    id: ID,
    title: fc.constantFrom(
      'On the growth of grass',
      'ON THE GROWTH OF GRASS',
      'Grass',
      'Preface',
      'Trees, seen',
      '',
    ),
    abstract: fc.constantFrom(
      '',
      'About grass and trees in the long years of the drought, twice measured by us all.',
      'Zebras.',
    ),
    authors: fc.subarray(['Ann Lee', 'ANN LEE', 'Bo Kim', 'Cy Ito']),
    keywords: fc.subarray(['Graph', 'graphs', 'GRAPH', 'tree']),
    categories: fc.subarray(['cs.LG', 'CS.lg']),
    venue: fc.constantFrom('ACL', 'acl', 'NeurIPS'),
    year: fc.integer({ min: 2019, max: 2022 }),
    doi: fc.constantFrom(...DOIS),
    references: fc.subarray([...DOIS, '10.1000/9']),
  },
  { requiredKeys: ['title', 'abstract'] },
);

type Change =
  | {
      readonly file: (typeof FILES)[number];
      readonly records: readonly object[];
      readonly replaceSource: boolean;
    }
  | { readonly removed: string }
  | { readonly joined: readonly [string, string] }
  | { readonly split: string }
  | { readonly source: (typeof FILES)[number] };

const CHANGE: fc.Arbitrary<Change> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      file: fc.constantFrom(...FILES),
      records: fc.array(RECORD, { minLength: 1, maxLength: 6 }),
      replaceSource: fc.boolean(),
    }),
  },
  { weight: 1, arbitrary: fc.record({ removed: ID }) },
  { weight: 1, arbitrary: fc.record({ joined: fc.tuple(ID, ID) }) },
  { weight: 1, arbitrary: fc.record({ split: ID }) },
  { weight: 1, arbitrary: fc.record({ source: fc.constantFrom(...FILES) }) },
);

const withoutIndex = ({ index: _, ...said }: { readonly index: string }) => said;

/** Changes an index. What cannot be changed (no such paper, nothing left) is not. @returns the outcome in words. */
async function apply(change: Change, folder: string, options: UpdateOptions & { readonly index: string }) {
  const paths = (file: string) => [join(folder, file)];
  try {
    if ('records' in change) {
      const { snapshot, ...report } = await ingest(paths(change.file), {
        ...options,
        replaceSource: change.replaceSource,
      });
      const { index: _, tookMs: __, links: ___, ...said } = report;
      return JSON.stringify([snapshot, said]);
    }
    if ('source' in change) return (await remove({ sources: paths(change.source) }, options)).snapshot;
    if ('joined' in change) return JSON.stringify(withoutIndex(await joinPapers(...change.joined, options)));
    if ('split' in change)
      return JSON.stringify(withoutIndex(await splitPaper(change.split, undefined, options)));
    return (await remove({ ids: [change.removed] }, options)).snapshot;
  } catch (error) {
    return (error as Error).message.replaceAll(options.index, 'index');
  }
}

describe('an update', () => {
  test('writes what writing everything again would', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(CHANGE, { minLength: 2, maxLength: 6 }), async (changes) => {
        const folder = await temporaryFolder();
        const [index, other] = [join(folder, 'index'), join(folder, 'other')];
        const shared = { encoder: new HashingEncoder(), corpusMap: false };
        for (const [n, change] of changes.entries()) {
          if ('records' in change) {
            const lines = change.records.map((record) => `${JSON.stringify(record)}\n`);
            await writeFile(join(folder, change.file), lines.join(''));
          } else if (n === 0) continue;
          const outcome = await apply(change, folder, { ...shared, index });
          expect(await apply(change, folder, { ...shared, index: other, rewrite: true })).toBe(outcome);
        }
      }),
      { numRuns: 25 },
    );
  }, 60_000);
});
