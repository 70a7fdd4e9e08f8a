import { join } from 'node:path';
import envPaths from 'env-paths';
import { messageOf, PaperSearchError } from '../../errors.ts';
import { type DownloadOptions, HubFiles } from './hub-files.ts';
import { DESCRIPTIONS, type ModelParts } from './parts.ts';

/** What to download from a hub, and how. */
export interface HubOptions extends DownloadOptions {
  /** Default `main`. */
  readonly revision?: string | undefined;
}

const HUB_ID = /^[\w.-]+(?:\/[\w.-]+)?$/;

/** The hub, or a mirror of it: $PAPER_SEARCH_HUB. */
function hubAddress(): string {
  const given = process.env.PAPER_SEARCH_HUB || 'https://huggingface.co/';
  return given.endsWith('/') ? given : `${given}/`;
}

/** Where downloaded files are kept until the model is added. */
function downloadFolder(): string {
  const cache = process.env.PAPER_SEARCH_CACHE || envPaths('paper-search', { suffix: '' }).cache;
  return join(cache, 'hub');
}

/**
 * Downloads a feature-extraction model from a hub with transformers.js, which chooses the files. Those that have
 * arrived are cached; the rest of a file is asked for when it is tried again.
 * @throws PaperSearchError BAD_REQUEST for a malformed id, FETCH_FAILED when a file does not arrive.
 */
export async function readFromHub(id: string, options: HubOptions): Promise<ModelParts> {
  if (!HUB_ID.test(id)) {
    throw new PaperSearchError('BAD_REQUEST', `"${id}" is not the id of a model on a hub: write owner/name.`);
  }
  const { revision = 'main', onProgress, signal } = options;
  const files = new HubFiles(downloadFolder(), { onProgress, signal });
  const { loadFromHub } = await import('../session.ts');
  const address = hubAddress();
  const quantized = await loadFromHub(id, { address, revision, files, quantized: true })
    .then(() => true)
    // Not every model has 8-bit weights.
    .catch((error) =>
      files.lacked('model_quantized.onnx') ? false : Promise.reject(failed(id, address, files, error)),
    );
  if (!quantized) {
    await loadFromHub(id, { address, revision, files, quantized: false }).catch((error) => {
      throw failed(id, address, files, error);
    });
  }
  const urlOf = (name: string) => `${address}${id}/resolve/${encodeURIComponent(revision)}/${name}`;
  const others = new Map<string, Uint8Array>();
  for (const name of DESCRIPTIONS) {
    const bytes = await files.read(urlOf(name)).catch((error) => {
      throw failed(id, address, files, error);
    });
    if (bytes) others.set(name, bytes);
  }
  const required = async (name: string) => {
    const bytes = await files.read(urlOf(name)).catch((error) => {
      throw failed(id, address, files, error);
    });
    if (bytes) return bytes;
    throw new PaperSearchError('BAD_INPUT', `The model ${id} has no ${name}, so it cannot be used.`);
  };
  return {
    kind: 'hub',
    model: await required(`onnx/model${quantized ? '_quantized' : ''}.onnx`),
    tokenizer: await required('tokenizer.json'),
    config: await required('config.json'),
    others,
  };
}

function failed(id: string, address: string, files: HubFiles, error: unknown): unknown {
  if (error instanceof PaperSearchError) return error;
  const reason = files.lastError ?? messageOf(error);
  return new PaperSearchError(
    'FETCH_FAILED',
    `The model ${id} could not be downloaded from ${address}: ${reason}. Check the id and the connection and run the command again: what has arrived is kept. Without a connection, use --from with a folder or an archive.`,
    { details: { id, address }, cause: error },
  );
}
