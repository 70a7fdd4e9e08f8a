import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Tokenizer } from '@huggingface/tokenizers';
import type { PreparedModel } from './model/prepare.ts';

/** Text to the model's token ids. */
export interface ModelTokenizer {
  /** Token ids without special tokens; never truncated. */
  tokenize(text: string): number[];
  /** Token ids between the model's two special tokens. */
  wrap(tokenIds: readonly number[]): number[];
}

/** Special tokens of a BERT vocabulary. */
const CLS = 101;
const SEP = 102;

/**
 * Loads the tokenizer that belongs to a model. The published file cuts and pads at 128 tokens, half of what
 * the model reads; both are switched off, and windows.ts decides instead.
 */
export async function loadTokenizer(model: PreparedModel): Promise<ModelTokenizer> {
  const file = join(model.root, model.name, 'tokenizer.json');
  const config = { ...JSON.parse(await readFile(file, 'utf8')), truncation: null, padding: null };
  const tokenizer = new Tokenizer(config, {});
  return {
    tokenize: (text) => tokenizer.encode(text, { add_special_tokens: false }).ids,
    wrap: (tokenIds) => [CLS, ...tokenIds, SEP],
  };
}
