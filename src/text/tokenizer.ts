import { fold } from './fold.ts';
import { plainFormOf, storedSpan } from './markup/plain-form.ts';
import type { Span } from './span.ts';

/** A word with its place in a text. */
export interface Token extends Span {
  /** Folded, not stemmed. */
  readonly surface: string;
  /**
   * `compound`: parts written together ("self-improvement" as "selfimprovement"); its parts are tokens of
   * their own. `bigram`: two neighbouring parts of a longer compound. `word`: anything else.
   */
  readonly kind: 'word' | 'compound' | 'bigram';
  /** Position among the words; a compound or bigram has that of its first part. */
  readonly position: number;
  /** Surfaces of the parts of a compound or bigram, in order; empty for a word. */
  readonly parts: readonly string[];
}

// A number with its decimals, thousands and percent sign; or letters and digits with inner apostrophes and the
// characters that end the names of programming languages (C++, C#).
const PIECE = String.raw`(?:\p{N}+(?:[.,]\p{N}+)*(?![\p{L}\p{M}\p{N}])%?|[\p{L}\p{M}\p{N}]+(?:['’ʼ][\p{L}\p{M}\p{N}]+)*(?:\+\+|#)?)`;
const HYPHEN = String.raw`[-\u2010\u2011\u2012\u2013]`;
const CHAIN = new RegExp(`${PIECE}(?:${HYPHEN}${PIECE})*`, 'uy');
const PIECES = new RegExp(PIECE, 'gu');
// Scripts written without blanks: a run of their letters is searched by overlapping bigrams.
const UNSPACED = /^[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}ー]{2,}$/u;

/**
 * Splits a text into words. A hyphenated word gives itself and its parts, a longer chain its bigrams too: "GPT-4" gives gpt, 4 and gpt4; "15.6%" gives 15.6 and 15.6%; "C++" stays c++.
 * Formulas and light markup are read in their plain form (`markup/plain-form.ts`); places are those in the text itself.
 */
export function tokenize(text: string): Token[] {
  const plain = plainFormOf(text);
  if (!plain) return tokensOf(text);
  return tokensOf(plain.text).map((token) => ({ ...token, ...storedSpan(plain, token) }));
}

function tokensOf(text: string): Token[] {
  const tokens: Token[] = [];
  readWords(text, {
    word(start, end, position) {
      const surface = text.slice(start, end).toLowerCase();
      tokens.push({ surface, kind: 'word', start, end, position, parts: NO_PARTS });
    },
    chain({ own }, at, first) {
      for (const { surface, kind, start, end, position, parts } of own) {
        tokens.push({ surface, kind, start: at + start, end: at + end, position: first + position, parts });
      }
    },
  });
  return tokens;
}

/** Receives the words of a text in their order. */
interface WordReader {
  /** A word of ASCII letters, `[start, end)` of the text. */
  word(start: number, end: number, position: number): void;
  /** Anything else. @param at where it begins. @param first the position of its first word. */
  chain(tokens: ChainTokens, at: number, first: number): void;
}

/** Reads a text in its plain form word by word, without making tokens of the plain ones. */
export function readWords(text: string, reader: WordReader): void {
  let position = 0;
  let at = 0;
  while (at < text.length) {
    const code = text.charCodeAt(at);
    const kind = code < 128 ? ASCII_KINDS[code]! : OPEN;
    if (kind === OTHER) {
      at++;
      continue;
    }
    // Most words are plain. The regular expression gives the same for them, in ten times the time.
    const end = kind === LETTER ? plainWordEnd(text, at) : -1;
    if (end > 0) {
      reader.word(at, end, position++);
      at = end;
      continue;
    }
    CHAIN.lastIndex = at;
    const chain = CHAIN.exec(text)?.[0];
    if (chain === undefined) {
      at += text.codePointAt(at)! > 0xffff ? 2 : 1;
      continue;
    }
    const tokens = tokensOfChain(chain);
    reader.chain(tokens, at, position);
    position += tokens.words;
    at += chain.length;
  }
}

/** The tokens of words that are written together, with places counted from their start. The same for the same text. */
export interface ChainTokens {
  readonly own: readonly Token[];
  /** Positions it takes up. */
  readonly words: number;
}

/** Chains recur as words do; the bound only protects against endless nonsense. */
const CACHE_LIMIT = 100_000;
const MAX_CACHED_LENGTH = 60;
const chains = new Map<string, ChainTokens>();

function tokensOfChain(chain: string): ChainTokens {
  const known = chains.get(chain);
  if (known) return known;
  const pieces = Array.from(chain.matchAll(PIECES), (piece) => ({
    surface: surfaceOf(piece[0]),
    start: piece.index,
    end: piece.index + piece[0].length,
  })).filter(({ surface }) => surface !== '');
  const own = [...pieces.flatMap(wordTokens), ...compounds(pieces)];
  const made = { own, words: pieces.length };
  if (chain.length <= MAX_CACHED_LENGTH) {
    if (chains.size >= CACHE_LIMIT) chains.clear();
    chains.set(chain, made);
  }
  return made;
}

const NO_PARTS: readonly string[] = [];

/** What a character can begin: ASCII that begins no word, a letter of ASCII, or anything else. */
const OTHER = 0;
const LETTER = 1;
const OPEN = 2;

/** The kinds of ASCII characters. Numbers, and not names, since every character of a text is looked up. */
const ASCII_KINDS = Uint8Array.from({ length: 128 }, (_, code) => {
  const character = String.fromCharCode(code);
  if (/[A-Za-z]/.test(character)) return LETTER;
  return /[0-9]/.test(character) ? OPEN : OTHER;
});
/** 1 for ASCII that always ends a word of letters: not a character that a word may contain. */
const ENDS_WORD = Uint8Array.from({ length: 128 }, (_, code) =>
  /[A-Za-z0-9'+#-]/.test(String.fromCharCode(code)) ? 0 : 1,
);

/** The end of the word of ASCII letters that begins at `start`; -1 when what follows may be part of it. */
function plainWordEnd(text: string, start: number): number {
  for (let end = start + 1; end < text.length; end++) {
    const code = text.charCodeAt(end);
    if (code >= 128) return -1;
    if (ASCII_KINDS[code] !== LETTER) return ENDS_WORD[code] === 1 ? end : -1;
  }
  return text.length;
}

interface Piece extends Span {
  readonly surface: string;
}

function wordTokens({ surface, start, end }: Piece, position: number): Token[] {
  if (UNSPACED.test(surface)) return letterBigrams({ surface, start, end }, position);
  const word: Token = { surface, start, end, kind: 'word', position, parts: NO_PARTS };
  if (!surface.endsWith('%')) return [word];
  const bare = surface.slice(0, -1);
  return [
    { ...word, surface: bare, end: end - 1 },
    { ...word, kind: 'compound', parts: [bare] },
  ];
}

/** Bigrams of a run of unspaced script, as in Lucene's CJKBigramFilter. */
function letterBigrams({ surface, start, end }: Piece, position: number): Token[] {
  const letters = [...surface];
  // Folding may have changed the length; offsets then cover the whole run.
  const aligned = surface.length === end - start && letters.length === surface.length;
  return letters.slice(0, -1).map((letter, i) => ({
    surface: letter + letters[i + 1],
    start: aligned ? start + i : start,
    end: aligned ? start + i + 2 : end,
    kind: 'word',
    position,
    parts: [],
  }));
}

function compounds(pieces: readonly Piece[]): Token[] {
  const join = (from: number, to: number, kind: Token['kind']): Token => {
    const parts = pieces.slice(from, to).map((piece) => piece.surface);
    return {
      surface: parts.join(''),
      start: pieces[from]!.start,
      end: pieces[to - 1]!.end,
      kind,
      position: from,
      parts,
    };
  };
  if (pieces.length < 2) return [];
  if (pieces.length === 2) return [join(0, 2, 'compound')];
  return [join(0, pieces.length, 'compound'), ...pieces.slice(1).map((_, i) => join(i, i + 2, 'bigram'))];
}

/** A word as terms are made of it: folded, without apostrophes and a possessive ending. */
export function surfaceOf(piece: string): string {
  if (/^[\p{N}.,]+%?$/u.test(piece)) return fold(piece).replaceAll(',', '');
  const folded = fold(piece);
  return folded.replace(/['’ʼ]s$/, '').replace(/['’ʼ]/g, '');
}
