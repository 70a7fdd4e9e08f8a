import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { messageOf, PaperSearchError } from '../../errors.ts';

/** Judgments: query id to paper id to gain (0 and below is not relevant). */
type Qrels = ReadonlyMap<string, ReadonlyMap<string, number>>;

/** A query with at least one relevant paper. */
export interface JudgedQuery {
  readonly id: string;
  readonly text: string;
  /** Id of the paper that is the query, in collections of related papers. */
  readonly doc: string | undefined;
  /** Judged papers, without the query's own. */
  readonly gains: ReadonlyMap<string, number>;
}

export interface CollectionOptions {
  /** Name of the judgments: `qrels/NAME.tsv`. */
  readonly qrels: string;
  /** Whether every query has to be a paper, which it names in `metadata.doc`. */
  readonly related: boolean;
}

const QueryRecord = z.object({
  _id: z.union([z.string(), z.number()]).transform(String),
  text: z.string(),
  metadata: z.object({ doc: z.union([z.string(), z.number()]).transform(String).optional() }).optional(),
});

/**
 * The queries of a BEIR collection that can be measured, in the order of `queries.jsonl`: those with a relevant
 * paper other than the query itself. trec_eval keeps judged queries without a relevant paper, for which every system
 * scores 0; here they are skipped, so that a perfect answer scores 1.
 * @throws PaperSearchError NO_INPUT when a file cannot be read; BAD_INPUT with the line for a file that does not have
 *   the BEIR layout, when no query has a relevant paper, and when a query is not a paper although `related` is set.
 */
export async function readCollection(
  folder: string,
  { qrels: name, related }: CollectionOptions,
): Promise<JudgedQuery[]> {
  const qrels = await readQrels(folder, name);
  const records = await readQueries(folder);
  const queries = records.flatMap(({ _id: id, text, metadata }) => {
    const doc = metadata?.doc;
    const gains = new Map(Array.from(qrels.get(id) ?? []).filter(([paper]) => paper !== doc));
    return Array.from(gains.values()).some((gain) => gain > 0) ? [{ id, text, doc, gains }] : [];
  });
  if (queries.length > 0) {
    if (related) expectPapers(queries, folder);
    return queries;
  }
  throw new PaperSearchError(
    'BAD_INPUT',
    `No query of ${folder} has a relevant paper in qrels/${name}.tsv. Choose other judgments.`,
  );
}

/** Another paper may have the number of a query as its id, so an id does not make a query a paper. */
function expectPapers(queries: readonly JudgedQuery[], folder: string): void {
  const texts = queries.filter(({ doc }) => doc === undefined);
  const [first] = texts;
  if (!first) return;
  const message = `${join(folder, 'queries.jsonl')}: ${texts.length} of ${queries.length} judged queries do not say which paper they are, for example query "${first.id}", so related papers cannot be measured. Add the id of the paper to each query as metadata.doc, or choose other modes.`;
  throw new PaperSearchError('BAD_INPUT', message, { details: { query: first.id } });
}

async function readQueries(folder: string): Promise<z.infer<typeof QueryRecord>[]> {
  const file = join(folder, 'queries.jsonl');
  return (await readText(file)).split('\n').flatMap((line, index) => {
    if (line.trim() === '') return [];
    try {
      return [QueryRecord.parse(JSON.parse(line))];
    } catch (cause) {
      const reason = cause instanceof z.ZodError ? z.prettifyError(cause) : messageOf(cause);
      throw new PaperSearchError('BAD_INPUT', `${file}, line ${index + 1}: ${reason}`, { cause });
    }
  });
}

/** Reads `qrels/NAME.tsv`: query id, paper id and gain, separated by tabs; a first row without a gain is a header. */
async function readQrels(folder: string, name: string): Promise<Qrels> {
  const file = join(folder, 'qrels', `${name}.tsv`);
  const qrels = new Map<string, Map<string, number>>();
  const rows = (await readText(file)).split(/\r?\n/);
  rows.forEach((row, index) => {
    if (row.trim() === '') return;
    const [query, paper, gain = ''] = row.split('\t');
    const isGain = /^-?\d+$/.test(gain.trim());
    if (index === 0 && Number.isNaN(Number.parseFloat(gain))) return;
    if (!query || !paper || !isGain) {
      throw new PaperSearchError(
        'BAD_INPUT',
        `${file}, line ${index + 1}: expected query id, paper id and gain.`,
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
