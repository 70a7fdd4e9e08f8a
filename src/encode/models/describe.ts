import { z } from 'zod';
import { messageOf, PaperSearchError } from '../../errors.ts';
import { BUNDLED_RANKING, type Pooling } from '../model-info.ts';
import { knownValues } from './known.ts';
import type { Model } from './model.ts';
import type { ModelParts } from './parts.ts';
import type { RerankerModel } from './reranker.ts';
import type { Task } from './tasks.ts';

/** What a user says about a model; the rest follows from its files. */
export interface ModelChoices {
  readonly pooling?: Pooling | undefined;
  readonly queryPrefix?: string | undefined;
  readonly passagePrefix?: string | undefined;
  readonly maxTokens?: number | undefined;
  readonly titleWeight?: number | undefined;
}

/** What a user says about a reranker. */
export interface RerankerChoices {
  readonly maxTokens?: number | undefined;
  /** See `RerankerModel`. Default 1. */
  readonly weight?: number | undefined;
}

/** What a model's description says without its name, source, dimension and digests. */
export type Description = Omit<Model, 'name' | 'source' | 'dimension' | 'files'>;

/** config.json, as far as it is read. */
const Config = z.looseObject({
  model_type: z.string().default('bert'),
  architectures: z.array(z.string()).nullish(),
  num_hidden_layers: z.int().positive().optional(),
  max_position_embeddings: z.int().positive().optional(),
});
/** sentence-transformers' files: modules, longest text, prompts. */
const PoolingConfig = z.looseObject({
  pooling_mode_cls_token: z.boolean().default(false),
  pooling_mode_mean_tokens: z.boolean().default(false),
});
const LengthConfig = z.looseObject({ max_seq_length: z.int().positive().nullish() });
const TokenizerConfig = z.looseObject({ model_max_length: z.number().positive().nullish() });
const PromptConfig = z.looseObject({ prompts: z.record(z.string(), z.string()).nullish() });

/** A window of most models; the widest that is used unless a file or the user says more. */
const DEFAULT_MAX_TOKENS = 512;
/** Tokenizers without a limit state a huge number. */
const UNLIMITED = 1_000_000;
/** RoBERTa's positions begin after its padding. */
const RESERVED_POSITIONS = 2;

/** What a model is for: a classifier of texts compares papers with queries. */
export function taskOf(parts: ModelParts): Task {
  const { architectures } = configOf(parts);
  return architectures?.some((name) => name.endsWith('ForSequenceClassification'))
    ? 'reranking'
    : 'embedding';
}

/** What the files of a cross-encoder and the user say about it. @throws PaperSearchError BAD_INPUT for a file that cannot be read. */
export function describeReranker(
  parts: ModelParts,
  { maxTokens, weight = 1 }: RerankerChoices,
): Pick<RerankerModel, 'task' | 'architecture' | 'layers' | 'maxTokens' | 'weight'> {
  const config = configOf(parts);
  return {
    task: 'reranking',
    architecture: config.model_type,
    layers: config.num_hidden_layers,
    maxTokens: windowOf(parts, config, maxTokens),
    weight,
  };
}

function configOf(parts: ModelParts): z.infer<typeof Config> {
  return read(parts, 'config.json', Config) ?? Config.parse({});
}

/**
 * What the files of a model and the user say about it. The user's word counts most, then measured values of a known
 * model, then the files.
 * @param digest sha256 of the ONNX file, in hex.
 * @throws PaperSearchError BAD_INPUT for a file that cannot be read, or a pooling that is not supported.
 */
export function describeModel(parts: ModelParts, digest: string, choices: ModelChoices): Description {
  const known = knownValues(digest);
  const config = configOf(parts);
  const prompts = read(parts, 'config_sentence_transformers.json', PromptConfig)?.prompts ?? {};
  return {
    architecture: parts.config ? config.model_type : (known?.architecture ?? config.model_type),
    layers: config.num_hidden_layers ?? known?.layers,
    pooling: choices.pooling ?? known?.pooling ?? poolingOf(parts) ?? 'mean',
    queryPrefix: choices.queryPrefix ?? known?.queryPrefix ?? prompts.query ?? '',
    passagePrefix: choices.passagePrefix ?? known?.passagePrefix ?? prompts.document ?? prompts.passage ?? '',
    maxTokens: windowOf(parts, config, choices.maxTokens ?? known?.maxTokens),
    titleWeight: choices.titleWeight ?? known?.titleWeight ?? 0,
    ranking: known?.ranking ?? BUNDLED_RANKING,
  };
}

/** Tokens that a model reads at once. @param chosen what counts more than its files say. */
function windowOf(parts: ModelParts, config: z.infer<typeof Config>, chosen: number | undefined): number {
  const positions = positionsOf(config);
  const stated =
    read(parts, 'sentence_bert_config.json', LengthConfig)?.max_seq_length ??
    limited(read(parts, 'tokenizer_config.json', TokenizerConfig)?.model_max_length);
  const maxTokens = chosen ?? stated ?? DEFAULT_MAX_TOKENS;
  return Math.min(maxTokens, positions ?? maxTokens);
}

function positionsOf({ model_type: type, max_position_embeddings: positions }: z.infer<typeof Config>) {
  if (positions === undefined) return undefined;
  return /roberta|camembert|mpnet/.test(type) ? positions - RESERVED_POSITIONS : positions;
}

function limited(length: number | null | undefined): number | undefined {
  return length && length < UNLIMITED ? Math.floor(length) : undefined;
}

function poolingOf(parts: ModelParts): Pooling | undefined {
  const stated = read(parts, '1_Pooling/config.json', PoolingConfig);
  if (!stated) return undefined;
  if (stated.pooling_mode_cls_token) return 'cls';
  if (stated.pooling_mode_mean_tokens) return 'mean';
  throw new PaperSearchError(
    'BAD_INPUT',
    '1_Pooling/config.json asks for a pooling other than the mean of the tokens or the first token. If one of them suits the model, name it with --pooling.',
  );
}

/** A file as JSON; undefined when the model does not have it. */
function read<T>(parts: ModelParts, name: string, schema: z.ZodType<T>): T | undefined {
  const bytes = name === 'config.json' ? parts.config : parts.others.get(name);
  if (!bytes) return undefined;
  try {
    return schema.parse(JSON.parse(Buffer.from(bytes).toString('utf8')));
  } catch (error) {
    const reason = error instanceof z.ZodError ? z.prettifyError(error) : messageOf(error);
    throw new PaperSearchError('BAD_INPUT', `${name} of the model cannot be read: ${reason}`, {
      details: { file: name },
    });
  }
}
