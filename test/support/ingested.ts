import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { openSnapshot } from '../../src/indexes/store/snapshot-reader.ts';
import { type IngestOptions, ingest } from '../../src/ingest/ingest.ts';
import type { IngestReport } from '../../src/ingest/report.ts';
import type { Paper } from '../../src/papers/paper.ts';
import { HashingEncoder } from './hashing-encoder.ts';
import { temporaryFolder } from './temporary-folder.ts';

/** The papers of an index, sorted by title. */
export async function papersIn(index: string): Promise<Paper[]> {
  const snapshot = await openSnapshot(index);
  const papers = [...snapshot.papers];
  snapshot.close();
  return papers.sort((a, b) => (a.title < b.title ? -1 : 1));
}

/**
 * The papers of a new index of files in the folder of a test.
 * @param url `import.meta.url` of the test.
 */
export async function ingested(
  url: string,
  files: readonly string[],
  options: IngestOptions = {},
): Promise<{ readonly papers: readonly Paper[]; readonly report: IngestReport; readonly index: string }> {
  const index = join(await temporaryFolder(), 'index');
  const paths = files.map((file) => join(dirname(fileURLToPath(url)), file));
  const report = await ingest(paths, { index, encoder: new HashingEncoder(), ...options });
  return { papers: await papersIn(index), report, index };
}
