import type { Paper } from '../../papers/paper.ts';
import { pause } from '../../util/pause.ts';
import { identifiersOf, type KnownIdentifier } from './identifiers.ts';
import { SpellingCounts } from './spelling-counts.ts';
import { valueKey } from './values.ts';
import { keyOf, wordsOf } from './words.ts';

/** The input of suggestions. */
export type SuggestionSource = Pick<Paper, 'id' | 'title' | 'authors' | 'keywords'> &
  Partial<Pick<Paper, 'aliases' | 'externalIds'>>;

/** The values of a corpus, each with its papers and spellings. */
export interface CorpusCounts {
  /** Titles, authors and keywords, by `valueKey`. */
  readonly values: SpellingCounts;
  /** Their words, folded. */
  readonly words: SpellingCounts;
  /** In the order of the papers. */
  readonly identifiers: readonly KnownIdentifier[];
  /** How many papers were read. */
  readonly papers: number;
}

/** Papers between two pauses in which other work runs: one or two milliseconds. */
const YIELD_EVERY = 10;

/** Most papers that suggestions are built from: about 500 MB (scripts/measurements/suggest.md). */
const MAX_PAPERS = 100_000;

export interface CountOptions {
  /** Aborts the work. */
  readonly signal?: AbortSignal | undefined;
  /** How many papers are read; later ones are not suggested. Default 100,000, at 5 kB each. */
  readonly mostPapers?: number | undefined;
}

/** Counts titles, authors, keywords and their words. @throws the signal's reason when aborted. */
export async function countCorpus(
  papers: Iterable<SuggestionSource> | AsyncIterable<SuggestionSource>,
  { signal, mostPapers = MAX_PAPERS }: CountOptions = {},
): Promise<CorpusCounts> {
  const counts = { values: new SpellingCounts(), words: new SpellingCounts() };
  const identifiers: KnownIdentifier[] = [];
  let read = 0;
  signal?.throwIfAborted();
  for await (const paper of papers) {
    if (read === mostPapers) break;
    countPaper(counts, paper);
    identifiers.push(...identifiersOf(paper));
    read++;
    if (read % YIELD_EVERY > 0) continue;
    await pause(signal);
  }
  return { ...counts, identifiers, papers: read };
}

function countPaper({ values, words }: Pick<CorpusCounts, 'values' | 'words'>, paper: SuggestionSource) {
  const found = countedIn(paper);
  values.add(paper.id, found.values);
  words.add(paper.id, found.words);
}

/** What is counted of one paper: its values by `valueKey` and its folded words, each in its first spelling. */
export function countedIn({
  title,
  authors,
  keywords,
}: Pick<SuggestionSource, 'title' | 'authors' | 'keywords'>): {
  readonly values: ReadonlyMap<string, string>;
  readonly words: ReadonlyMap<string, string>;
} {
  const values = new Map<string, string>();
  const words = new Map<string, string>();
  const add = (text: string, kind: Parameters<typeof valueKey>[1]) => {
    const found = wordsOf(text);
    for (const word of found) if (!words.has(word.folded)) words.set(word.folded, word.text);
    const key = valueKey(keyOf(found), kind);
    // A value without words cannot be typed. A line break would end a key.
    if (found.length > 0 && !values.has(key)) values.set(key, text.replace(/\s+/g, ' ').trim());
  };
  add(title, 'title');
  for (const author of authors) add(author, 'author');
  for (const keyword of keywords) add(keyword, 'keyword');
  return { values, words };
}
