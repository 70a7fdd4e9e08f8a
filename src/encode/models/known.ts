import type { Model } from './model.ts';

/** The values of a model that are measured or documented, whatever its files say. */
type KnownValues = Pick<
  Model,
  | 'architecture'
  | 'layers'
  | 'pooling'
  | 'queryPrefix'
  | 'passagePrefix'
  | 'maxTokens'
  | 'titleWeight'
  | 'ranking'
>;

/** bge-small-en-v1.5 (Xiao et al., SIGIR 2024). scripts/measurements/models.md has the figures behind the weights. */
const BGE_SMALL_EN: KnownValues = {
  architecture: 'bert',
  layers: 12,
  pooling: 'cls',
  queryPrefix: '',
  passagePrefix: '',
  maxTokens: 512,
  titleWeight: 0,
  ranking: {
    keywordShare: 0.35,
    relatedKeywordShare: 0.25,
    feedback: 0.3,
    confidence: { weak: 0.69, strong: 0.75 },
  },
};

/** By sha256 of the ONNX file: so a model is recognised wherever its file comes from. */
const BY_DIGEST: Readonly<Record<string, KnownValues>> = {
  // 8-bit and 32-bit weights.
  '6c9c6101a956d62dfb5e7190c538226c0c5bb9cb27b651234b6df063ee7dbfe4': BGE_SMALL_EN,
  '828e1496d7fabb79cfa4dcd84fa38625c0d3d21da474a00f08db0f559940cf35': BGE_SMALL_EN,
};

/** The values of a model that is known by the digest of its ONNX file. */
export function knownValues(digest: string): KnownValues | undefined {
  return BY_DIGEST[digest];
}
