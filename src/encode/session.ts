import { AsyncLocalStorage } from 'node:async_hooks';
import { AutoModel, AutoModelForSequenceClassification, env, Tensor } from '@xenova/transformers';
import runtime from 'onnxruntime-node';
import { messageOf, PaperSearchError } from '../errors.ts';
import { type ModelFiles, onnxFile } from './models/files.ts';
import type { TokenPair } from './pair-tokenizer.ts';

/** Token vectors of a batch: row-major, windows × sequence × dimension. */
interface HiddenStates {
  readonly values: Float32Array;
  /** Tokens a window takes up, padding included. */
  readonly sequence: number;
  /** Numbers in the vector of a token. */
  readonly dimension: number;
}

/** A loaded model. Only this file uses transformers.js. */
export interface ModelSession {
  /** Runs the model over windows of token ids. Synchronous inside: it stops this thread's event loop. */
  run(windows: readonly (readonly number[])[]): Promise<HiddenStates>;
  dispose(): Promise<void>;
}

/** Sequence lengths are padded up to a multiple of this: the runtime keeps memory for every shape it has seen. */
const SHAPE_STEP = 8;

/** The model that is being loaded. */
interface Loading {
  /** Its ONNX file. */
  readonly file: string;
  /** Undefined for the runtime's default, one per physical core. */
  readonly threads: number | undefined;
}

const loading = new AsyncLocalStorage<Loading>();

// transformers.js passes the bytes of a model, with which this version of the runtime ignores every option; with the path
// of a file it does not. transformers.js has no parameter for the options either, so they are added on the way there.
const { InferenceSession } = runtime;
type Options = Parameters<typeof InferenceSession.create>[1];
const create = InferenceSession.create.bind(InferenceSession);
Object.assign(InferenceSession, {
  create: (model: Uint8Array, options?: Options) => {
    const { file, threads } = loading.getStore() ?? {};
    if (file === undefined) return create(model, options);
    return create(file, { executionProviders: ['cpu'], ...(threads && { intraOpNumThreads: threads }) });
  },
});

/**
 * Loads a model.
 * @param padding the token id of padding.
 * @param threads that run the model. Default: one per physical core.
 * @throws PaperSearchError MODEL_UNAVAILABLE when the model cannot be loaded.
 */
export async function openSession(files: ModelFiles, padding = 0, threads?: number): Promise<ModelSession> {
  const model = await load(files, AutoModel, threads);
  return {
    run: async (windows) => {
      const longest = windows.reduce((most, window) => Math.max(most, window.length), 1);
      const sequence = paddedLength(longest);
      const hidden = tokenVectors(await model(modelInputs(windows, sequence, padding)));
      return { values: hidden.data as Float32Array, sequence, dimension: hidden.dims[2]! };
    },
    dispose: async () => {
      await model.dispose();
    },
  };
}

/** A loaded cross-encoder. */
export interface PairSession {
  /** The logits of a pair of texts, one per label. Synchronous inside: it stops this thread's event loop. */
  run(pair: TokenPair): Promise<Float32Array>;
  dispose(): Promise<void>;
}

/**
 * Loads a model for the classification of pairs of texts.
 * @param padding the token id of padding.
 * @throws PaperSearchError MODEL_UNAVAILABLE when the model cannot be loaded.
 */
export async function openPairSession(files: ModelFiles, padding = 0): Promise<PairSession> {
  // The runtime can run more architectures than transformers.js has a class for.
  const model = await load(files, AutoModelForSequenceClassification).catch((error) =>
    /Unsupported model type/.test(messageOf(error)) ? load(files, AutoModel) : Promise.reject(error),
  );
  return {
    run: async ({ tokenIds, typeIds }) => {
      const inputs = modelInputs([tokenIds], paddedLength(tokenIds.length), padding, [typeIds]);
      return logitsOf(await model(inputs));
    },
    dispose: async () => {
      await model.dispose();
    },
  };
}

async function load(files: ModelFiles, auto: typeof AutoModel, threads?: number) {
  env.allowRemoteModels = false;
  env.localModelPath = files.root;
  env.useFSCache = false;
  const options = { quantized: files.quantized, local_files_only: true };
  const read = () => auto.from_pretrained(files.folder, options);
  return loading.run({ file: onnxFile(files), threads }, read).catch((cause: unknown) => {
    throw new PaperSearchError('MODEL_UNAVAILABLE', `The model cannot be loaded: ${messageOf(cause)}`, {
      cause,
    });
  });
}

function paddedLength(tokens: number): number {
  return Math.ceil(tokens / SHAPE_STEP) * SHAPE_STEP;
}

function logitsOf(outputs: Readonly<Record<string, Tensor>>): Float32Array {
  const found = ['logits', ...Object.keys(outputs)]
    .map((name) => outputs[name])
    .find((output) => output?.dims.length === 2 && output.data instanceof Float32Array);
  if (found) return found.data as Float32Array;
  const names = Object.keys(outputs).join(', ');
  throw new PaperSearchError(
    'MODEL_UNAVAILABLE',
    `The model has no output with 32-bit floats per text; its outputs are ${names}. Export it for sequence classification.`,
    { details: { outputs: Object.keys(outputs) } },
  );
}

/** Names that exporters give the output with a vector per token. */
const OUTPUTS = ['last_hidden_state', 'token_embeddings'];

function tokenVectors(outputs: Readonly<Record<string, Tensor>>): Tensor {
  const found = [...OUTPUTS, ...Object.keys(outputs)]
    .map((name) => outputs[name])
    .find((output) => output?.dims.length === 3 && output.data instanceof Float32Array);
  if (found) return found;
  const names = Object.keys(outputs).join(', ');
  throw new PaperSearchError(
    'MODEL_UNAVAILABLE',
    `The model has no output with a vector of 32-bit floats per token; its outputs are ${names}. Export it for feature extraction.`,
    { details: { outputs: Object.keys(outputs) } },
  );
}

function modelInputs(
  windows: readonly (readonly number[])[],
  sequence: number,
  padding: number,
  types: readonly (readonly number[])[] = [],
) {
  const ids = new BigInt64Array(windows.length * sequence).fill(BigInt(padding));
  const mask = new BigInt64Array(windows.length * sequence);
  const typeIds = new BigInt64Array(windows.length * sequence);
  windows.forEach((window, row) => {
    window.forEach((id, column) => {
      ids[row * sequence + column] = BigInt(id);
      mask[row * sequence + column] = 1n;
      typeIds[row * sequence + column] = BigInt(types[row]?.[column] ?? 0);
    });
  });
  const dims = [windows.length, sequence];
  return {
    input_ids: new Tensor('int64', ids, dims),
    attention_mask: new Tensor('int64', mask, dims),
    token_type_ids: new Tensor('int64', typeIds, dims),
  };
}
