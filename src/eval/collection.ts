import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { messageOf, PaperSearchError } from '../errors.ts';

/** Judgments: query id to paper id to gain (0 is not relevant). */
export type Qrels = ReadonlyMap<string, ReadonlyMap<string, number>>;

export interface JudgedQuery {
  readonly id: string;
  readonly text: string;
  /** Id of the paper that is the query, in collections of related papers. */
  readonly doc: string | undefined;
}

const QueryRecord = z.object({
  _id: z.union([z.string(), z.number()]).transform(String),
  text: z.string(),
  metadata: z.object({ doc: z.union([z.string(), z.number()]).transform(String).optional() }).optional(),
});

/**
 * The queries of a BEIR collection that have judgments, in the order of the file.
 * @throws PaperSearchError BAD_INPUT with the line when a file is not of the BEIR layout.
 */
export async function readQueries(folder: string, qrels: Qrels): Promise<JudgedQuery[]> {
  const file = join(folder, 'queries.jsonl');
  return (await readText(file))
    .split('\n')
    .flatMap((line, index) => {
      if (line.trim() === '') return [];
      try {
        const { _id, text, metadata } = QueryRecord.parse(JSON.parse(line));
        return [{ id: _id, text, doc: metadata?.doc }];
      } catch (cause) {
        const reason = cause instanceof z.ZodError ? z.prettifyError(cause) : messageOf(cause);
        throw new PaperSearchError('BAD_INPUT', `${file}, line ${index + 1}: ${reason}`, { cause });
      }
    })
    .filter(({ id }) => qrels.has(id));
}

/**
 * Reads `qrels/NAME.tsv`: a header, then query id, paper id and gain, parted by tabs.
 * @throws PaperSearchError BAD_INPUT with the line when a row is of another form.
 */
export async function readQrels(folder: string, name: string): Promise<Qrels> {
  const file = join(folder, 'qrels', `${name}.tsv`);
  const qrels = new Map<string, Map<string, number>>();
  const rows = (await readText(file)).split(/\r?\n/).slice(1);
  rows.forEach((row, index) => {
    if (row.trim() === '') return;
    const [query, paper, gain] = row.split('\t');
    if (!query || !paper || gain === undefined || !/^-?\d+$/.test(gain.trim())) {
      throw new PaperSearchError(
        'BAD_INPUT',
        `${file}, line ${index + 2}: expected query id, paper id and gain.`,
      );
    }
    const judged = qrels.get(query) ?? new Map<string, number>();
    judged.set(paper, Number(gain));
    qrels.set(query, judged);
  });
  return qrels;
}

async function readText(file: string): Promise<string> {
  return readFile(file, 'utf8').catch((cause: Error) => {
    throw new PaperSearchError(
      'NO_INPUT',
      `Cannot read ${file}: ${cause.message}. Expected a BEIR collection.`,
      { cause },
    );
  });
}
