import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { groupRecords } from '../../src/ingest/identity/grouping.ts';
import { keysOf } from '../../src/ingest/identity/record-keys.ts';
import { normalizePaper } from '../../src/papers/read/normalize.ts';
import { DIFFERENT, type PairRecord, SAME } from './rules.ts';

/** A labelled pair: ids of records in the collections, and the rule that makes two records of them. */
export interface Pair {
  readonly label: 'same' | 'different';
  readonly rule: string;
  /** `collection/id`. */
  readonly a: string;
  readonly b: string;
}

/** Records of a collection by id. */
export type Collection = ReadonlyMap<string, PairRecord>;

/** The file of pairs. */
export const PAIRS = new URL('../measurements/merge-pairs.jsonl', import.meta.url);

/** The folder of the collections; undefined if it does not exist. */
export function collectionsFolder(): string | undefined {
  const folder =
    process.env.PAPER_SEARCH_COLLECTIONS ?? join(import.meta.dirname, '../../../shared/collections');
  return existsSync(folder) ? folder : undefined;
}

/** Reads a collection in BEIR layout, gzipped or plain. */
export function readCollection(folder: string, name: string): Collection {
  const records = new Map<string, PairRecord>();
  for (const file of ['corpus.jsonl', 'corpus.jsonl.gz', 'title-only.jsonl.gz']) {
    const path = join(folder, name, file);
    if (!existsSync(path)) continue;
    const bytes = readFileSync(path);
    for (const line of (file.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8').split('\n')) {
      if (line === '') continue;
      const { _id, title, text, metadata = {} } = JSON.parse(line);
      const { authors = [], venue, year } = metadata;
      // Two collections have their authors as one text.
      const list: string[] = Array.isArray(authors) ? authors : String(authors).split(/ and (?=\S)/);
      const raw: PairRecord = {
        title,
        abstract: text,
        authors: list.filter((author) => author.trim() !== ''),
        venue: Array.isArray(venue) ? venue.join(', ') : venue,
        year,
      };
      records.set(_id, raw);
    }
  }
  return records;
}

/** Whether the two records of a pair are merged. */
async function isMerged({ label, rule, a, b }: Pair, find: (key: string) => PairRecord): Promise<boolean> {
  const make = (label === 'same' ? SAME : DIFFERENT)[rule];
  if (!make) throw new Error(`There is no rule "${rule}" for pairs that are ${label}.`);
  const keys = make(find(a), find(b)).map((raw, at) =>
    keysOf(normalizePaper(raw, { file: `${at}.jsonl`, format: 'jsonl', record: 1 }, {})),
  );
  return (await groupRecords(keys)).length === 1;
}

/** The labelled pairs. */
export function readPairs(): Pair[] {
  const text = readFileSync(PAIRS, 'utf8').trim();
  return text.split('\n').map((line) => JSON.parse(line) as Pair);
}

/** Finds records by `collection/id`; collections are read at the first use. */
export function finder(folder: string): (key: string) => PairRecord {
  const collections = new Map<string, Collection>();
  return (key) => {
    const slash = key.indexOf('/');
    const name = key.slice(0, slash);
    if (!collections.has(name)) collections.set(name, readCollection(folder, name));
    const record = collections.get(name)!.get(key.slice(slash + 1));
    if (!record) throw new Error(`The collections have no record ${key}.`);
    return record;
  };
}

/** Counts of a run over the pairs, and the wrong pairs. */
export interface MergeFigures {
  readonly pairs: number;
  readonly precision: number;
  readonly recall: number;
  readonly wrong: readonly Pair[];
}

/** Precision and recall of merging over labelled pairs: of the merged pairs, and of those that should be merged. */
export async function measureMerging(
  pairs: readonly Pair[],
  find: (key: string) => PairRecord,
): Promise<MergeFigures> {
  let [merged, right, same] = [0, 0, 0];
  const wrong: Pair[] = [];
  for (const pair of pairs) {
    const isOne = await isMerged(pair, find);
    const isRight = isOne === (pair.label === 'same');
    if (pair.label === 'same') same++;
    if (isOne) merged++;
    if (isOne && isRight) right++;
    if (!isRight) wrong.push(pair);
  }
  return { pairs: pairs.length, precision: merged === 0 ? 1 : right / merged, recall: right / same, wrong };
}
