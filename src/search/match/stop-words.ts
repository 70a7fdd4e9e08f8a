import { fieldsOf } from '../../indexes/keyword/text-pattern.ts';
import type { TextField } from '../../papers/fields.ts';
import type { Paper } from '../../papers/paper.ts';
import { languageOf } from '../../papers/text-language.ts';
import type { Condition, TextCondition } from '../../query/ast.ts';
import { termOf, wordsIn } from '../../text/analyzer.ts';
import { languageStem } from '../../text/language-words.ts';
import type { Language } from '../../text/languages.ts';
import { analyzeQuery } from '../../text/query-analyzer.ts';
import { NO_TERM, stem } from '../../text/stemmer.ts';
import { tokenize } from '../../text/tokenizer.ts';

/** Most papers that are read for one phrase: some tenths of a second. */
const MAX_READ = 2000;

/**
 * Whether a text has words, all of which are stop words: the keyword index knows nothing of it.
 * @param languages those of the index.
 */
export function hasOnlyStopWords(text: string, languages: readonly Language[]): boolean {
  const words = tokenize(text);
  return (
    words.length > 0 &&
    !words.some(({ kind }) => kind === 'compound') &&
    analyzeQuery(text, languages).length === 0
  );
}

/** Whether a condition cannot be matched without the titles (`Titles`): a part of it has only stop words. */
export function needsTitles(condition: Condition | undefined, languages: readonly Language[]): boolean {
  switch (condition?.kind) {
    case undefined:
      return false;
    case 'and':
    case 'or':
      return condition.clauses.some((clause) => needsTitles(clause, languages));
    case 'not':
      return needsTitles(condition.clause, languages);
    case 'words':
      return condition.field === 'title' && hasOnlyStopWords(condition.text, languages);
    case 'phrase':
      return (
        (condition.field === undefined || condition.field === 'title') &&
        hasOnlyStopWords(condition.text, languages)
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
 * @param mask of the papers that the index finds for the phrase; changed in place. @param languages those of the index.
 * @returns false when there are too many papers to read; the mask is unchanged then.
 */
export function keepPhrases(
  { text, field }: Pick<TextCondition, 'text' | 'field'>,
  mask: Uint8Array,
  paperAt: (doc: number) => Paper,
  languages: readonly Language[],
): boolean {
  const phrases = new Map(languages.map((language) => [language, phraseIn(text, language, languages)]));
  if (!Array.from(phrases.values()).some((phrase) => phrase.some((word) => word.isStopWord))) return true;
  const docs: number[] = [];
  for (let doc = 0; doc < mask.length; doc++) if (mask[doc] === 1) docs.push(doc);
  if (docs.length > MAX_READ) return false;
  const fields = fieldsOf(field);
  for (const doc of docs) {
    const paper = paperAt(doc);
    const has = fields.some((each) => {
      const own = languageOf(paper, each);
      // An index of an earlier version may have a paper in English that is in another language now.
      const language = phrases.has(own) ? own : 'en';
      const phrase = phrases.get(language)!;
      return textsOf(paper, each).some((value) => contains(wordsOf(value, language), phrase, language));
    });
    if (!has) mask[doc] = 0;
  }
  return true;
}

/** The words of a phrase as papers in a language have them. Stop words of any language of the index are not looked up. */
function phraseIn(text: string, language: Language, languages: readonly Language[]): Word[] {
  const inAll = languages.map((each) => wordsOf(text, each));
  return wordsOf(text, language).map((word, at) => ({
    ...word,
    isStopWord: inAll.some((words) => words[at]!.isStopWord),
  }));
}

function wordsOf(text: string, language: Language): Word[] {
  return wordsIn(text, language).map((word) => {
    const term = termOf(text, word, language);
    return { surface: word.surface, term, isStopWord: term === NO_TERM };
  });
}

function contains(words: readonly Word[], phrase: readonly Word[], language: Language): boolean {
  const joined = (a: Word, b: Word) => {
    const word = a.surface + b.surface;
    return language === 'en' ? stem(word) : languageStem(word, language);
  };
  return words.some((_, start) => follows(words, start, phrase, 0, joined));
}

/** Whether the phrase from a place on is in the text from a place on. Two words match one that joins them. */
function follows(
  words: readonly Word[],
  at: number,
  phrase: readonly Word[],
  place: number,
  joined: (a: Word, b: Word) => string,
): boolean {
  const wanted = phrase[place];
  if (!wanted) return true;
  const here = words[at];
  if (!here) return false;
  const same = wanted.isStopWord ? here.surface === wanted.surface : here.term === wanted.term;
  if (same && follows(words, at + 1, phrase, place + 1, joined)) return true;
  const next = phrase[place + 1];
  if (next && joined(wanted, next) === here.term && follows(words, at + 1, phrase, place + 2, joined))
    return true;
  const after = words[at + 1];
  return (
    after !== undefined &&
    joined(here, after) === wanted.term &&
    follows(words, at + 2, phrase, place + 1, joined)
  );
}

function textsOf(paper: Paper, field: TextField): readonly string[] {
  const value = paper[field] ?? '';
  return typeof value === 'string' ? [value] : value;
}
