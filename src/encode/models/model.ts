import { createHash } from 'node:crypto';
import { z } from 'zod';
import { type ModelInfo, POOLINGS } from '../model-info.ts';

/** Where a model comes from. */
const SOURCES = ['bundled', 'folder', 'archive', 'hub'] as const;

const share = z.number().min(0).max(1);

export const RankingSchema = z.object({
  keywordShare: share,
  relatedKeywordShare: share,
  feedback: z.number().min(0).max(2),
  confidence: z.object({ weak: z.number().min(-1).max(1), strong: z.number().min(-1).max(1) }),
});

/** Letters, digits, `.`, `_` and `-`: a name is also the name of a folder. */
export const MODEL_NAME = /^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/;

const DIGEST = /^[0-9a-f]{64}$/;

/** The file `model.json` of an added model. */
export const ModelSchema = z.object({
  name: z.string().regex(MODEL_NAME),
  source: z.object({
    kind: z.enum(SOURCES),
    /** The path or the id on the hub that it was added from. */
    from: z.string(),
  }),
  /** `model_type` of the model's config.json. */
  architecture: z.string(),
  layers: z.int().positive().optional(),
  pooling: z.enum(POOLINGS),
  /** Text before every query, and before every paper. */
  queryPrefix: z.string(),
  passagePrefix: z.string(),
  /** Tokens the model reads at once, its special tokens included. */
  maxTokens: z.int().min(16).max(65_536),
  /** Numbers in a vector. */
  dimension: z.int().positive().max(65_536),
  /** Weight of the vector of a paper's title beside that of its whole text; 0 for no title vector. */
  titleWeight: z.number().min(0).max(4),
  /** Those that it had before it was calibrated: indexes may have vectors with them. */
  formerTitleWeights: z.array(z.number().min(0).max(4)).optional(),
  ranking: RankingSchema,
  /** sha256 of the files, in hex. */
  files: z.object({
    model: z.string().regex(DIGEST),
    tokenizer: z.string().regex(DIGEST),
    config: z.string().regex(DIGEST),
  }),
});

/**
 * An embedding model with everything that its vectors and a ranking by them depend on. Vectors are always scaled to
 * length 1.
 */
export type Model = Readonly<z.infer<typeof ModelSchema>>;

/**
 * The digest of what the vectors of papers depend on, in hex. The query's prefix and the ranking can change without
 * encoding the papers again.
 */
function digestOfModel({ files, pooling, passagePrefix, maxTokens, titleWeight }: Model): string {
  const parts = [files.model, files.tokenizer, pooling, passagePrefix, maxTokens, titleWeight];
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex');
}

/** A model as a manifest records it. The bundled one is recorded as it was before there were others. */
export function infoOf(model: Model): ModelInfo {
  const { name, dimension, maxTokens, ranking, source, files } = model;
  if (source.kind === 'bundled') return { name, dimension, maxTokens, digest: files.model };
  return { name, dimension, maxTokens, digest: digestOfModel(model), ranking };
}
