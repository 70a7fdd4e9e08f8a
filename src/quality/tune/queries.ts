import type { Paper } from '../../papers/paper.ts';
import { sentencesOf } from '../../text/sentences.ts';
import { shuffled } from '../../util/random.ts';
import { contentWords, informativeSentences } from '../evaluate/known-item.ts';

export const TUNING_KINDS = ['title', 'sentence', 'key-phrase'] as const;
/** Made from a title, from a sentence of an abstract, or from a keyword of several words. */
export type TuningKind = (typeof TUNING_KINDS)[number];

/** A query with one relevant paper: the paper from which the query's text was removed. */
export interface TuningQuery {
  readonly kind: TuningKind;
  readonly text: string;
  /** The paper as it is indexed, without the text of the query. */
  readonly heldOut: Paper;
}

/** A title or a keyword with fewer words describes too many papers. */
const MIN_WORDS = 2;
/**
 * Most words of a query that are taken from a longer text. People type few words, and so many words of a whole sentence
 * are no longer in the paper that keywords look useless (scripts/measurements/tune.md).
 */
const MAX_WORDS = 6;
/** A kind with fewer queries is too uncertain to count as much as the others. */
const MIN_OF_KIND = 20;

/**
 * Makes queries from papers, one from each, with numbers of each kind as equal as possible.
 * @param papers in a random order: the first suitable ones are used. @param count most queries.
 * @param random numbers from 0 (included) to 1.
 * @returns in the order of the papers; of each kind none, or 20 and more.
 */
export function tuningQueries(papers: readonly Paper[], count: number, random: () => number): TuningQuery[] {
  const queries: TuningQuery[] = [];
  const counts = new Map<TuningKind, number>(TUNING_KINDS.map((kind) => [kind, 0]));
  // Between kinds with equal numbers of queries, the one that fewer papers are suitable for comes first.
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

/** Most words of the queries that are made from one text for calibration: the weights that suit one length suit no other. */
const CALIBRATION_WORDS = [3, 6, 10, Number.POSITIVE_INFINITY];

/**
 * Makes queries to calibrate a model with, from titles and from the first sentences of abstracts: four of different
 * lengths from a text. Later sentences are about details, whose words are rare, so that they make keywords look too good
 * for a model that is good at questions (scripts/measurements/models.md).
 * @param papers in a random order: the first suitable ones are used. @param count most queries.
 * @param random numbers from 0 (included) to 1.
 * @returns in the order of the papers; of each kind none, or 80 and more.
 */
export function calibrationQueries(
  papers: readonly Paper[],
  count: number,
  random: () => number,
): TuningQuery[] {
  const made: { readonly kind: TuningKind; readonly text: string; readonly heldOut: Paper }[] = [];
  const counts = { title: 0, sentence: 0 };
  for (const paper of papers) {
    if ((made.length + 1) * CALIBRATION_WORDS.length > count) break;
    const titleFirst = counts.title <= counts.sentence;
    const taken = titleFirst
      ? (withoutTitle(paper) ?? withoutOpening(paper))
      : (withoutOpening(paper) ?? withoutTitle(paper));
    if (!taken) continue;
    made.push(taken);
    counts[taken.kind]++;
  }
  return made
    .filter(({ kind }) => counts[kind as 'title' | 'sentence'] >= MIN_OF_KIND)
    .flatMap((taken) =>
      CALIBRATION_WORDS.map((words) => ({ ...taken, text: fewWords(taken.text, random, words) })),
    );
}

/** A paper without its title, which is the text of the query. */
function withoutTitle(paper: Paper): (TuningQuery & { readonly kind: 'title' }) | undefined {
  const { title, abstract } = paper;
  if (abstract === '' || contentWords(title) < MIN_WORDS) return undefined;
  return { kind: 'title', text: title, heldOut: { ...paper, title: '' } };
}

/** A paper without the first sentence of its abstract that says something. */
function withoutOpening(paper: Paper): (TuningQuery & { readonly kind: 'sentence' }) | undefined {
  const [text, ...others] = informativeSentences(paper.abstract);
  if (text === undefined || others.length === 0) return undefined;
  return { kind: 'sentence', text, heldOut: { ...paper, abstract: withoutSentence(paper.abstract, text) } };
}

function withoutSentence(abstract: string, text: string): string {
  return sentencesOf(abstract)
    .filter((sentence) => sentence.trim() !== text)
    .join('')
    .trim();
}

/** Makes a query of each kind from a paper; undefined when the paper has no such text, or only that text. */
const MAKERS: Readonly<Record<TuningKind, (paper: Paper, random: () => number) => TuningQuery | undefined>> =
  {
    title: (paper, random) => {
      const taken = withoutTitle(paper);
      return taken && { ...taken, text: fewWords(taken.text, random) };
    },
    sentence: (paper, random) => {
      const { title, abstract } = paper;
      const text = drawn(informativeSentences(abstract), random);
      if (text === undefined) return undefined;
      const rest = withoutSentence(abstract, text);
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

/** Random words of a text that the analysis keeps, in the order of the text. */
function fewWords(text: string, random: () => number, most = MAX_WORDS): string {
  const words = text.split(/\s+/).filter((word) => contentWords(word) > 0);
  const kept = shuffled([...words.keys()], random).slice(0, most);
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
