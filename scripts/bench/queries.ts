import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Paper } from '../../src/papers/paper.ts';
import { mulberry32 } from '../../src/util/random.ts';
import { COLLECTIONS } from './corpora.ts';

/** Queries by the name of the set. */
export type QuerySets = Readonly<Record<string, readonly string[]>>;

const SEED = 20261122;
/** One whole abstract as a query per this many short queries. */
const SHORT_PER_ABSTRACT = 4;

/**
 * `short`: typical queries, keywords of conferences and words from titles; or the queries of a file.
 * `abstract`: whole abstracts, as when looking for similar papers.
 * @param sample papers of the corpus. @param count queries in `short`; a quarter as many in `abstract`.
 */
export function querySets(sample: readonly Paper[], count: number, queriesFile?: string): QuerySets {
  const random = mulberry32(SEED);
  const keywords = join(COLLECTIONS, 'conference-keywords', 'queries.jsonl');
  const asked = queriesFile ? queriesIn(queriesFile) : existsSync(keywords) ? queriesIn(keywords) : [];
  const fragments = queriesFile ? [] : shuffled(sample, random).map(({ title }) => fragment(title, random));
  const half = Math.max(count - asked.length, Math.ceil(count / 2));
  const short = [...shuffled(asked, random), ...fragments.filter(Boolean).slice(0, half)];
  const abstracts = shuffled(sample, random).map(({ abstract }) => abstract);
  return {
    short: shuffled(short, random).slice(0, count),
    abstract: abstracts.filter(Boolean).slice(0, Math.max(1, Math.floor(count / SHORT_PER_ABSTRACT))),
  };
}

/** Queries of a file: JSON Lines with `text` or `query` (as in BEIR), or plain lines. */
export function queriesIn(file: string): string[] {
  const lines = readFileSync(file, 'utf8').split('\n').filter(Boolean);
  return lines.map((line) => {
    if (!line.startsWith('{')) return line;
    const { text, query } = JSON.parse(line);
    return text ?? query;
  });
}

/** Two or three neighbouring words of a title. */
function fragment(title: string, random: () => number): string {
  const words = title.split(/\s+/).filter((word) => /^\p{L}[\p{L}-]{2,}[:,]?$/u.test(word));
  const length = 2 + Math.floor(random() * 2);
  const start = Math.floor(random() * Math.max(1, words.length - length + 1));
  return words.length < 2
    ? ''
    : words
        .slice(start, start + length)
        .join(' ')
        .replace(/[:,]/g, '');
}

/** A random order (Fisher and Yates). */
export function shuffled<T>(list: readonly T[], random: () => number): T[] {
  const order = Array.from(list);
  for (let i = order.length - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1));
    [order[i], order[j]] = [order[j]!, order[i]!];
  }
  return order;
}
