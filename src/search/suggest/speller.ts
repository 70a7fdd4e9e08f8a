import type { Span } from '../../text/span.ts';
import { isStopWord } from '../../text/stop-words.ts';
import { LETTERS, SimilarWords } from './similar-words.ts';
import type { Vocabulary } from './vocabulary.ts';
import { type Word, wordsOf } from './words.ts';

/** A word of a query, and its correction. */
interface Replacement {
  readonly from: string;
  readonly to: string;
  /** Position of `from` in the query. */
  readonly span: Span;
}

/** A corrected query. */
export interface SpellingProposal {
  /** The query with all replacements, in the case of the typed words; the rest is unchanged. */
  readonly text: string;
  /** In the order of the query; at least one. */
  readonly replacements: readonly Replacement[];
}

/** What an index knows about words. */
export interface KnownWords {
  /** Whether a word is in the index: folded and not stemmed, and as it is written. */
  knows(word: string, written: string): boolean;
  /**
   * The word of any text that a folded word may be a misspelling of, at most so many edits away. Used if the vocabulary
   * has no such word.
   */
  near?(word: string, edits: 1 | 2): string | undefined;
}

/** Fewest letters of words that may be one edit away from their correction, and two. */
const ONE_EDIT_FROM = 4;
const TWO_EDITS_FROM = 8;
/** Letters from which a rare word may be meant: "gentil" in one paper is a name, and near to many short words. */
const RARE_FROM = 6;
/** A query with more unknown words than this is in another language or about something else. */
const MAX_UNKNOWN = 10;

/**
 * Text that is not corrected: quoted text, values of fields without words, names of fields, `word*` and `word~`. All
 * except quoted text begin where a word does, so that a long one is not tried from each of its letters.
 */
const LITERAL =
  /["“][^"“”]*["”]|(?<![\p{L}\p{M}\p{N}])(?:(?:id|session|area|has|year|sort):\S*|\p{L}+:(?=\S)|[\p{L}\p{M}\p{N}]+[*~])/giu;

/** Proposes spellings from a vocabulary. */
export class Speller {
  readonly #vocabulary: Vocabulary;
  readonly #frequent: SimilarWords;
  readonly #all: SimilarWords;

  /** @param papers how many papers the vocabulary comes from. */
  constructor(vocabulary: Vocabulary, papers: number) {
    this.#vocabulary = vocabulary;
    // Among 20,000 papers, a word of one to three is often a rare name or an error itself, so frequent words come
    // first. Among a dozen, most words are in one paper.
    this.#frequent = new SimilarWords(vocabulary, Math.floor(Math.log10(papers)));
    this.#all = new SimilarWords(vocabulary, 1);
  }

  /**
   * The word that is meant by one that is not in the vocabulary, in its most frequent spelling: at most one edit
   * away for 4 letters and more, two for 8 and more. See `EditRows` for what an edit is. A word that fewer than log10 of
   * all papers have is meant only where no other is as near, and only by a word of 6 letters and more.
   * @param word folded. @returns undefined for a word of the vocabulary, and when nothing is near.
   */
  correct(word: string): string | undefined {
    if (word.length < ONE_EDIT_FROM || !LETTERS.test(word) || this.#vocabulary.has(word)) return undefined;
    const place = this.#nearest(word);
    return place === undefined ? undefined : this.#vocabulary.spelling(place);
  }

  #inTexts(word: string, { near }: KnownWords): string | undefined {
    if (word.length < RARE_FROM || this.#vocabulary.has(word)) return undefined;
    const found = near?.(word, 1) ?? (word.length < TWO_EDITS_FROM ? undefined : near?.(word, 2));
    // People seldom mistype the first letter. A rare word with another one is another word: "hacking" is not "lacking".
    return found?.[0]?.toLowerCase() === word[0] ? found : undefined;
  }

  #nearest(word: string): number | undefined {
    const most = word.length < TWO_EDITS_FROM ? 1 : 2;
    for (let edits = 1; edits <= most; edits++) {
      const frequent = this.#frequent.nearest(word, edits);
      const found = frequent ?? (word.length < RARE_FROM ? undefined : this.#all.nearest(word, edits));
      if (found !== undefined) return found;
    }
    return undefined;
  }

  /**
   * The query with words that the index does not know (`unknownWords`) replaced by words of the vocabulary.
   * @param query as typed. @param index decides which words are known.
   * @returns undefined if no word is replaced.
   */
  didYouMean(query: string, index: KnownWords): SpellingProposal | undefined {
    const unknown = unknownWords(query, index);
    if (unknown.length > MAX_UNKNOWN) return undefined;
    const replacements = unknown.flatMap(({ folded, text, start, end }): Replacement[] => {
      const to = this.correct(folded) ?? this.#inTexts(folded, index);
      return to === undefined ? [] : [{ from: text, to: inCaseOf(text, to), span: { start, end } }];
    });
    if (replacements.length === 0) return undefined;
    return { text: replaced(query, replacements), replacements };
  }
}

/**
 * The words of a query that an index does not know and that may be misspelt. Ignores numbers, stop words, words of fewer
 * than 4 letters, quoted text, the values of fields such as `id:`, and words with `*` or `~`. If the list is empty, no
 * speller is needed.
 * @param query as typed. @param index decides which words are known.
 */
export function unknownWords(query: string, index: KnownWords): Word[] {
  const literal = Array.from(query.matchAll(LITERAL), (match) => ({
    start: match.index,
    end: match.index + match[0].length,
  }));
  return wordsOf(query).filter(
    ({ folded, text, start, end }) =>
      folded.length >= ONE_EDIT_FROM &&
      LETTERS.test(folded) &&
      !isStopWord(folded) &&
      !literal.some((span) => span.start < end && start < span.end) &&
      !index.knows(folded, text),
  );
}

/**
 * A word in the case of the typed one, since titles capitalise every word. A word with capitals inside (BERT, ResNet)
 * keeps its case. A stop word is always lower case: "NOT" would be an operator.
 */
function inCaseOf(typed: string, spelling: string): string {
  const small = spelling.toLowerCase();
  if (isStopWord(small)) return small;
  const capitalised = small.replace(/^./u, (first) => first.toUpperCase());
  if (spelling !== small && spelling !== capitalised) return spelling;
  if (typed === typed.toLowerCase()) return small;
  return typed === typed.toUpperCase() ? small.toUpperCase() : capitalised;
}

function replaced(query: string, replacements: readonly Replacement[]): string {
  let text = '';
  let at = 0;
  for (const { to, span } of replacements) {
    text += query.slice(at, span.start) + to;
    at = span.end;
  }
  return text + query.slice(at);
}
