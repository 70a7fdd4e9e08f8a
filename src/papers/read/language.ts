import { isStopWordIn } from '../../text/language-words.ts';
import { analysisLanguage, type Language, OTHER_LANGUAGES } from '../../text/languages.ts';
import { countStopWords } from '../../text/stop-words.ts';
import { languageCode } from '../language-codes.ts';
import type { Paper } from '../paper.ts';

/** UTF-16 code units that a language is detected from: more do not make it more certain. */
const READ = 600;
/** Fewest letters of a text whose language is detected: short titles have the words of several languages. */
const MIN_LETTERS = 30;
/**
 * Share of English stop words among the words of a text that is English without further question: in English abstracts it
 * is above a third, in other languages, which share words like "in", "of" and "is", below a fifth.
 */
const ENGLISH_SHARE = 0.3;
/**
 * The share for a text with as many different English stop words as this, and with at most half as many of any other language:
 * abstracts full of terms. The detector, which takes longer than all else that a record needs, calls them English, too.
 */
const TECHNICAL_SHARE = 0.2;
const MIN_ENGLISH_WORDS = 5;
/** Fewest letters of a text that is treated as in a language of which no stop words are known. */
const MIN_PLAIN_LETTERS = 200;
/** Fewest different stop words of a language in a text that is treated as in it; single letters do not count. */
const MIN_STOP_WORDS = 2;

/**
 * The language of a paper's title and abstract, where it is known and not English. A text of 30 letters or more is in the
 * language that it looks like, whatever its source says: many a German article has an English abstract. Of a shorter one,
 * the source knows.
 * @param stated the language of the publication in the words of its source.
 * @returns an ISO 639-1 code; undefined for English and where it is not known.
 */
export async function languageOfText(
  { title, abstract }: Pick<Paper, 'title' | 'abstract'>,
  stated: string | undefined,
): Promise<string | undefined> {
  const text = `${title}\n${abstract}`.slice(0, READ);
  const said = languageCode(stated);
  const letters = lettersIn(text);
  if (letters < MIN_LETTERS) return said === 'en' ? undefined : said;
  const counted = countStopWords(text);
  if (counted && isEnglish(counted.stopWords, counted.words)) return undefined;
  const words =
    text
      .toLowerCase()
      .normalize('NFC')
      .match(/\p{L}{2,}/gu) ?? [];
  let english = 0;
  for (const word of words) if (isStopWordIn(word, 'en')) english++;
  if (isEnglish(english, words.length)) return undefined;
  const different = new Set(words);
  const stopWords = (each: Language) => {
    let count = 0;
    for (const word of different) if (isStopWordIn(word, each)) count++;
    return count;
  };
  const isOpen = said === undefined || said === 'en';
  if (isOpen && english >= TECHNICAL_SHARE * words.length && isMostlyEnglish(different)) return undefined;
  const found = await detect(text);
  const detected = languageCode(found.language);
  if (detected === undefined || !found.isReliable()) return said === 'en' ? undefined : said;
  if (detected === 'en') return undefined;
  // Names and Latin terms alone look like other languages; what is written in one has its stop words.
  const language = analysisLanguage(detected);
  const hasStopWords = stopWords(language) >= MIN_STOP_WORDS && stopWords(language) > stopWords('en');
  const isCertain = said === detected || (language === 'en' ? isPlain(text, letters) : hasStopWords);
  return isCertain ? detected : undefined;
}

/** Whether a text with so many English stop words among its words is English without further question. */
function isEnglish(stopWords: number, words: number): boolean {
  return stopWords >= ENGLISH_SHARE * words && stopWords >= MIN_STOP_WORDS;
}

/** Letters of a text. */
function lettersIn(text: string): number {
  let letters = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at) | 32;
    if (code >= 97 && code <= 122) letters++;
    else if (code > 127) return text.match(/\p{L}/gu)?.length ?? 0;
  }
  return letters;
}

/** Whether a text has many different stop words of English, and few of every other language. @param words each once. */
function isMostlyEnglish(words: ReadonlySet<string>): boolean {
  let english = 0;
  const others = new Uint16Array(OTHER_LANGUAGES.length);
  for (const word of words) {
    if (isStopWordIn(word, 'en')) english++;
    for (const language of otherLanguagesWith(word)) others[language]!++;
  }
  return english >= MIN_ENGLISH_WORDS && others.every((count) => count * 2 <= english);
}

/** Words whose languages are remembered; the bound only protects against endless nonsense. */
const CACHE_LIMIT = 100_000;
const otherLanguages = new Map<string, readonly number[]>();
const NONE: readonly number[] = [];

/** The places in OTHER_LANGUAGES of the languages of which a word is a stop word: of most words, none. */
function otherLanguagesWith(word: string): readonly number[] {
  const known = otherLanguages.get(word);
  if (known) return known;
  const found = [...OTHER_LANGUAGES.keys()].filter((place) => isStopWordIn(word, OTHER_LANGUAGES[place]!));
  if (otherLanguages.size >= CACHE_LIMIT) otherLanguages.clear();
  otherLanguages.set(word, found.length === 0 ? NONE : found);
  return found;
}

/** Whether a text in a language without a list of stop words is in no other: it is long, or mostly not in Latin letters. */
function isPlain(text: string, letters: number): boolean {
  const latin = text.match(/\p{sc=Latin}/gu)?.length ?? 0;
  return latin >= MIN_PLAIN_LETTERS || latin < letters / 2;
}

/** Its table of n-grams takes 80 MB and a tenth of a second, which corpora in English do not need. */
let detector: Promise<typeof import('eld/extrasmall')> | undefined;

async function detect(text: string) {
  detector ??= import('eld/extrasmall');
  return (await detector).eld.detect(text);
}
