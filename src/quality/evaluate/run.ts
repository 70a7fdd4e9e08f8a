import { readFile, writeFile } from 'node:fs/promises';
import { messageOf, PaperSearchError } from '../../errors.ts';

/** A paper in a ranking. */
export interface RankedPaper {
  readonly id: string;
  readonly score: number;
}

/** The answers of a system: query id to ranking, best first, each paper once. */
export type Run = ReadonlyMap<string, readonly RankedPaper[]>;

/** A run and its name, which is the last field of its lines. */
export interface TaggedRun {
  readonly tag: string;
  readonly run: Run;
}

/** How much a tied score is lowered, relative to the score and at least: more than the rounding of 32-bit floats. */
const TIE_STEP = 1e-6;

/**
 * A run as a TREC run file: `query Q0 paper rank score tag` a line. trec_eval ignores ranks and orders ties by id. To
 * keep the order of this run, a score that is not below the one before is lowered to just below it. Blanks and `%` in
 * ids and tag are written as `%20` and so on, since blanks separate the fields.
 * @param tag the name of the run; not empty.
 */
export function formatRun(run: Run, tag: string): string {
  const lines = Array.from(run, ([query, ranking]) => {
    let last: number | undefined;
    return ranking.map(({ id, score }, index) => {
      last = last === undefined ? score : Math.min(score, last - TIE_STEP * Math.max(1, Math.abs(last)));
      const fields = [query, 'Q0', id, String(index + 1), String(last), tag];
      return `${fields.map(escapeBlanks).join(' ')}\n`;
    });
  });
  return lines.flat().join('');
}

/**
 * Reads a TREC run file as trec_eval does: papers by score, descending, then by id, descending (by bytes); the
 * second field and the rank are ignored. `%20` and so on in ids are read as blanks, `%25` as `%`.
 * @param file its name, for messages.
 * @throws PaperSearchError BAD_INPUT with file and line for a malformed line, and for a paper that is ranked twice.
 */
export function parseRun(text: string, file: string): TaggedRun {
  const run = new Map<string, RankedPaper[]>();
  const seen = new Set<string>();
  let tag = '';
  for (const [index, line] of text.split(/\r?\n/).entries()) {
    const fields = line.split(/[ \t\v\f]+/).filter((field) => field !== '');
    if (fields.length === 0) continue;
    const expect = (holds: boolean, reason: string) => {
      const details = { file, line: index + 1 };
      if (!holds)
        throw new PaperSearchError('BAD_INPUT', `${file}, line ${index + 1}: ${reason}`, { details });
    };
    expect(fields.length >= 6, 'expected query id, Q0, paper id, rank, score and tag, separated by blanks.');
    const [query, , id, , score, name] = fields.map(unescapeBlanks) as [string, string, string, ...string[]];
    expect(Number.isFinite(Number(score)), `expected a number as the score, not "${score}".`);
    const answer = JSON.stringify([query, id]);
    expect(!seen.has(answer), `paper "${id}" is ranked twice for query "${query}".`);
    seen.add(answer);
    const ranking = run.get(query) ?? [];
    ranking.push({ id, score: Number(score) });
    run.set(query, ranking);
    tag = name!;
  }
  for (const ranking of run.values()) ranking.sort((a, b) => b.score - a.score || compareBytes(b.id, a.id));
  return { tag, run };
}

/** Reads a TREC run file. @throws PaperSearchError NO_INPUT when it cannot be read, BAD_INPUT as `parseRun` does. */
export async function readRun(file: string): Promise<TaggedRun> {
  const text = await readFile(file, 'utf8').catch((cause) => {
    const message = `Cannot read ${file}: ${messageOf(cause)}. Expected a TREC run.`;
    throw new PaperSearchError('NO_INPUT', message, { cause });
  });
  return parseRun(text, file);
}

/** Writes a TREC run file, formatted by `formatRun`. @throws PaperSearchError BAD_REQUEST when it cannot be written. */
export async function writeRun(file: string, run: Run, tag: string): Promise<void> {
  await writeFile(file, formatRun(run, tag)).catch((cause) => {
    const message = `Cannot write ${file}: ${messageOf(cause)}. Choose a file in a folder that exists.`;
    throw new PaperSearchError('BAD_REQUEST', message, { cause });
  });
}

function escapeBlanks(text: string): string {
  return text.replace(/[%\t\n\v\f\r ]/g, (character) => encodeURIComponent(character));
}

/** `%20` and so on as blanks, `%25` as `%`. */
export function unescapeBlanks(field: string): string {
  return field.replace(/%(?:25|20|09|0[ABCD])/gi, (code) => decodeURIComponent(code));
}

/** As strcmp. JavaScript compares UTF-16 code units, which order characters beyond the first plane differently. */
function compareBytes(a: string, b: string): number {
  return Buffer.compare(Buffer.from(a), Buffer.from(b));
}
