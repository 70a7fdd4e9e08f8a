import type { Paper } from '../../papers/paper.ts';
import { countedIn } from '../../search/suggest/count-corpus.ts';
import { identifiersOf } from '../../search/suggest/identifiers.ts';
import { SEPARATOR } from '../../search/suggest/spelling-counts.ts';
import { keyOf, wordsOf } from '../../search/suggest/words.ts';

/** The longest entry, in UTF-16 code units: the cluster's terms end at 32,766 bytes, three for each unit. */
const MAX_ENTRY_LENGTH = 10_000;

/** What texts are completed and corrected by; the field `suggest` of a document. */
export interface SuggestFields {
  /** The title, authors and keywords: `valueKey`, a line break, the spelling. */
  readonly values: readonly string[];
  /** The folded words of the values, each once. */
  readonly words: readonly string[];
  /** Length of the title's key, by which shorter titles come first. */
  readonly titleLength: number;
  /** Keys of its identifiers. */
  readonly identifiers: readonly string[];
}

/** The part of the mapping for `SuggestFields`. Most of it is only searched and counted. */
export const SUGGEST_MAPPING = {
  properties: {
    values: { type: 'keyword' },
    words: { type: 'keyword' },
    titleLength: { type: 'integer' },
    identifiers: { type: 'keyword' },
  },
} as const;

/** The fields of a paper. A value that is too long for a term of the cluster is not suggested. */
export function suggestFieldsOf(paper: Paper): SuggestFields {
  const { values, words } = countedIn(paper);
  return {
    values: Array.from(values, ([key, spelling]) => wellFormed(key + SEPARATOR + spelling)).filter(fits),
    words: Array.from(words.keys(), wellFormed).filter(fits),
    titleLength: keyOf(wordsOf(paper.title)).length,
    identifiers: identifiersOf(paper)
      .map(({ key }) => wellFormed(key))
      .filter(fits),
  };
}

function fits({ length }: string): boolean {
  return length <= MAX_ENTRY_LENGTH;
}

/** A text that can be sent: half a character has no bytes in UTF-8. */
export function wellFormed(text: string): string {
  return text.replace(/\p{Cs}/gu, '\ufffd');
}
