import { existsSync } from 'node:fs';
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { bundledModel } from '../../src/encode/model/minilm.ts';
import { CACHE } from './corpora.ts';
import { writeDenseInput } from './dense-input.ts';
import { commit } from './machine.ts';
import { buildIndex } from './product-index.ts';
import { ownSource } from './source.ts';

const { dimension } = bundledModel('int8');

/** An index of the bench's own papers, cached by commit. @returns its folder. */
export async function benchIndex(papers: number): Promise<string> {
  const version = commit();
  const index = join(CACHE, `index-${papers}-${version}`);
  // Uncommitted changes may have changed the format: such an index is built again.
  if (existsSync(join(index, 'CURRENT')) && !version.endsWith('-dirty')) return index;
  process.stderr.write(`Building an index of ${papers} papers in ${index}\n`);
  await rm(index, { recursive: true, force: true });
  const source = ownSource();
  const vectorsFile = join(CACHE, `vectors-${process.pid}.f32`);
  try {
    await writeDenseInput(vectorsFile, await source.vectors(papers), dimension, papers, 0);
    const bytes = await readFile(vectorsFile);
    const vectors = new Float32Array(bytes.buffer, bytes.byteOffset, bytes.length / 4);
    await buildIndex(index, await source.file(papers), vectors);
  } finally {
    await rm(vectorsFile, { force: true });
  }
  return index;
}
