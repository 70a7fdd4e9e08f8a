import { stemmer as danish } from '@orama/stemmers/danish';
import { stemmer as dutch } from '@orama/stemmers/dutch';
import { stemmer as finnish } from '@orama/stemmers/finnish';
import { stemmer as french } from '@orama/stemmers/french';
import { stemmer as german } from '@orama/stemmers/german';
import { stemmer as hungarian } from '@orama/stemmers/hungarian';
import { stemmer as italian } from '@orama/stemmers/italian';
import { stemmer as norwegian } from '@orama/stemmers/norwegian';
import { stemmer as portuguese } from '@orama/stemmers/portuguese';
import { stemmer as romanian } from '@orama/stemmers/romanian';
import { stemmer as russian } from '@orama/stemmers/russian';
import { stemmer as spanish } from '@orama/stemmers/spanish';
import { stemmer as swedish } from '@orama/stemmers/swedish';
import { stopwords as danishStopWords } from '@orama/stopwords/danish';
import { stopwords as dutchStopWords } from '@orama/stopwords/dutch';
import { stopwords as finnishStopWords } from '@orama/stopwords/finnish';
import { stopwords as frenchStopWords } from '@orama/stopwords/french';
import { stopwords as germanStopWords } from '@orama/stopwords/german';
import { stopwords as hungarianStopWords } from '@orama/stopwords/hungarian';
import { stopwords as italianStopWords } from '@orama/stopwords/italian';
import { stopwords as norwegianStopWords } from '@orama/stopwords/norwegian';
import { stopwords as portugueseStopWords } from '@orama/stopwords/portuguese';
import { stopwords as romanianStopWords } from '@orama/stopwords/romanian';
import { stopwords as russianStopWords } from '@orama/stopwords/russian';
import { stopwords as swedishStopWords } from '@orama/stopwords/swedish';
import { words as spanishStopWords } from 'natural/lib/natural/util/stopwords_es.js';
import { fold } from './fold.ts';

/** How the words of a language other than English become terms. */
export interface LanguageRules {
  /** Snowball's stemmer, for a word in lower case. */
  readonly stem: (word: string) => string;
  readonly stopWords: readonly string[];
  /** Letters before an apostrophe that are a separate word: the "l'" of "l'analyse". At the beginning of a word. */
  readonly elision?: RegExp;
  /** Another spelling of a word in lower case, the same for all spellings of one word; before it is stemmed. */
  readonly respell?: (word: string) => string;
  /** What may be between the parts of a word that are written as one. Absent where such words are rare. */
  readonly links?: readonly string[];
}

const FRENCH_ELISION = /^(?:l|d|j|m|t|s|n|c|qu|jusqu|lorsqu|puisqu|quoiqu)['’ʼ](?=\p{L})/u;
const ITALIAN_ELISION =
  /^(?:l|un|d|c|n|m|t|s|v|gl|dell|all|dall|nell|sull|coll|quell|quest|tutt|anch|sant)['’ʼ](?=\p{L})/u;

/**
 * The languages that papers are analysed in beside English, by ISO 639-1 code. An index says which of them it was
 * analysed in, so another language can be added without harm to it; the rules of one that is here are part of the format.
 */
const RULES = {
  da: { stem: danish, stopWords: danishStopWords, links: ['s', 'e'] },
  de: {
    stem: german,
    stopWords: germanStopWords,
    respell: withoutUmlauts,
    links: ['s', 'es', 'n', 'en', 'e', 'er'],
  },
  es: {
    stem: spanish,
    stopWords: spanishStopWords,
    respell: accented([/([cs])ion$/, '$1ión'], [/logia$/, 'logía']),
  },
  fi: { stem: finnish, stopWords: finnishStopWords },
  fr: {
    stem: french,
    stopWords: frenchStopWords,
    elision: FRENCH_ELISION,
    respell: accented([/ite(s?)$/, 'ité$1'], [/ee(s?)$/, 'ée$1']),
  },
  hu: { stem: hungarian, stopWords: hungarianStopWords },
  it: {
    stem: italian,
    stopWords: italianStopWords,
    elision: ITALIAN_ELISION,
    respell: accented([/ita$/, 'ità']),
  },
  nl: { stem: dutch, stopWords: dutchStopWords, links: ['s', 'en', 'e', 'n'] },
  no: { stem: norwegian, stopWords: norwegianStopWords, links: ['s', 'e'] },
  pt: {
    stem: portuguese,
    stopWords: portugueseStopWords,
    respell: accented([/cao$/, 'ção'], [/coes$/, 'ções']),
  },
  ro: { stem: romanian, stopWords: romanianStopWords },
  ru: { stem: russian, stopWords: russianStopWords },
  sv: { stem: swedish, stopWords: swedishStopWords, links: ['s', 'e', 'o', 'u'] },
} as const satisfies Record<string, LanguageRules>;

/** A language that a text is analysed in, as its ISO 639-1 code. */
export type Language = 'en' | keyof typeof RULES;

/** Every such language except English. */
export const OTHER_LANGUAGES = Object.keys(RULES) as readonly Exclude<Language, 'en'>[];

/** The languages of an index with papers in English only. */
export const ENGLISH_ONLY: readonly Language[] = ['en'];

/** The language that a text is analysed in: that of a code, else English. */
export function analysisLanguage(code: string | undefined): Language {
  return code !== undefined && Object.hasOwn(RULES, code) ? (code as Language) : 'en';
}

/** The rules of a language. */
export function rulesOf(language: Exclude<Language, 'en'>): LanguageRules {
  return RULES[language];
}

/**
 * A German word with its umlauts as plain vowels, however they are written: "Müller", "Mueller" and "Muller" are one.
 * As in Snowball's German2 stemmer, "ue" after a vowel or a q is not an umlaut ("neue", "Quelle").
 */
function withoutUmlauts(word: string): string {
  return fold(word).replace(/ae|oe|(?<![aeiouyq])ue/g, (pair) => pair[0]!);
}

/**
 * Puts back the accent of endings that are typed without it ("informacion"), since the stemmer knows them with it only.
 * Words with an accent stay as they are.
 */
function accented(...endings: readonly (readonly [RegExp, string])[]): (word: string) => string {
  return (word) => {
    if (!/^[a-z]+$/.test(word)) return word;
    return endings.reduce((respelt, [ending, restored]) => respelt.replace(ending, restored), word);
  };
}
