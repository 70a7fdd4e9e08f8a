import { PaperSearchError } from '../../errors.ts';
import type { Snapshot } from '../../search/engine.ts';
import type { FusionName } from '../../search/fuse/methods.ts';
import type { SearchMode } from '../../search/mode.ts';
import { analyze } from '../../text/analyzer.ts';
import { sentencesOf } from '../../text/sentences.ts';
import type { Progress } from '../../util/progress.ts';
import { mulberry32, shuffled } from '../../util/random.ts';
import { reciprocalRankAt } from './metrics/reciprocal-rank.ts';
import { successAt } from './metrics/success.ts';
import { type RetrieveOptions, retrieve } from './retrieve.ts';

const KNOWN_ITEM_KINDS = ['sentence', 'title'] as const;
/** A sentence of the abstract, or the title with words left out. */
type KnownItemKind = (typeof KNOWN_ITEM_KINDS)[number];

/** A query with one relevant paper: the paper from which the query was taken. */
export interface KnownItemQuery {
  readonly kind: KnownItemKind;
  readonly text: string;
  /** Id of the paper. */
  readonly paper: string;
}

export interface KnownItemOptions {
  readonly modes: readonly SearchMode[];
  /** How `hybrid` fuses. Default: as the engine does. */
  readonly fusion?: FusionName | undefined;
  /** See `SearchRequest`. */
  readonly rerank?: number | undefined;
  readonly rerankBy?: string | undefined;
  /** See `SearchRequest.fallback`. */
  readonly fallback?: boolean | undefined;
  /** Papers drawn for each kind; fewer if the index has fewer suitable ones. Default 200. */
  readonly queries?: number | undefined;
  /** The same seed gives the same queries of the same corpus. Default 1. */
  readonly seed?: number | undefined;
  /** Called after each query, with the number of queries of all modes and kinds. */
  readonly onProgress?: Progress | undefined;
}

/** How well one mode finds the papers of one kind of query. Means over the queries. */
export interface KnownItemEvaluation {
  readonly mode: SearchMode;
  readonly kind: KnownItemKind;
  readonly queries: number;
  readonly 'success@1': number;
  readonly 'mrr@10': number;
  /** With one relevant paper, this is also success@10. */
  readonly 'recall@10': number;
  /** `rank` is null when the paper is not among the first ten. */
  readonly perQuery: readonly {
    readonly paper: string;
    readonly text: string;
    readonly rank: number | null;
  }[];
}

const DEPTH = 10;
/** A sentence with fewer content words ("We show this.") could be from any paper. */
const MIN_SENTENCE_WORDS = 5;
/** A shortened title has at least this many content words; a title needs more to be used. */
const MIN_TITLE_WORDS = 2;
const DROP_CHANCE = 0.4;

/**
 * Measures a corpus without judgments, by known items: does a sentence of an abstract, or a title without some of its
 * words, find its paper? (Azzopardi, de Rijke, Balog, "Building simulated queries for known-item topics", SIGIR 2007;
 * they draw words, here the words are those of a sentence.) The query has the paper's own words, which favours keyword
 * search.
 * @returns one evaluation a mode and kind; none for a kind for which the index has no suitable paper.
 * @throws PaperSearchError BAD_INPUT when no paper is suitable for any kind.
 */
export async function evaluateKnownItems(
  snapshot: Snapshot,
  { modes, queries: count = 200, seed = 1, onProgress = () => {}, ...asked }: KnownItemOptions,
): Promise<KnownItemEvaluation[]> {
  const queries = await knownItemQueries(snapshot, count, seed);
  if (queries.length === 0) {
    throw new PaperSearchError(
      'BAD_INPUT',
      'No paper of the index can be used as a query: each needs a title of three words or an abstract with a whole sentence.',
    );
  }
  const evaluations: KnownItemEvaluation[] = [];
  let done = 0;
  const onQuery = () => onProgress(++done, modes.length * queries.length);
  for (const mode of modes) {
    for (const kind of KNOWN_ITEM_KINDS) {
      const own = queries.filter((query) => query.kind === kind);
      if (own.length > 0)
        evaluations.push(await evaluateKind(snapshot, own, { ...asked, mode, onProgress: onQuery }));
    }
  }
  return evaluations;
}

/**
 * Makes queries from papers, in a random order given by the seed, until there are enough.
 * @returns `count` sentences and `count` titles, or fewer if fewer papers are suitable.
 */
export async function knownItemQueries(
  snapshot: Pick<Snapshot, 'papers' | 'paper'>,
  count: number,
  seed: number,
): Promise<KnownItemQuery[]> {
  const random = mulberry32(seed);
  const ids: string[] = [];
  for await (const { id } of snapshot.papers()) ids.push(id);
  const sentences: KnownItemQuery[] = [];
  const titles: KnownItemQuery[] = [];
  for (const id of shuffled(ids, random)) {
    if (sentences.length >= count && titles.length >= count) break;
    const { title, abstract } = await snapshot.paper(id);
    const informative = informativeSentences(abstract);
    if (informative.length > 0 && sentences.length < count) {
      const text = informative[Math.floor(random() * informative.length)]!;
      sentences.push({ kind: 'sentence', text, paper: id });
    }
    if (contentWords(title) > MIN_TITLE_WORDS && titles.length < count) {
      titles.push({ kind: 'title', text: withoutSomeWords(title, random), paper: id });
    }
  }
  return [...sentences, ...titles];
}

/**
 * A title with each word dropped with a probability of 0.4. Content words are those that the analysis keeps; if fewer
 * than two would remain, the first dropped ones are restored.
 * @param title with at least two content words. @param random numbers from 0 (included) to 1.
 */
export function withoutSomeWords(title: string, random: () => number): string {
  const words = wordsOf(title).map((text) => ({
    text,
    isContent: isContent(text),
    kept: random() >= DROP_CHANCE,
  }));
  const content = words.filter((word) => word.isContent);
  const missing = MIN_TITLE_WORDS - content.filter((word) => word.kept).length;
  for (const word of content.filter(({ kept }) => !kept).slice(0, Math.max(0, missing))) word.kept = true;
  return words.flatMap(({ text, kept }) => (kept ? [text] : [])).join(' ');
}

async function evaluateKind(
  snapshot: Snapshot,
  queries: readonly KnownItemQuery[],
  options: Omit<RetrieveOptions, 'depth'> & { readonly mode: SearchMode },
): Promise<KnownItemEvaluation> {
  const asked = queries.map(({ text }, index) => ({ id: String(index), text, doc: undefined }));
  const run = await retrieve(snapshot, asked, { ...options, depth: DEPTH });
  const found = queries.map(({ paper, text }, index) => {
    const ranked = run.get(String(index))!.map(({ id }) => id);
    const rank = ranked.indexOf(paper) + 1 || null;
    return { paper, text, rank, ranked, gains: new Map([[paper, 1]]) };
  });
  const mean = (value: (query: (typeof found)[number]) => number) =>
    found.reduce((sum, query) => sum + value(query), 0) / found.length;
  return {
    mode: options.mode,
    kind: queries[0]!.kind,
    queries: queries.length,
    'success@1': mean(({ ranked, gains }) => successAt(1, ranked, gains)),
    'mrr@10': mean(({ ranked, gains }) => reciprocalRankAt(10, ranked, gains)),
    'recall@10': mean(({ ranked, gains }) => successAt(10, ranked, gains)),
    perQuery: found.map(({ paper, text, rank }) => ({ paper, text, rank })),
  };
}

/** The sentences of an abstract with enough content words to identify a paper, without the blanks around them. */
export function informativeSentences(abstract: string): string[] {
  return sentencesOf(abstract)
    .map((sentence) => sentence.trim())
    .filter((sentence) => contentWords(sentence) >= MIN_SENTENCE_WORDS);
}

/** How many words of a text the analysis keeps. */
export function contentWords(text: string): number {
  return wordsOf(text).filter(isContent).length;
}

function wordsOf(text: string): string[] {
  return text.split(/\s+/).filter((word) => word !== '');
}

function isContent(word: string): boolean {
  return analyze(word).length > 0;
}
