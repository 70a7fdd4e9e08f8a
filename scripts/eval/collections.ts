import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { type JudgedQuery, readCollection } from '../../src/quality/evaluate/collection.ts';

/** Judgments that are not reported: those for tuning, and Cranfield's own, where 1 is best and -1 worst. */
const NOT_REPORTED = new Set(['train', 'dev', 'raw']);

/**
 * Queries that weights were tuned on (scripts/measurements/) are not reported: whether the query of a collection at a
 * position, from 0, is one of them.
 */
const TUNED_ON: Readonly<Record<string, (position: number) => boolean>> = {
  'conference-keywords': (position) => position % 2 === 0,
};

/** Collections without searches: a systematic review judges every paper of its own pool. */
const NOT_SEARCHES = new Set(['screening']);

/** A test collection on disk. */
export interface TestCollection {
  readonly name: string;
  /** Its papers. */
  readonly corpus: string;
  /** Queries by the name of their judgments; `test` first. */
  readonly judged: ReadonlyMap<string, readonly JudgedQuery[]>;
  /** Whether its queries are papers of the corpus. */
  readonly related: boolean;
}

/**
 * The folders that have papers, queries and judgments in the BEIR layout, by name.
 * @throws Error when there is no such folder.
 */
export function collectionNames(folder: string): string[] {
  if (!existsSync(folder))
    throw new Error(`There are no collections at ${folder}: set PAPER_SEARCH_COLLECTIONS.`);
  return readdirSync(folder)
    .filter(
      (name) =>
        !NOT_SEARCHES.has(name) && corpusOf(join(folder, name)) && existsSync(join(folder, name, 'qrels')),
    )
    .sort();
}

/** Reads one of them. @throws Error for an unknown name, PaperSearchError for another layout. */
export async function readTestCollection(folder: string, name: string): Promise<TestCollection> {
  if (!collectionNames(folder).includes(name))
    throw new Error(`There is no collection "${name}" at ${folder}.`);
  const own = join(folder, name);
  const names = readdirSync(join(own, 'qrels'))
    .flatMap((file) => (file.endsWith('.tsv') ? [file.slice(0, -'.tsv'.length)] : []))
    .filter((qrels) => !NOT_REPORTED.has(qrels))
    .sort((a, b) => Number(b === 'test') - Number(a === 'test') || (a < b ? -1 : 1));
  const judged = new Map<string, readonly JudgedQuery[]>();
  for (const qrels of names) {
    const queries = await readCollection(own, { qrels, related: false });
    judged.set(
      qrels,
      queries.filter((_, position) => !TUNED_ON[name]?.(position)),
    );
  }
  const related = [...judged.values()].every((queries) => queries.every(({ doc }) => doc !== undefined));
  return { name, corpus: corpusOf(own)!, judged, related };
}

function corpusOf(folder: string): string | undefined {
  return ['corpus.jsonl', 'corpus.jsonl.gz']
    .map((file) => join(folder, file))
    .find((file) => existsSync(file));
}
