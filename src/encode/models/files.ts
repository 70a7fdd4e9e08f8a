import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Model } from './model.ts';

/** A model on disk in the layout that transformers.js loads: `<root>/<folder>/{config,tokenizer}.json` and `onnx/`. */
export interface ModelFiles {
  readonly root: string;
  readonly folder: string;
  /** Whether the model is `onnx/model_quantized.onnx`, not `onnx/model.onnx`. */
  readonly quantized: boolean;
  /** The expected sha256 of each file, in hex. */
  readonly digests: Model['files'];
}

/** Path of the ONNX file. */
export function onnxFile({ root, folder, quantized }: Omit<ModelFiles, 'digests'>): string {
  return join(root, folder, 'onnx', quantized ? 'model_quantized.onnx' : 'model.onnx');
}

/** Whether all files are there, with their digests. */
export async function isIntact(files: ModelFiles): Promise<boolean> {
  return (await damagedFile(files)) === undefined;
}

/** The path of the first file that is missing or has another digest; undefined if all are as expected. */
export async function damagedFile(files: ModelFiles): Promise<string | undefined> {
  const { root, folder, digests } = files;
  const expected = [
    [onnxFile(files), digests.model],
    [join(root, folder, 'config.json'), digests.config],
    [join(root, folder, 'tokenizer.json'), digests.tokenizer],
  ] as const;
  for (const [file, digest] of expected) {
    const bytes = await readFile(file).catch(() => undefined);
    if (!bytes || sha256(bytes) !== digest) return file;
  }
  return undefined;
}

/** In hex. */
export function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
