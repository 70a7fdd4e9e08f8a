import type { Span } from '../types.ts';
import { fold } from './fold.ts';

/** A word as it stands in a text. */
export interface Token extends Span {
  /** Folded, not stemmed. */
  readonly surface: string;
  /**
   * `compound`: parts written together ("self-improvement" as "selfimprovement"); its parts are tokens of
   * their own. `pair`: two neighbouring parts of a longer compound. `word`: anything else.
   */
  readonly kind: 'word' | 'compound' | 'pair';
  /** Position among the words; a compound or pair has that of its first part. */
  readonly position: number;
  /** Surfaces of the parts of a compound or pair, in order; empty for a word. */
  readonly parts: readonly string[];
}

// A number with its decimals, thousands and percent sign; or letters and digits with inner apostrophes and the
// signs that end the names of programming languages (C++, C#).
const PIECE = String.raw`(?:\p{N}+(?:[.,]\p{N}+)*(?![\p{L}\p{M}\p{N}])%?|[\p{L}\p{M}\p{N}]+(?:['’ʼ][\p{L}\p{M}\p{N}]+)*(?:\+\+|#)?)`;
const HYPHEN = String.raw`[-\u2010\u2011\u2012\u2013]`;
const CHAIN = new RegExp(`${PIECE}(?:${HYPHEN}${PIECE})*`, 'gu');
const PIECES = new RegExp(PIECE, 'gu');
// Scripts written without blanks: a run of them is searched by overlapping pairs of letters.
const UNSPACED = /^[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}ー]{2,}$/u;

/**
 * Splits a text into words. Hyphenated words are found whole and in parts, and longer chains by neighbouring
 * pairs too: "GPT-4" gives gpt, 4 and gpt4; "15.6%" gives 15.6 and 15.6%; "C++" stays c++.
 */
export function tokenize(text: string): Token[] {
  const tokens: Token[] = [];
  let position = 0;
  for (const chain of text.matchAll(CHAIN)) {
    const pieces = Array.from(chain[0].matchAll(PIECES), (piece) => ({
      surface: surfaceOf(piece[0]),
      start: chain.index + piece.index,
      end: chain.index + piece.index + piece[0].length,
    })).filter(({ surface }) => surface !== '');
    const first = position;
    for (const piece of pieces) {
      tokens.push(...wordTokens(piece, position));
      position++;
    }
    tokens.push(...compounds(pieces, first));
  }
  return tokens;
}

interface Piece extends Span {
  readonly surface: string;
}

function wordTokens({ surface, start, end }: Piece, position: number): Token[] {
  if (UNSPACED.test(surface)) return letterPairs({ surface, start, end }, position);
  const word: Token = { surface, start, end, kind: 'word', position, parts: [] };
  if (!surface.endsWith('%')) return [word];
  const bare = surface.slice(0, -1);
  return [
    { ...word, surface: bare, end: end - 1 },
    { ...word, kind: 'compound', parts: [bare] },
  ];
}

/** Bigrams of a run of unspaced script (as Lucene's CJKBigramFilter has it). */
function letterPairs({ surface, start, end }: Piece, position: number): Token[] {
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

function compounds(pieces: readonly Piece[], position: number): Token[] {
  const join = (from: number, to: number, kind: Token['kind']): Token => {
    const parts = pieces.slice(from, to).map((piece) => piece.surface);
    return {
      surface: parts.join(''),
      start: pieces[from]!.start,
      end: pieces[to - 1]!.end,
      kind,
      position: position + from,
      parts,
    };
  };
  if (pieces.length < 2) return [];
  if (pieces.length === 2) return [join(0, 2, 'compound')];
  return [join(0, pieces.length, 'compound'), ...pieces.slice(1).map((_, i) => join(i, i + 2, 'pair'))];
}

function surfaceOf(piece: string): string {
  if (/^[\p{N}.,]+%?$/u.test(piece)) return fold(piece).replaceAll(',', '');
  const folded = fold(piece);
  return folded.replace(/['’ʼ]s$/, '').replace(/['’ʼ]/g, '');
}
