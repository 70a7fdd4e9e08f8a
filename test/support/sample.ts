import { fileURLToPath } from 'node:url';
import type { Paper } from '../../src/papers/paper.ts';
import { listFiles } from '../../src/papers/read/files.ts';
import { readCorpusFile } from '../../src/papers/read/read-corpus.ts';

/** The papers of the sample corpus. */
export async function samplePapers(): Promise<Paper[]> {
  const folder = fileURLToPath(new URL('../../data', import.meta.url));
  const papers: Paper[] = [];
  for (const input of await listFiles([folder])) {
    for await (const event of readCorpusFile(input, {})) if (event.kind === 'paper') papers.push(event.paper);
  }
  return papers;
}
