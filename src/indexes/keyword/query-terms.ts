import type { AnalyzedToken } from '../../text/analyzer.ts';
import { greekSpellings } from '../../text/greek.ts';
import { stem } from '../../text/stemmer.ts';
import type { QueryTerm, Vocabulary } from './keyword-index.ts';
import { inEveryLanguage, queryTokens } from './query-words.ts';

/** Shortest part that an unknown word is split into. */
const MIN_PART_LENGTH = 3;
/** Longest word that is split: no two words make a longer one. */
const MAX_SOLID_WORD_LENGTH = 40;

/**
 * How much the parts of a hyphenated word count beside the whole, which says more: "shot" and "few" say little
 * of few-shot learning. scripts/measurements/compounds.md has the figures.
 */
const PART_WEIGHT = 0.5;

/**
 * Saturation of a word's count in the query: k3 of BM25 (Robertson and Zaragoza, Foundations and Trends in IR, 2009,
 * section 3.4.4). scripts/measurements/bm25.md has the figures for this and the next.
 */
const K3 = 8;
/**
 * Words from which on repetition counts fully, and in proportion below: a long text repeats its subject, a sentence its
 * common words.
 */
const MIN_LONG_WORDS = 20;

/**
 * Weight of a bigram, beside 1 for each of its words (the sequential dependence model of
 * Metzler and Croft, SIGIR 2005, with BM25 in place of a language model). The index multiplies it by what the bigram adds
 * to its words. scripts/measurements/pairs.md has the figures.
 */
const BIGRAM_WEIGHT = 0.6;
/** Longer queries are searched without bigrams: there they add little, and take long. */
const MAX_WORDS_WITH_BIGRAMS = 24;
/** Words from the first of a bigram to the second: neighbours, or with a stop word between ("bag of words"). */
const MAX_DISTANCE = 2;

/**
 * The terms to look for. Words that belong together are found however they are written: "self-improvement",
 * "self improvement" and "selfimprovement" all look for the parts and the whole.
 * @param text a query after `splitSolidWords`. @param repeated whether a repeated word counts more. Default: it does.
 * @returns each term once, with the largest weight it has in the query, more for a repeated one.
 */
export function queryTerms(
  text: string,
  vocabulary: Vocabulary,
  { repeated = true }: { readonly repeated?: boolean } = {},
): QueryTerm[] {
  const tokens = queryTokens(text, vocabulary);
  const words = tokens.filter(({ parts }) => parts.length === 0);
  const neighbours = neighboursIn(words);
  // A rare way to write two words must not outweigh the two: only where it is the usual one is it a word.
  const compounds = neighbours.filter(({ first, second, joined }) =>
    isCompound(joined, first, second, vocabulary),
  );
  const typed = tokens.filter(
    ({ term, parts }) => parts.length !== 2 || isCompound(term, stem(parts[0]!), stem(parts[1]!), vocabulary),
  );
  const inCompound = new Set<number>();
  for (const { position, parts } of typed) {
    for (let part = 0; part < parts.length; part++) inCompound.add(position + part);
  }
  for (const { position } of compounds) inCompound.add(position).add(position + 1);
  const found = new Map<string, Occurrences>();
  for (const { term, parts, position } of typed) {
    add(found, term, parts.length === 0 && inCompound.has(position) ? PART_WEIGHT : 1);
  }
  for (const { joined, position } of compounds) {
    const isWritten = typed.some((token) => token.position === position && token.term === joined);
    if (!isWritten) add(found, joined, 1);
  }
  const share = repeated ? Math.min(1, words.length / MIN_LONG_WORDS) : 0;
  const terms: QueryTerm[] = [];
  for (const [term, occurrences] of found) terms.push(weighted(term, occurrences, share));
  terms.push(...bigrams(words, vocabulary));
  return inEveryLanguage(terms, tokens, vocabulary).map((term) => withGreek(term, vocabulary));
}

function add(found: Map<string, Occurrences>, term: string, weight: number): void {
  const known = found.get(term);
  if (!known) {
    found.set(term, { largest: weight, sum: weight, count: 1 });
    return;
  }
  known.largest = Math.max(known.largest, weight);
  known.sum += weight;
  known.count++;
}

/** A word with a Greek letter or its name as papers write it either way: one term, whose papers are those with any of them. */
function withGreek(term: QueryTerm, vocabulary: Vocabulary): QueryTerm {
  if (term.followedBy) return term;
  const known = term.anyOf ?? [term.term];
  // Nearly all words have none.
  const spellings = known.flatMap(greekSpellings);
  if (spellings.length === 0) return term;
  const others = spellings.filter((other) => !known.includes(other) && vocabulary.hasTerm(other));
  return others.length === 0
    ? term
    : { ...term, anyOf: [...known.filter((one) => vocabulary.hasTerm(one)), ...others] };
}

/** The occurrences of a term in a query. */
interface Occurrences {
  /** The largest weight of one. */
  largest: number;
  /** The sum of the weights of all. */
  sum: number;
  count: number;
}

/**
 * The weight of a term that occurs n times, counted in occurrences of the largest weight:
 *
 *   largest · (1 + share · ((k3 + 1) · n / (k3 + n) - 1))
 *
 * @param share how much repetition counts, 0 to 1.
 */
function weighted(term: string, { largest, sum, count }: Occurrences, share: number): QueryTerm {
  if (count === 1 || share === 0) return { term, weight: largest };
  const n = sum / largest;
  const saturated = ((K3 + 1) * n) / (K3 + n);
  return { term, weight: largest * (1 + share * (saturated - 1)), count };
}

function isCompound(joined: string, first: string, second: string, vocabulary: Vocabulary): boolean {
  return vocabulary.hasTerm(joined) && vocabulary.isMostlyJoined(joined, first, second);
}

/** Bigrams of words that both occur in the corpus; each once. */
function bigrams(words: readonly AnalyzedToken[], vocabulary: Vocabulary): QueryTerm[] {
  if (words.length > MAX_WORDS_WITH_BIGRAMS) return [];
  const found = new Map<string, QueryTerm>();
  for (const [i, { term, surface, position }] of words.slice(0, -1).entries()) {
    const next = words[i + 1]!;
    const distance = next.position - position;
    const apart = distance < 1 || distance > MAX_DISTANCE || next.term === term;
    if (apart || !vocabulary.hasTerm(term) || !vocabulary.hasTerm(next.term)) continue;
    const joined = distance === 1 ? stem(surface + next.surface) : undefined;
    found.set(`${term} ${next.term} ${distance}`, {
      term,
      weight: BIGRAM_WEIGHT,
      followedBy: { term: next.term, distance, joined },
    });
  }
  return [...found.values()];
}

/**
 * A query with its solid words split as the corpus writes them: "selfimprovement" becomes "self-improvement"
 * where some paper writes that, and an unknown word becomes the two that it consists of where they are neighbours in some
 * paper. Neither keyword nor semantic search finds much for such a word itself.
 */
export function splitSolidWords(text: string, vocabulary: Vocabulary): string {
  const { queryMemory } = vocabulary;
  let split = '';
  let position = 0;
  for (const token of queryTokens(text, vocabulary)) {
    if (token.parts.length > 0 || token.start < position) continue;
    const replacement = queryMemory
      ? queryMemory.split(token, () => splitWord(token, vocabulary))
      : splitWord(token, vocabulary);
    if (replacement === undefined) continue;
    split += text.slice(position, token.start) + replacement;
    position = token.end;
  }
  return split + text.slice(position);
}

/** @param token a word, not a compound. */
function splitWord({ term, surface }: AnalyzedToken, vocabulary: Vocabulary): string | undefined {
  if (!/^\p{L}+$/u.test(surface)) return undefined;
  const hyphenated = vocabulary.compoundOf(term);
  if (hyphenated) return hyphenated.join('-');
  if (vocabulary.hasTerm(term) || surface.length > MAX_SOLID_WORD_LENGTH) return undefined;
  for (let middle = surface.length - MIN_PART_LENGTH; middle >= MIN_PART_LENGTH; middle--) {
    const halves = [surface.slice(0, middle), surface.slice(middle)];
    if (vocabulary.areNeighbours(stem(halves[0]!), stem(halves[1]!))) return halves.join(' ');
  }
  return undefined;
}

/** Two neighbouring words, and the compound that they would make. */
interface Neighbours {
  readonly first: string;
  readonly second: string;
  readonly joined: string;
  /** That of the first. */
  readonly position: number;
}

function neighboursIn(words: readonly AnalyzedToken[]): Neighbours[] {
  const neighbours: Neighbours[] = [];
  for (let i = 1; i < words.length; i++) {
    const before = words[i - 1]!;
    const word = words[i]!;
    if (word.position !== before.position + 1) continue;
    const joined = stem(before.surface + word.surface);
    neighbours.push({ first: before.term, second: word.term, joined, position: before.position });
  }
  return neighbours;
}
