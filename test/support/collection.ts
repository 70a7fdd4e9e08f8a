import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { temporaryFolder } from './temporary-folder.ts';

/** A BEIR collection in a temporary folder. @param qrels rows `query paper gain` by the name of the judgments. */
export async function collectionOf(
  queries: readonly object[],
  qrels: Readonly<Record<string, readonly string[]>>,
): Promise<string> {
  const folder = await temporaryFolder();
  await mkdir(join(folder, 'qrels'));
  await writeFile(
    join(folder, 'queries.jsonl'),
    queries.map((query) => `${JSON.stringify(query)}\n`).join(''),
  );
  for (const [name, rows] of Object.entries(qrels)) {
    const lines = ['query-id\tcorpus-id\tscore', ...rows];
    await writeFile(join(folder, 'qrels', `${name}.tsv`), `${lines.join('\n')}\n`);
  }
  return folder;
}
