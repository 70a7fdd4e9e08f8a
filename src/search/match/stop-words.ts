import { fieldsOf } from '../../indexes/keyword/text-pattern.ts';
import type { TextField } from '../../papers/fields.ts';
import type { Paper } from '../../papers/paper.ts';
import type { Condition, TextCondition } from '../../query/ast.ts';
import { stem, wordTerm } from '../../text/stemmer.ts';
import { isStopWord } from '../../text/stop-words.ts';
import { tokenize } from '../../text/tokenizer.ts';

/** Most papers that are read for one phrase: some tenths of a second. */
const MAX_READ = 2000;

/** Whether a text has words, all of which are stop words: the keyword index knows nothing of it. */
export function hasOnlyStopWords(text: string): boolean {
  const words = tokenize(text);
  return (
    words.length > 0 &&
    words.every(({ kind, surface }) => kind !== 'word' || isStopWord(surface)) &&
    !words.some(({ kind }) => kind === 'compound')
  );
}

/** Whether a condition cannot be matched without the titles (`Titles`): a part of it has only stop words. */
export function needsTitles(condition: Condition | undefined): boolean {
  switch (condition?.kind) {
    case undefined:
      return false;
    case 'and':
    case 'or':
      return condition.clauses.some(needsTitles);
    case 'not':
      return needsTitles(condition.clause);
    case 'words':
      return condition.field === 'title' && hasOnlyStopWords(condition.text);
    case 'phrase':
      return (
        (condition.field === undefined || condition.field === 'title') && hasOnlyStopWords(condition.text)
      );
    default:
      return false;
  }
}

/** A word of a phrase or a text. */
interface Word {
  readonly surface: string;
  readonly term: string;
  readonly isStopWord: boolean;
}

/**
 * Removes from a mask the papers in which other words are in the places of a phrase's stop words: the keyword index
 * takes any word there. Reads the papers to find out.
 * @param mask of the papers that the index finds for the phrase; changed in place.
 * @returns false when there are too many papers to read; the mask is unchanged then.
 */
export function keepPhrases(
  { text, field }: Pick<TextCondition, 'text' | 'field'>,
  mask: Uint8Array,
  paperAt: (doc: number) => Paper,
): boolean {
  const phrase = wordsOf(text);
  if (!phrase.some((word) => word.isStopWord)) return true;
  const docs: number[] = [];
  for (let doc = 0; doc < mask.length; doc++) if (mask[doc] === 1) docs.push(doc);
  if (docs.length > MAX_READ) return false;
  const fields = fieldsOf(field);
  for (const doc of docs) {
    const paper = paperAt(doc);
    const has = fields.some((each) => textsOf(paper, each).some((value) => contains(wordsOf(value), phrase)));
    if (!has) mask[doc] = 0;
  }
  return true;
}

function wordsOf(text: string): Word[] {
  return tokenize(text)
    .filter(({ kind }) => kind === 'word')
    .map(({ surface }) => ({ surface, term: wordTerm(surface), isStopWord: isStopWord(surface) }));
}

function contains(words: readonly Word[], phrase: readonly Word[]): boolean {
  return words.some((_, start) => follows(words, start, phrase, 0));
}

/** Whether the phrase from a place on is in the text from a place on. Two words match one that joins them. */
function follows(words: readonly Word[], at: number, phrase: readonly Word[], place: number): boolean {
  const wanted = phrase[place];
  if (!wanted) return true;
  const here = words[at];
  if (!here) return false;
  const same = wanted.isStopWord ? here.surface === wanted.surface : here.term === wanted.term;
  if (same && follows(words, at + 1, phrase, place + 1)) return true;
  const next = phrase[place + 1];
  if (next && stem(wanted.surface + next.surface) === here.term && follows(words, at + 1, phrase, place + 2))
    return true;
  const after = words[at + 1];
  return (
    after !== undefined &&
    stem(here.surface + after.surface) === wanted.term &&
    follows(words, at + 2, phrase, place + 1)
  );
}

function textsOf(paper: Paper, field: TextField): readonly string[] {
  const value = paper[field] ?? '';
  return typeof value === 'string' ? [value] : value;
}
