import { createReadStream, createWriteStream, existsSync } from 'node:fs';
import { rename } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { pipeline } from 'node:stream/promises';
import { corpusFile, REAL_PAPERS } from './corpora.ts';

/**
 * The papers of `corpusFile` as as many papers of an index: a recombined one has no identifiers and links of the paper
 * whose title it has, by which an ingest would put the two together. Cached in the folder.
 * @returns the file: JSON Lines.
 */
export async function distinctPapers(count: number, folder: string): Promise<string> {
  const source = await corpusFile(count);
  if (count <= REAL_PAPERS) return source;
  const file = join(folder, `papers-${count}.jsonl`);
  if (existsSync(file)) return file;
  await pipeline(withoutIdentifiers(source), createWriteStream(`${file}.tmp`));
  await rename(`${file}.tmp`, file);
  return file;
}

async function* withoutIdentifiers(source: string): AsyncGenerator<string> {
  let read = 0;
  const input = createReadStream(source);
  for await (const line of createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY })) {
    if (read++ < REAL_PAPERS) yield `${line}\n`;
    else yield `${JSON.stringify({ ...JSON.parse(line), externalIds: {}, urls: {} })}\n`;
  }
}
