import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Tokenizer } from '@huggingface/tokenizers';
import type { ModelFiles } from './models/files.ts';

/** Text to the model's token ids. */
export interface ModelTokenizer {
  /** Token ids without special tokens; never truncated. */
  tokenize(text: string): number[];
  /** Token ids between the model's special tokens. */
  wrap(tokenIds: readonly number[]): number[];
  /** How many special tokens `wrap` adds. */
  readonly specialTokens: number;
  /** The id of padding. */
  readonly padding: number;
}

/** A text that is at least one token in every vocabulary. */
const SOME_TEXT = 'a';

/**
 * Loads the tokenizer that belongs to a model. Published files cut and pad, often at fewer tokens than the model reads;
 * both are switched off, and windows.ts decides instead.
 * @throws Error when the file is not a tokenizer.
 */
export async function loadTokenizer({
  root,
  folder,
}: Pick<ModelFiles, 'root' | 'folder'>): Promise<ModelTokenizer> {
  const file = join(root, folder, 'tokenizer.json');
  const published = JSON.parse(await readFile(file, 'utf8'));
  const tokenizer = new Tokenizer({ ...published, truncation: null, padding: null }, {});
  const tokenize = (text: string) => tokenizer.encode(text, { add_special_tokens: false }).ids;
  const plain = tokenize(SOME_TEXT);
  const whole = tokenizer.encode(SOME_TEXT, { add_special_tokens: true }).ids;
  const start = Math.max(whole.indexOf(plain[0]!), 0);
  const before = whole.slice(0, start);
  const after = whole.slice(start + plain.length);
  return {
    tokenize,
    wrap: (tokenIds) => [...before, ...tokenIds, ...after],
    specialTokens: before.length + after.length,
    padding: paddingOf(published),
  };
}

/** Where the file names no padding, its padding token is looked up; models without one ignore the masked positions. */
function paddingOf(published: {
  readonly padding?: { readonly pad_id?: number } | null;
  readonly added_tokens?: readonly { readonly id: number; readonly content: string }[];
}): number {
  const named = published.added_tokens?.find(({ content }) => /^(?:\[PAD\]|<pad>)$/.test(content));
  return published.padding?.pad_id ?? named?.id ?? 0;
}
