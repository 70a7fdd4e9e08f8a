/** The special tokens of a tiny model, in the order of their ids. */
export interface SpecialTokens {
  readonly pad: string;
  readonly unknown: string;
  readonly begin: string;
  readonly end: string;
}

/** How a tokenizer frames its texts: like BERT's, or like the ones of RoBERTa and XLM-RoBERTa. */
export type Framing = 'bert' | 'roberta';

export const SPECIAL_TOKENS: Readonly<Record<Framing, SpecialTokens>> = {
  bert: { pad: '[PAD]', unknown: '[UNK]', begin: '[CLS]', end: '[SEP]' },
  roberta: { pad: '<pad>', unknown: '<unk>', begin: '<s>', end: '</s>' },
};

/** Characters that words outside the vocabulary are made of. */
const CHARACTERS = 'abcdefghijklmnopqrstuvwxyz0123456789.,:;?!-';

/** The tokens of a tiny vocabulary in the order of their ids: special ones, then words, then single characters. */
export function tinyVocabulary(words: readonly string[], framing: Framing): string[] {
  const { pad, unknown, begin, end } = SPECIAL_TOKENS[framing];
  const pieces = [...CHARACTERS].flatMap((character) => [character, `##${character}`]);
  return Array.from(
    new Set([pad, unknown, begin, end, ...words.map((word) => word.toLowerCase()), ...pieces]),
  );
}

/**
 * A tokenizer.json with a WordPiece vocabulary, as the tokenizers library writes it.
 * @param vocabulary tokens in the order of their ids. The ids of the special tokens are not those of BERT.
 */
export function tinyTokenizer(vocabulary: readonly string[], framing: Framing): object {
  const { pad, unknown, begin, end } = SPECIAL_TOKENS[framing];
  const idOf = (token: string) => vocabulary.indexOf(token);
  const special = (token: string, type = 0) => ({ SpecialToken: { id: token, type_id: type } });
  const text = (id: 'A' | 'B', type = 0) => ({ Sequence: { id, type_id: type } });
  const second = framing === 'bert' ? 1 : 0;
  const between = framing === 'bert' ? [special(end)] : [special(end), special(end)];
  return {
    version: '1.0',
    // As in published files: whoever reads more must say so.
    truncation: { max_length: 16, strategy: 'LongestFirst', stride: 0 },
    padding: null,
    added_tokens: [pad, unknown, begin, end].map((content) => ({
      id: idOf(content),
      content,
      special: true,
      single_word: false,
      lstrip: false,
      rstrip: false,
      normalized: false,
    })),
    normalizer: {
      type: 'BertNormalizer',
      clean_text: true,
      handle_chinese_chars: true,
      strip_accents: null,
      lowercase: true,
    },
    pre_tokenizer: { type: 'BertPreTokenizer' },
    post_processor: {
      type: 'TemplateProcessing',
      single: [special(begin), text('A'), special(end)],
      pair: [special(begin), text('A'), ...between, text('B', second), special(end, second)],
      special_tokens: Object.fromEntries(
        [begin, end].map((token) => [token, { id: token, ids: [idOf(token)], tokens: [token] }]),
      ),
    },
    decoder: { type: 'WordPiece', prefix: '##', cleanup: true },
    model: {
      type: 'WordPiece',
      unk_token: unknown,
      continuing_subword_prefix: '##',
      max_input_chars_per_word: 100,
      vocab: Object.fromEntries(vocabulary.map((token, id) => [token, id])),
    },
  };
}
