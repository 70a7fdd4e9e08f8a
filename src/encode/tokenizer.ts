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
 * Reads the tokenizer of a model. Published files cut and pad, often at fewer tokens than the model reads; both are
 * switched off.
 * @returns the tokenizer, and the id of padding. @throws Error when the file is not a tokenizer.
 */
export async function readTokenizer({
  root,
  folder,
}: Pick<ModelFiles, 'root' | 'folder'>): Promise<{ tokenizer: Tokenizer; padding: number }> {
  const file = join(root, folder, 'tokenizer.json');
  const published = JSON.parse(await readFile(file, 'utf8'));
  const tokenizer = new Tokenizer({ ...published, truncation: null, padding: null }, {});
  return { tokenizer, padding: paddingOf(published) };
}

/** Loads the tokenizer that belongs to a model; windows.ts decides how texts are cut. @throws as `readTokenizer` does. */
export async function loadTokenizer(files: Pick<ModelFiles, 'root' | 'folder'>): Promise<ModelTokenizer> {
  const { tokenizer, padding } = await readTokenizer(files);
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
    padding,
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
