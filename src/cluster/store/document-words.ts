import type { AnalyzedField, AnalyzedText } from '../../indexes/keyword/analyzed-fields.ts';
import { MAX_FIELD_LENGTH } from '../../indexes/keyword/bm25/segment.ts';
import type { TextField } from '../../papers/fields.ts';
import type { Paper } from '../../papers/paper.ts';
import { type AnalyzedToken, wordsIn } from '../../text/analyzer.ts';
import { analysisLanguage, type Language } from '../../text/languages.ts';
import { tokenize } from '../../text/tokenizer.ts';
import { ALTERNATIVE, END, GAP, PART, storedKeyword, storedWord } from './stored-texts.ts';

/** Fields whose terms count twice when candidates are chosen, as their weights in BM25 are about twice those of others. */
const TWICE: ReadonlySet<TextField> = new Set(['title', 'keywords']);

/** The words of a paper in streams, which the cluster splits at blanks. */
export interface WordsOfDocument {
  readonly terms: string;
  /** A stream for each text, and for each value of a list. */
  readonly words: Readonly<Partial<Record<TextField, readonly string[]>>>;
  readonly surfaces: Readonly<Partial<Record<TextField, readonly string[]>>>;
  readonly lengths: Readonly<Record<string, number>>;
  readonly spellings: readonly string[];
  readonly lang: Language;
}

/** @param fields of `analyzedFields`. */
export function wordsOfDocument(paper: Paper, fields: readonly AnalyzedField[]): WordsOfDocument {
  const terms = fields.flatMap(({ name, texts }) => {
    const own = texts.flatMap(({ tokens }) => tokens.map(({ term }) => storedWord(term)));
    return TWICE.has(name) ? [...own, ...own] : own;
  });
  const streams = fields.map(({ name, language, texts }) => ({
    name,
    // Values without words are left out: the others stay apart.
    texts: texts.map((text) => streamsOf(text, language)).filter(({ surfaces }) => surfaces !== ''),
  }));
  const of = (part: 'words' | 'surfaces') =>
    Object.fromEntries(
      streams
        .filter(({ texts }) => texts.length > 0)
        .map(({ name, texts }) => [name, texts.map((text) => text[part])]),
    );
  return {
    terms: terms.join(' '),
    words: of('words'),
    surfaces: of('surfaces'),
    lengths: Object.fromEntries(
      fields.map(({ name, texts }) => [
        name,
        Math.min(
          texts.reduce((sum, { tokens }) => sum + tokens.length, 0),
          MAX_FIELD_LENGTH,
        ),
      ]),
    ),
    spellings: spellingsOf(fields.flatMap(({ texts }) => texts.flatMap(({ tokens }) => tokens))),
    lang: analysisLanguage(paper.language),
  };
}

/**
 * The beginning of the keywords of `spellings` for a compound: after it come the parts with hyphens between them, PART, and
 * how often the paper has it. So an aggregation gives the sums that `compoundOf` compares.
 */
export function spellingPrefix(term: string): string {
  return `${storedWord(term)}${PART}`;
}

function spellingsOf(tokens: readonly AnalyzedToken[]): string[] {
  const counts = new Map<string, number>();
  for (const { term, parts } of tokens) {
    if (parts.length < 2) continue;
    const spelling = spellingPrefix(term) + parts.map(storedWord).join('-');
    counts.set(spelling, (counts.get(spelling) ?? 0) + 1);
  }
  return Array.from(counts, ([spelling, count]) => storedKeyword(`${spelling}${PART}${count}`));
}

/**
 * The streams of one text, of the same length: what follows in a list is at the same positions in both. OpenSearch does not
 * count gaps at the end, so a mark ends the terms of a text that ends with stop words.
 */
function streamsOf({ text, tokens }: AnalyzedText, language: Language): { words: string; surfaces: string } {
  const words: string[][] = [];
  for (const { term, position } of tokens) at(words, position).push(storedWord(term));
  const surfaces: string[][] = [];
  const all = [...tokenize(text), ...(language === 'en' ? [] : wordsIn(text, language))];
  for (const { surface, position } of all) {
    const here = at(surfaces, position);
    const word = storedWord(surface);
    if (!here.includes(word)) here.push(word);
  }
  if (words.length < surfaces.length) at(words, surfaces.length - 1).push(END);
  return { words: streamOf(words), surfaces: streamOf(surfaces) };
}

function at(places: string[][], position: number): string[] {
  while (places.length <= position) places.push([]);
  return places[position]!;
}

function streamOf(places: readonly (readonly string[])[]): string {
  return places.map((here) => (here.length === 0 ? GAP : here.join(ALTERNATIVE))).join(' ');
}

/** The words of values, all of one value at one position. See `WITHIN_GAP`. */
export function valueStreams(values: readonly string[]): string[] {
  return values
    .map((value) => [...new Set(tokenize(value).map(({ surface }) => storedWord(surface)))])
    .filter((words) => words.length > 0)
    .map((words) => words.join(ALTERNATIVE));
}
