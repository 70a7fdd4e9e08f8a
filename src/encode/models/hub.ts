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

const HUB_ID = /^(?!\.)[\w.-]+(?:\/(?!\.)[\w.-]+)?$/;

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
 * Downloads a feature-extraction model in the layout of transformers.js from a hub. Files that have arrived are kept; a
 * file that was interrupted continues where it stopped when it is tried again.
 * @throws PaperSearchError BAD_REQUEST for a malformed id, FETCH_FAILED when a file does not arrive, BAD_INPUT for a
 *   model without a file that it needs.
 */
export async function readFromHub(id: string, options: HubOptions): Promise<ModelParts> {
  if (!HUB_ID.test(id)) {
    throw new PaperSearchError('BAD_REQUEST', `"${id}" is not the id of a model on a hub: write owner/name.`);
  }
  const { revision = 'main', onProgress, signal } = options;
  const address = hubAddress();
  const files = new HubFiles(downloadFolder(), { onProgress, signal });
  const optional = (name: string) =>
    files.read(`${address}${id}/resolve/${encodeURIComponent(revision)}/${name}`).catch((error) => {
      signal?.throwIfAborted();
      throw failed(id, address, error);
    });
  const required = async (...names: string[]) => {
    for (const name of names) {
      const bytes = await optional(name);
      if (bytes) return bytes;
    }
    throw new PaperSearchError(
      'BAD_INPUT',
      `${address}${id} has no ${names.join(' or ')} at revision ${revision}. Check the id; a model that transformers.js can load has these files.`,
      { details: { id, revision, files: names } },
    );
  };
  const config = await required('config.json');
  const tokenizer = await required('tokenizer.json');
  const others = new Map<string, Uint8Array>();
  for (const name of DESCRIPTIONS) {
    const bytes = await optional(name);
    if (bytes) others.set(name, bytes);
  }
  // Not every model has 8-bit weights.
  const model = await required('onnx/model_quantized.onnx', 'onnx/model.onnx');
  return { kind: 'hub', model, tokenizer, config, others };
}

function failed(id: string, address: string, error: unknown): PaperSearchError {
  const cause = error instanceof Error && error.cause ? ` (${messageOf(error.cause)})` : '';
  return new PaperSearchError(
    'FETCH_FAILED',
    `The model ${id} could not be downloaded from ${address}: ${messageOf(error)}${cause}. Check the connection and run the command again: what has arrived is kept. Without a connection, use --from with a folder or an archive.`,
    { details: { id, address }, cause: error },
  );
}
