import { messageOf } from '../errors.ts';
import { linesOf } from './lines.ts';
import type { CorpusItem, RawPaper, TextSource } from './reader.ts';

/** A JSON object of unknown shape. */
export type JsonObject = Readonly<Record<string, unknown>>;

/** What one record gives: the paper, with a reason for every field that had to be left out; or no paper. */
export type RecordResult =
  | { readonly paper: RawPaper; readonly dropped: readonly FieldProblem[] }
  | { readonly rejected: FieldProblem };

export interface FieldProblem {
  readonly field: string;
  readonly reason: string;
}

/** Records that tell a format. */
const RECORDS_LOOKED_AT = 20;

/** Reads one JSON object a line. Empty lines are passed over; a bad line is rejected with its number. */
export async function* readJsonLines(
  source: TextSource,
  toPaper: (record: JsonObject) => RecordResult,
): AsyncIterable<CorpusItem> {
  const { file } = source;
  for await (const { number: line, text, tooLong } of linesOf(source.chunks())) {
    if (tooLong) {
      yield { kind: 'rejected', notice: { file, line, reason: 'The line is too long to be a paper.' } };
      continue;
    }
    if (text.trim() === '') continue;
    const parsed = parseObject(text);
    if ('problem' in parsed) {
      yield { kind: 'rejected', notice: { file, line, reason: parsed.problem } };
      continue;
    }
    const result = toPaper(parsed.record);
    if ('rejected' in result) {
      yield { kind: 'rejected', notice: { file, line, ...result.rejected } };
      continue;
    }
    for (const problem of result.dropped) yield { kind: 'warning', notice: { file, line, ...problem } };
    yield { kind: 'paper', record: line, line, paper: result.paper };
  }
}

/** The lines of `head` that are JSON objects. */
export function objectsIn(head: string): JsonObject[] {
  return head
    .split('\n')
    .map(parseObject)
    .flatMap((parsed) => ('record' in parsed ? [parsed.record] : []))
    .slice(0, RECORDS_LOOKED_AT);
}

function parseObject(text: string): { record: JsonObject } | { problem: string } {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null && !Array.isArray(value))
      return { record: value as JsonObject };
    return {
      problem: `Expected a JSON object, found ${value === null ? 'null' : Array.isArray(value) ? 'an array' : typeof value}.`,
    };
  } catch (error) {
    return { problem: `Not valid JSON: ${messageOf(error)}` };
  }
}
