import { fileURLToPath } from 'node:url';
import { listFiles } from '../../src/corpus/files.ts';
import { readCorpusFile } from '../../src/corpus/read-corpus.ts';
import type { Paper } from '../../src/types.ts';

/** The papers of the corpus that comes with the project. */
export async function samplePapers(): Promise<Paper[]> {
  const folder = fileURLToPath(new URL('../../data', import.meta.url));
  const papers: Paper[] = [];
  for (const input of await listFiles([folder])) {
    for await (const event of readCorpusFile(input, {})) if (event.kind === 'paper') papers.push(event.paper);
  }
  return papers;
}
