import { PaperSearchError } from '../errors.ts';
import type { ModelFiles } from './models/files.ts';
import { readTokenizer } from './tokenizer.ts';

/** The tokens of a pair of texts, as a model reads them. */
export interface TokenPair {
  readonly tokenIds: readonly number[];
  /** Of each token: which text it belongs to, as the tokenizer numbers them. */
  readonly typeIds: readonly number[];
}

/** Pairs of texts to the model's token ids. */
export interface PairTokenizer {
  /** Token ids without special tokens; never truncated. */
  tokenize(text: string): readonly number[];
  /** Token ids of two texts with the special tokens before, between and after them. */
  join(first: readonly number[], second: readonly number[]): TokenPair;
  /** How many special tokens `join` adds. */
  readonly specialTokens: number;
  /** The id of padding. */
  readonly padding: number;
}

/** A text that is at least one token in every vocabulary. */
const SOME_TEXT = 'a';

/**
 * Loads the tokenizer of a model that reads pairs, without its truncation and padding. The special tokens and types are
 * those that the file gives a pair of short texts.
 * @throws PaperSearchError BAD_INPUT when the file does not say how to join two texts; Error when it is no tokenizer.
 */
export async function loadPairTokenizer(files: Pick<ModelFiles, 'root' | 'folder'>): Promise<PairTokenizer> {
  const { tokenizer, padding } = await readTokenizer(files);
  const tokenize = (text: string) => tokenizer.encode(text, { add_special_tokens: false }).ids;
  const text = tokenize(SOME_TEXT);
  const { ids, token_type_ids: given } = tokenizer.encode(SOME_TEXT, {
    text_pair: SOME_TEXT,
    return_token_type_ids: true,
  });
  // Files without types have models without them.
  const types = given ?? ids.map(() => 0);
  const first = ids.indexOf(text[0]!);
  const second = ids.indexOf(text[0]!, first + text.length);
  if (first === -1 || second <= first + text.length) {
    throw new PaperSearchError(
      'BAD_INPUT',
      'The tokenizer.json of the model puts nothing between two texts, so it is not that of a cross-encoder.',
    );
  }
  const part = (from: number, to?: number) => ({ ids: ids.slice(from, to), types: types.slice(from, to) });
  const before = part(0, first);
  const between = part(first + text.length, second);
  const after = part(second + text.length);
  const typed = (tokenIds: readonly number[], type: number) => tokenIds.map(() => type);
  return {
    tokenize,
    join: (one, other) => ({
      tokenIds: [...before.ids, ...one, ...between.ids, ...other, ...after.ids],
      typeIds: [
        ...before.types,
        ...typed(one, types[first]!),
        ...between.types,
        ...typed(other, types[second]!),
        ...after.types,
      ],
    }),
    specialTokens: before.ids.length + between.ids.length + after.ids.length,
    padding,
  };
}

/**
 * Cuts the longer of two texts until both fit, then both in turn ("longest first", as cross-encoders are trained).
 * @param capacity tokens that fit, from 2.
 */
export function cutLongest(
  first: readonly number[],
  second: readonly number[],
  capacity: number,
): [first: readonly number[], second: readonly number[]] {
  if (first.length + second.length <= capacity) return [first, second];
  const half = Math.floor(capacity / 2);
  const kept = Math.max(capacity - half, Math.min(first.length, capacity - Math.min(second.length, half)));
  const ofFirst = Math.min(first.length, kept);
  return [first.slice(0, ofFirst), second.slice(0, capacity - ofFirst)];
}
