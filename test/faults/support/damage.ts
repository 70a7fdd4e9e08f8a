import { join } from 'node:path';
import { messageOf, PaperSearchError } from '../../../src/errors.ts';
import { verifyIndex } from '../../../src/indexes/store/verify.ts';
import { ingest } from '../../../src/ingest/ingest.ts';
import { openIndex } from '../../../src/search/open-index.ts';
import { HashingEncoder } from '../../support/hashing-encoder.ts';
import { realFs } from './real-fs.ts';

/** Papers that the queries below find. */
const RECORDS = [
  { id: 'a', title: 'Crash safety of search indexes', abstract: 'Nothing is lost.', arxiv: '2101.00001' },
  { id: 'b', title: 'Journals and snapshots', abstract: 'Old or new, whole.', year: 2024 },
  { id: 'c', title: 'A fault at every step', abstract: 'And the next.', keywords: ['faults'] },
];

/** A second source of the first paper, so that there are source records. */
const MORE = [{ id: 'x', title: 'Crash safety of search indexes', venue: 'ICLR', arxiv: '2101.00001' }];

/** Ingests three papers. @param folder empty. @returns the index in it. */
export async function writeTinyIndex(folder: string): Promise<string> {
  const index = join(folder, 'index');
  const files = [RECORDS, MORE].map((records, n) => {
    const file = join(folder, `${n}.jsonl`);
    realFs.writeFileSync(file, records.map((record) => `${JSON.stringify(record)}\n`).join(''));
    return file;
  });
  const names: string[] = [];
  // One after the other, so that there are times of arrival; then as if the snapshot before had been removed.
  for (const file of files)
    names.push((await ingest([file], { index, encoder: new HashingEncoder() })).snapshot);
  realFs.rmSync(join(index, names[0]!), { recursive: true });
  return index;
}

/** Codes for an index that cannot be used; any other code is unexpected. */
const CODES = ['INDEX_CORRUPT', 'INDEX_INCOMPATIBLE', 'INDEX_MISSING', 'INDEX_UNREADABLE'];

/** The answers of an index to all kinds of reads. */
export async function readEverything(index: string): Promise<string> {
  const engine = await openIndex(index, { encoder: new HashingEncoder() });
  const snapshot = await engine.acquire();
  try {
    const said: unknown[] = [];
    for (const query of ['crash safety', 'journals "and snapshots"', 'fault step']) {
      const { hits } = await snapshot.search({ query, limit: 10 });
      said.push(hits.map(({ paper, score }) => [paper, score.toFixed(9)]));
    }
    for await (const paper of snapshot.papers()) said.push(paper);
    return JSON.stringify(said);
  } finally {
    await engine.close();
  }
}

/**
 * Objections to how a damaged index is handled: normally none.
 * @param file the damaged file, relative to the index; errors have to name it. @param sound the answers of the index
 *   without damage.
 */
export async function objectionsTo(index: string, file: string, sound: string): Promise<string[]> {
  const objections: string[] = [];
  const check = (way: string, error: unknown) => {
    const isOurs = error instanceof PaperSearchError && CODES.includes(error.code);
    if (!isOurs) objections.push(`${way} throws ${messageOf(error)}`);
    else if (!/ingest|verify|Run /.test(error.message))
      objections.push(`${way} does not say what to do: ${error.message}`);
    else if (!error.message.includes(file)) objections.push(`${way} does not name ${file}: ${error.message}`);
  };
  try {
    const { damages } = await verifyIndex(index);
    if (damages.length === 0) objections.push('verify finds no damage');
    else if (!damages.some((damage) => damage.file.endsWith(file))) {
      objections.push(`verify names ${damages.map((damage) => damage.file)}`);
    }
  } catch (error) {
    check('verify', error);
  }
  try {
    // Data that is not read may be damaged; answers have to be right.
    if ((await readEverything(index)) !== sound) objections.push('opening gives wrong answers');
  } catch (error) {
    check('opening', error);
  }
  return objections;
}

/** The files of the current snapshot, relative to the index. */
export function filesOfIndex(index: string): string[] {
  const name = realFs.readFileSync(join(index, 'CURRENT'), 'utf8').trim();
  return ['CURRENT', ...realFs.readdirSync(join(index, name)).map((file) => join(name, file))];
}

/**
 * Flips bits of files and checks how each is handled.
 * @param step 1 for every byte. @param bitOf which bit of the byte at a position.
 * @returns the number of flips, and objections with their file, bit and byte.
 */
export async function flipBits(
  index: string,
  step: number,
  bitOf: (position: number) => number,
): Promise<{ flips: number; objections: string[] }> {
  const sound = await readEverything(index);
  const objections: string[] = [];
  let flips = 0;
  for (const file of filesOfIndex(index)) {
    const path = join(index, file);
    const bytes = realFs.readFileSync(path);
    for (let at = 0; at < bytes.length; at += step) {
      realFs.writeFileSync(path, bytes.with(at, bytes[at]! ^ (1 << bitOf(at))));
      for (const objection of await objectionsTo(index, file, sound)) {
        objections.push(`${file}, bit ${bitOf(at)} of byte ${at}: ${objection}`);
      }
      flips++;
    }
    realFs.writeFileSync(path, bytes);
  }
  return { flips, objections };
}
