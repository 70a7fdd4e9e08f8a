import type { KeywordIndex } from '../../indexes/keyword/keyword-index.ts';
import type { Paper } from '../../papers/paper.ts';
import { EditRows } from '../../util/edit-distance.ts';
import { LETTERS } from './similar-words.ts';
import { wordsOf } from './words.ts';

/** Papers that are read to see how a word is written: a rare word is in few. */
export const MAX_READ = 20;
/** Shorter words are near to too many. */
const MIN_LENGTH = 4;
const NO_SPAN = { start: 0, end: 0 };

/** Where words are looked for. */
export interface WordSources {
  readonly lexical: Pick<KeywordIndex, 'match'>;
  /** Papers in the index. */
  readonly size: number;
  readonly paperAt: (doc: number) => Paper;
}

/**
 * The word of titles and abstracts that is nearest to a misspelt one: the keyword index says which papers have such a
 * word, and the first 20 of them how it is written.
 * @param word folded. @param edits most edits (`EditRows`). @returns undefined when no word is as near.
 */
export function nearestWord(
  word: string,
  edits: 1 | 2,
  { lexical, size, paperAt }: WordSources,
): string | undefined {
  const mask = new Uint8Array(size);
  lexical.match({ kind: 'fuzzy', field: undefined, text: word, edits, span: NO_SPAN }, mask);
  const papers: Paper[] = [];
  for (let doc = mask.indexOf(1); doc !== -1 && papers.length < MAX_READ; doc = mask.indexOf(1, doc + 1))
    papers.push(paperAt(doc));
  return nearestWordIn(papers, word, edits);
}

/** The word of titles and abstracts that is nearest to a misspelt one. @param word folded. @param edits most edits. */
export function nearestWordIn(
  papers: readonly Pick<Paper, 'title' | 'abstract'>[],
  word: string,
  edits: 1 | 2,
): string | undefined {
  const rows = new EditRows(word, edits);
  let best: { readonly text: string; readonly distance: number } | undefined;
  for (const { title, abstract } of papers) {
    for (const { folded, text } of [...wordsOf(title), ...wordsOf(abstract)]) {
      if (Math.abs(folded.length - word.length) > edits || folded.length < MIN_LENGTH) continue;
      if (folded === word || !LETTERS.test(folded)) continue;
      const { distance } = rows.compare(folded);
      if (distance !== undefined && (best === undefined || distance < best.distance))
        best = { text, distance };
    }
  }
  return best?.text;
}
