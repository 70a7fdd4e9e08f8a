import { messageOf, PaperSearchError } from '../../errors.ts';
import type { Paper } from '../paper.ts';
import type { InputFile } from './files.ts';
import { detectReader, READERS, readerOf } from './formats.ts';
import { normalizePaper } from './normalize.ts';
import { PeekedText } from './peeked-text.ts';
import type { CorpusDefaults, Notice, Reader, TextSource } from './reader.ts';
import type { FieldProblem } from './record.ts';
import { readSidecar } from './sidecar.ts';
import { readText } from './text.ts';

/** What reading a corpus gives, in the order of files and records. */
export type CorpusEvent =
  | { readonly kind: 'file'; readonly file: string; readonly format: string }
  | { readonly kind: 'skipped'; readonly file: string; readonly reason: string }
  | { readonly kind: 'paper'; readonly paper: Paper; readonly line: number }
  | { readonly kind: 'rejected'; readonly notice: Notice }
  | { readonly kind: 'warning'; readonly notice: Notice };

/** Records in a row that cannot be read, from which on a file is taken for damage and not read on. */
const MAX_REJECTED_IN_A_ROW = 10_000;

/** Warnings about identifiers that are remembered, so that the same one comes once a file. */
const MAX_SAID = 1000;

/** What a decoder puts in the place of bytes that are not UTF-8. */
const REPLACEMENT = '\ufffd';

/**
 * Reads the papers of one file. What cannot be read becomes an event, never the end of the ingest, with one
 * exception: a file that the user named and that is of no known format is an error.
 * @param overrides facts from flags; they win over the sidecar file.
 * @param format the format to read the file as. Default: what its content looks like.
 * @throws PaperSearchError BAD_INPUT for a named file of unknown format or a broken sidecar, BAD_REQUEST for a format
 *   that there is not.
 */
export async function* readCorpusFile(
  input: InputFile,
  overrides: CorpusDefaults,
  format?: string,
): AsyncIterable<CorpusEvent> {
  const { file } = input;
  const text = new PeekedText(readText(file));
  try {
    const head = await text.head();
    const reader = format === undefined ? detectReader(head, file) : readerOf(format);
    if (!reader) {
      // A file that breaks off before its format can be told is not of an unknown one.
      text.throwIfBroken();
      yield unknownFormat(input, head);
      return;
    }
    yield { kind: 'file', file, format: reader.format };
    const chunks = () => text.chunks();
    yield* read(reader, { file, chunks }, { ...(await readSidecar(file)), ...definedOnly(overrides) });
  } catch (error) {
    if (error instanceof PaperSearchError) throw error;
    yield {
      kind: 'rejected',
      notice: { file, line: text.line, reason: `Cannot read on: ${messageOf(error)}` },
    };
  } finally {
    await text.close();
  }
}

async function* read(
  reader: Reader,
  source: TextSource,
  defaults: CorpusDefaults,
): AsyncIterable<CorpusEvent> {
  const { file } = source;
  const said = new Set<string>();
  let warned = false;
  let rejected = 0;
  for await (const item of reader.read(source, defaults)) {
    if (item.kind !== 'paper') {
      yield item;
      if (item.kind === 'rejected' && ++rejected === MAX_REJECTED_IN_A_ROW) {
        throw new Error(`${rejected} records in a row could not be read`);
      }
      continue;
    }
    rejected = 0;
    if (!warned && `${item.paper.title}${item.paper.abstract}`.includes(REPLACEMENT)) {
      warned = true;
      const reason = 'Characters were lost (U+FFFD stands for them): is the file UTF-8?';
      yield { kind: 'warning', notice: { file, line: item.line, reason } };
    }
    const origin = { file, format: reader.format, record: item.record };
    const dropped: FieldProblem[] = [];
    const paper = normalizePaper(item.paper, origin, defaults, (problem) => dropped.push(problem));
    for (const problem of dropped) {
      // A table may have the same placeholder in every row: once says it.
      const text = `${problem.field} ${problem.reason}`;
      if (said.has(text)) continue;
      if (said.size < MAX_SAID) said.add(text);
      yield { kind: 'warning', notice: { file, line: item.line, ...problem } };
    }
    yield { kind: 'paper', paper, line: item.line };
  }
}

function unknownFormat({ file, named }: InputFile, head: string): CorpusEvent {
  if (head.trim() === '') return { kind: 'skipped', file, reason: 'The file is empty.' };
  const formats = READERS.map(({ format, description }) => `  ${format}: ${description}`).join('\n');
  if (named) {
    const details = { file, formats: READERS.map(({ format }) => format) };
    throw new PaperSearchError('BAD_INPUT', `${file} is of no known format. Known are:\n${formats}`, {
      details,
    });
  }
  return { kind: 'skipped', file, reason: 'The file is of no known format.' };
}

function definedOnly(defaults: CorpusDefaults): CorpusDefaults {
  return Object.fromEntries(Object.entries(defaults).filter(([, value]) => value !== undefined));
}
