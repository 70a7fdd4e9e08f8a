import { messageOf } from '../../../errors.ts';
import { linesOf } from '../lines.ts';
import { PeekedText } from '../peeked-text.ts';
import type { CorpusItem, TextSource } from '../reader.ts';
import { itemsOf, type RecordPlace, type RecordResult, rejection } from '../record.ts';
import { JsonSplitter } from './splitter.ts';

/** A JSON object of unknown shape. */
export type JsonObject = Readonly<Record<string, unknown>>;

/** How many records are read to detect a format, and how many texts are tried to find them: failing is slow. */
const RECORDS_LOOKED_AT = 20;
const TEXTS_TRIED = 200;

/**
 * Reads the records of JSON Lines, of a JSON array, of a service's response with a list, or of objects one
 * after another. A bad record is rejected with its place, and reading continues.
 * @param toPaper returns undefined for a record that is not a paper; that record is skipped.
 */
export async function* readJson(
  source: TextSource,
  toPaper: (record: JsonObject) => RecordResult | undefined,
): AsyncIterable<CorpusItem> {
  const text = new PeekedText(source.chunks());
  const records = isJsonLines(await text.head()) ? recordsOfLines : recordsOfDocument;
  for await (const { parsed, ...found } of records(text.chunks())) {
    const place = { file: source.file, ...found.place };
    if ('problem' in parsed) yield rejection(place, { reason: parsed.problem });
    else {
      const result = toPaper(parsed.record);
      if (result) yield* itemsOf(result, place);
    }
  }
}

/** The first records of a text that is cut anywhere; the last one may lack members. */
export function sampleRecords(head: string): JsonObject[] {
  const texts = isJsonLines(head) ? head.split('\n').slice(0, TEXTS_TRIED) : [];
  const splitter = new JsonSplitter();
  if (texts.length === 0 && /^\s*[[{]/.test(head)) {
    const found = splitter.push(head).slice(0, TEXTS_TRIED);
    texts.push(...found.map(({ text }) => text), splitter.partial() ?? '');
  }
  return texts
    .map(parseObject)
    .flatMap((each) => ('record' in each ? [each.record] : []))
    .slice(0, RECORDS_LOOKED_AT);
}

type Parsed = { readonly record: JsonObject } | { readonly problem: string };

interface Found {
  readonly place: Omit<RecordPlace, 'file'>;
  readonly parsed: Parsed;
}

async function* recordsOfLines(chunks: AsyncIterable<string>): AsyncIterable<Found> {
  for await (const { number: line, text, tooLong } of linesOf(chunks)) {
    if (tooLong) yield { place: { line }, parsed: { problem: 'The line is too long to be a paper.' } };
    else if (text.trim() !== '') yield { place: { line }, parsed: parseObject(text) };
  }
}

async function* recordsOfDocument(chunks: AsyncIterable<string>): AsyncIterable<Found> {
  const splitter = new JsonSplitter();
  let record = 0;
  const found = ({ line, text, problem }: ReturnType<JsonSplitter['push']>[number]): Found => ({
    place: { line, record: ++record },
    parsed: problem === undefined ? parseObject(text) : { problem: `Not a record: ${problem}.` },
  });
  for await (const chunk of chunks) yield* splitter.push(chunk).map(found);
  yield* splitter.end().map(found);
}

/** Whether a text is one JSON object a line: some line is one, and before it no list was opened. */
function isJsonLines(head: string): boolean {
  const before = new JsonSplitter();
  for (const line of head.split('\n')) {
    if (line.startsWith('{') && isRecord(line)) return !before.inList;
    before.push(`${line}\n`);
  }
  return false;
}

/** Whether a line is one JSON object, and not a service's whole response with a list in it. */
function isRecord(line: string): boolean {
  const [found] = new JsonSplitter().push(line);
  return found?.text === line.trimEnd() && 'record' in parseObject(line);
}

/** NaN and Infinity, as Python's json writes them, where a value can be. */
const NO_NUMBER = /([:[,]\s*)(?:NaN|-?Infinity)(?=\s*[,\]}])/g;

function parseObject(text: string): Parsed {
  try {
    const value = parse(text);
    if (typeof value === 'object' && value !== null && !Array.isArray(value))
      return { record: value as JsonObject };
    return {
      problem: `Expected a JSON object, found ${value === null ? 'null' : Array.isArray(value) ? 'an array' : typeof value}.`,
    };
  } catch (error) {
    return { problem: `Not valid JSON: ${messageOf(error)}` };
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    const mended = text.replace(NO_NUMBER, '$1null');
    if (mended === text) throw error;
    return JSON.parse(mended);
  }
}
