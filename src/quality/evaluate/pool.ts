import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { messageOf, PaperSearchError } from '../../errors.ts';
import { unescapeBlanks } from './run.ts';

/** The candidates of each query, the only papers that are ranked for it: query id to paper ids, each once. */
export type Pool = ReadonlyMap<string, readonly string[]>;

const Id = z.union([z.string(), z.number()]).transform(String);
const JsonPool = z.record(
  z.string(),
  z.union(
    [
      z.array(Id),
      z.object({ cands: z.array(Id) }).transform(({ cands }) => cands),
      z.record(z.string(), z.number()).transform((gains) => Object.keys(gains)),
    ],
    { error: 'expected a list of paper ids, an object with the list "cands", or numbers by paper id' },
  ),
);

/** Where the query and the paper are in a line, by its number of fields: BEIR judgments, TREC judgments, a TREC run. */
const PAPER_FIELD: Readonly<Record<number, number>> = { 3: 1, 4: 2, 6: 2 };

/**
 * Reads the candidates of each query from one of: judgments (BEIR: query, paper, gain; TREC: query, iteration, paper,
 * gain), whatever the gains are; a TREC run; JSON, by query: a list of paper ids, `{"cands": [...]}` as CSFCube has
 * it, or numbers by paper id.
 * @param file its name, for messages. @throws PaperSearchError BAD_INPUT with the file and the line or the query for
 *   anything else, and for a file without candidates.
 */
export function parsePool(text: string, file: string): Pool {
  const pool = text.trimStart().startsWith('{') ? parseJson(text, file) : parseLines(text, file);
  if (pool.size > 0) return pool;
  throw new PaperSearchError('BAD_INPUT', `${file} contains no candidate papers.`, { details: { file } });
}

/** Reads a file as `parsePool` does. @throws PaperSearchError NO_INPUT when it cannot be read; BAD_INPUT. */
export async function readPool(file: string): Promise<Pool> {
  const text = await readFile(file, 'utf8').catch((cause: unknown) => {
    const message = `Cannot read ${file}: ${messageOf(cause)}. Expected the candidate papers of each query.`;
    throw new PaperSearchError('NO_INPUT', message, { details: { file }, cause });
  });
  return parsePool(text, file);
}

function parseJson(text: string, file: string): Pool {
  try {
    const queries = Object.entries(JsonPool.parse(JSON.parse(text)));
    return new Map(queries.map(([query, papers]) => [query, [...new Set(papers)]]));
  } catch (cause) {
    const [issue] = cause instanceof z.ZodError ? cause.issues : [];
    const reason = issue ? `query "${issue.path.join('.')}": ${issue.message}.` : messageOf(cause);
    throw new PaperSearchError('BAD_INPUT', `${file}: ${reason}`, { details: { file }, cause });
  }
}

function parseLines(text: string, file: string): Pool {
  const pool = new Map<string, Set<string>>();
  for (const [index, line] of text.split(/\r?\n/).entries()) {
    if (line.trim() === '') continue;
    const tabbed = line.split('\t');
    // Ids in BEIR files may contain blanks.
    const fields =
      tabbed.length === 3
        ? tabbed
        : line
            .trim()
            .split(/[ \t\v\f]+/)
            .map(unescapeBlanks);
    const isHeader = index === 0 && tabbed.length === 3 && Number.isNaN(Number.parseFloat(fields[2]!));
    if (isHeader) continue;
    const query = fields[0];
    const paper = fields[PAPER_FIELD[fields.length] ?? -1];
    if (!query || !paper) {
      const message = `${file}, line ${index + 1}: expected query id, paper id and gain, or a line of TREC judgments or a TREC run.`;
      throw new PaperSearchError('BAD_INPUT', message, { details: { file, line: index + 1 } });
    }
    const papers = pool.get(query) ?? new Set();
    pool.set(query, papers.add(paper));
  }
  return new Map(Array.from(pool, ([query, papers]) => [query, [...papers]]));
}
