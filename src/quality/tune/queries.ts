import type { Paper } from '../../papers/paper.ts';
import { sentencesOf } from '../../text/sentences.ts';
import { shuffled } from '../../util/random.ts';
import { contentWords, tellingSentences } from '../evaluate/known-item.ts';

export const TUNING_KINDS = ['title', 'sentence', 'key-phrase'] as const;
/** Made of a title, of a sentence of an abstract, or of a keyword of several words that the authors gave. */
export type TuningKind = (typeof TUNING_KINDS)[number];

/** A query that one paper answers: the one that it was taken from, and out of. */
export interface TuningQuery {
  readonly kind: TuningKind;
  readonly text: string;
  /** The paper as it is indexed: without the text of the query. */
  readonly heldOut: Paper;
}

/** Fewer words than this name too many papers, in a title or a keyword. */
const MIN_WORDS = 2;
/**
 * Words of a longer text that make a query. People type few; whole sentences ask for so much that is no longer in the
 * paper that they make keywords look useless (scripts/measurements/tune.md).
 */
const MAX_WORDS = 6;
/** A kind with fewer queries says too little to count as much as the others. */
const MIN_OF_KIND = 20;

/**
 * Makes queries of papers, one of each, as many of each kind as can be.
 * @param papers in an order drawn by chance: the first that fit are taken. @param count most queries.
 * @param random numbers from 0 (included) to 1.
 * @returns in the order of the papers; no kind, or 20 and more of it.
 */
export function tuningQueries(papers: readonly Paper[], count: number, random: () => number): TuningQuery[] {
  const queries: TuningQuery[] = [];
  const counts = new Map<TuningKind, number>(TUNING_KINDS.map((kind) => [kind, 0]));
  // What fewer papers have comes first where two kinds have as many queries.
  const rarestFirst = [...TUNING_KINDS].reverse();
  for (const paper of papers) {
    if (queries.length === count) break;
    const kinds = rarestFirst.toSorted((a, b) => counts.get(a)! - counts.get(b)!);
    const query = firstOf(kinds, (kind) => MAKERS[kind](paper, random));
    if (!query) continue;
    queries.push(query);
    counts.set(query.kind, counts.get(query.kind)! + 1);
  }
  return queries.filter(({ kind }) => counts.get(kind)! >= MIN_OF_KIND);
}

/** How a query of each kind is made of a paper; undefined when it has no such text, or nothing beside it. */
const MAKERS: Readonly<Record<TuningKind, (paper: Paper, random: () => number) => TuningQuery | undefined>> =
  {
    title: (paper, random) => {
      const { title, abstract } = paper;
      if (abstract === '' || contentWords(title) < MIN_WORDS) return undefined;
      return { kind: 'title', text: fewWords(title, random), heldOut: { ...paper, title: '' } };
    },
    sentence: (paper, random) => {
      const { title, abstract } = paper;
      const text = drawn(tellingSentences(abstract), random);
      if (text === undefined) return undefined;
      const rest = sentencesOf(abstract)
        .filter((sentence) => sentence.trim() !== text)
        .join('')
        .trim();
      if (title === '' && rest === '') return undefined;
      return { kind: 'sentence', text: fewWords(text, random), heldOut: { ...paper, abstract: rest } };
    },
    'key-phrase': (paper, random) => {
      const phrases = paper.keywords.filter((keyword) => contentWords(keyword) >= MIN_WORDS);
      const text = drawn(phrases, random);
      if (text === undefined || (paper.title === '' && paper.abstract === '')) return undefined;
      const same = text.toLowerCase();
      const keywords = paper.keywords.filter((keyword) => keyword.toLowerCase() !== same);
      return { kind: 'key-phrase', text: fewWords(text, random), heldOut: { ...paper, keywords } };
    },
  };

/** Words of a text that the analysis keeps, drawn by chance, in the order of the text. */
function fewWords(text: string, random: () => number): string {
  const words = text.split(/\s+/).filter((word) => contentWords(word) > 0);
  const kept = shuffled([...words.keys()], random).slice(0, MAX_WORDS);
  return kept
    .sort((a, b) => a - b)
    .map((place) => words[place]!)
    .join(' ');
}

function drawn(texts: readonly string[], random: () => number): string | undefined {
  return texts[Math.floor(random() * texts.length)];
}

function firstOf<T, R>(items: readonly T[], make: (item: T) => R | undefined): R | undefined {
  for (const item of items) {
    const made = make(item);
    if (made !== undefined) return made;
  }
  return undefined;
}
