import type { Encoder } from '../encode/encoder.ts';
import { bundledModel } from '../encode/model/minilm.ts';
import type { ModelInfo } from '../encode/model-info.ts';
import { infoOf, type Model } from '../encode/models/model.ts';
import { findModel, modelOfIndex } from '../encode/models/registry.ts';
import { createBulkEncoder } from '../encode/process-encoder.ts';
import { PaperSearchError } from '../errors.ts';
import { expectBuiltWith, nameOf } from '../indexes/store/manifest.ts';
import type { Previous } from './previous.ts';

/** The index to change and the model of its vectors. */
export interface ModelChoice {
  /** Folder of the index. Default `index`. */
  readonly index?: string | undefined;
  /** Name of the model that encodes the papers. Default: that of the index; for a new one, the bundled model. */
  readonly model?: string | undefined;
  /** Whether an index with another model has its papers encoded again by `model`. Default false: that is an error. */
  readonly changeModel?: boolean | undefined;
  /** Default: the model in a separate process, closed at the end. One that is passed stays open. */
  readonly encoder?: Encoder | undefined;
}

interface Choice extends ModelChoice {
  /** The current snapshot. */
  readonly previous: Previous | undefined;
  /** The same; undefined where the index is rebuilt. */
  readonly basis: Previous | undefined;
}

/**
 * The encoder of an update: the one that the caller passed, else that of the model that it names, else that of the index.
 * @param onConvert called when the weights of the bundled model have to be converted first.
 * @throws PaperSearchError INDEX_INCOMPATIBLE for another model than that of the index, unless it is to be changed;
 *   NOT_FOUND for an unknown model.
 */
export async function chooseEncoder(choice: Choice, onConvert: () => void): Promise<Encoder> {
  const { encoder, basis, changeModel = false, index = 'index' } = choice;
  if (encoder) {
    if (basis && !changeModel) expectBuiltWith('model', nameOf(basis.model), nameOf(encoder.model));
    return encoder;
  }
  const model = await modelOf(choice);
  if (basis && !changeModel && infoOf(model).digest !== basis.model.digest) {
    throw new PaperSearchError(
      'INDEX_INCOMPATIBLE',
      `The index "${index}" has the vectors of ${described(basis.model, model)}. To encode its papers again, run "paper-search model use ${model.name} --index ${index}". The index is unchanged.`,
      { details: { found: basis.model.name, expected: model.name } },
    );
  }
  return createBulkEncoder({ model, onConvert });
}

function described(found: ModelInfo, { name }: Model): string {
  return found.name === name
    ? `${name} with other files or settings than those of the installed one`
    : `${found.name}, not of ${name}`;
}

async function modelOf({ model: name, basis, previous }: Choice): Promise<Model> {
  if (name !== undefined) return findModel(name);
  if (basis) return modelOfIndex(basis.model);
  // A rebuilt index keeps its model. One that is not installed may be why it is rebuilt.
  return previous ? modelOfIndex(previous.model).catch(() => bundledModel()) : bundledModel();
}
