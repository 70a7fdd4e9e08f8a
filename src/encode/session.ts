import { AutoModel, env, Tensor } from '@xenova/transformers';
import { messageOf, PaperSearchError } from '../errors.ts';
import type { PreparedModel } from './model/prepare.ts';

/** Token vectors of a batch: row-major, windows × sequence × dimension. */
interface HiddenStates {
  readonly values: Float32Array;
  /** Tokens a window takes up, padding included. */
  readonly sequence: number;
}

/** A loaded model. Only this file uses transformers.js. */
export interface ModelSession {
  /** Runs the model over windows of token ids. Synchronous inside: it stops this thread's event loop. */
  run(windows: readonly (readonly number[])[]): Promise<HiddenStates>;
  dispose(): Promise<void>;
}

/** Sequence lengths are padded up to a multiple of this: the runtime keeps memory for every shape it has seen. */
const SHAPE_STEP = 8;

/** @throws PaperSearchError MODEL_UNAVAILABLE when the model cannot be loaded. */
export async function openSession(prepared: PreparedModel): Promise<ModelSession> {
  env.allowRemoteModels = false;
  env.localModelPath = prepared.root;
  env.useFSCache = false;
  const options = { quantized: prepared.precision === 'int8', local_files_only: true };
  const model = await AutoModel.from_pretrained(prepared.name, options).catch((cause: unknown) => {
    throw new PaperSearchError('MODEL_UNAVAILABLE', `The model cannot be loaded: ${messageOf(cause)}`, {
      cause,
    });
  });
  return {
    run: async (windows) => {
      const longest = windows.reduce((most, window) => Math.max(most, window.length), 1);
      const sequence = Math.ceil(longest / SHAPE_STEP) * SHAPE_STEP;
      const output = await model(modelInputs(windows, sequence));
      return { values: output.last_hidden_state.data as Float32Array, sequence };
    },
    dispose: async () => {
      await model.dispose();
    },
  };
}

function modelInputs(windows: readonly (readonly number[])[], sequence: number) {
  const ids = new BigInt64Array(windows.length * sequence);
  const mask = new BigInt64Array(windows.length * sequence);
  windows.forEach((window, row) => {
    window.forEach((id, column) => {
      ids[row * sequence + column] = BigInt(id);
      mask[row * sequence + column] = 1n;
    });
  });
  const dims = [windows.length, sequence];
  return {
    input_ids: new Tensor('int64', ids, dims),
    attention_mask: new Tensor('int64', mask, dims),
    token_type_ids: new Tensor('int64', new BigInt64Array(ids.length), dims),
  };
}
