import { wordsIn } from '../../text/analyzer.ts';
import type { Token } from '../../text/tokenizer.ts';
import type { PoolTexts, TermSpan } from './types.ts';
import { pairKey, titleWord } from './vocabulary.ts';

/** A text of a paper. */
interface FieldText {
  readonly text: string;
  /** Absent for a keyword. */
  readonly field?: TermSpan['field'];
}

/** The texts of the paper of a row. */
export function fieldsOf({ titles, abstracts, keywords }: PoolTexts, row: number): FieldText[] {
  return [
    { text: titles[row] ?? '', field: 'title' },
    { text: abstracts[row] ?? '', field: 'abstract' },
    ...(keywords?.[row] ?? []).map((text) => ({ text })),
  ];
}

/**
 * Calls `receive` with the key of each term of a text: folded words, not stemmed, stop words too, and pairs of neighbours. A
 * term of the title is received twice, once as a term of titles.
 * @param numberOf the number of a word in the vocabulary.
 * @param receive gets the first and the last word of the term, which are the same one unless it is a pair.
 */
export function readTerms(
  { text, field }: FieldText,
  numberOf: (word: string) => number,
  receive: (key: number, first: Token, last: Token, inTitle: boolean) => void,
): void {
  let before: { readonly word: Token; readonly number: number; readonly titleNumber: number } | undefined;
  for (const word of wordsIn(text)) {
    const number = numberOf(word.surface);
    receive(number, word, word, false);
    const titleNumber = field === 'title' ? numberOf(titleWord(word.surface)) : 0;
    if (field === 'title') receive(titleNumber, word, word, true);
    if (before) {
      receive(pairKey(before.number, number), before.word, word, false);
      if (field === 'title') receive(pairKey(before.titleNumber, titleNumber), before.word, word, true);
    }
    before = { word, number, titleNumber };
  }
}
