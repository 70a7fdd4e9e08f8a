import { messageOf, PaperSearchError } from '../../errors.ts';
import type { Paper } from '../paper.ts';
import { isBeirQueries } from './beir.ts';
import type { EncodingNote } from './encoding.ts';
import type { InputFile } from './files.ts';
import { detectReader, READERS, readerOf } from './formats.ts';
import { languageOfText } from './language.ts';
import { normalizePaper } from './normalize.ts';
import { PeekedText } from './peeked-text.ts';
import type { CorpusDefaults, Notice, Reader, StatusOfOther, TextSource, UnreadParts } from './reader.ts';
import type { FieldProblem } from './record.ts';
import { readSidecar } from './sidecar.ts';
import { readText } from './text.ts';
import { guessFormat } from './unknown-format.ts';

/** What reading a corpus gives, in the order of files and records. */
export type CorpusEvent =
  | { readonly kind: 'file'; readonly file: string; readonly format: string }
  /** `isUnknown`: it is in no format that can be read. */
  | { readonly kind: 'skipped'; readonly file: string; readonly reason: string; readonly isUnknown: boolean }
  | { readonly kind: 'paper'; readonly paper: Paper; readonly line: number }
  | { readonly kind: 'rejected'; readonly notice: Notice }
  | { readonly kind: 'warning'; readonly notice: Notice }
  | ({ readonly kind: 'status' } & StatusOfOther)
  | { readonly kind: 'unread'; readonly unread: UnreadParts };

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
  let encoding: EncodingNote | undefined;
  const text = new PeekedText(
    readText(file, (note) => {
      encoding = note;
    }),
  );
  try {
    const head = await text.head();
    const reader = format === undefined ? detectReader(head, file) : readerOf(format);
    if (!reader) {
      // If reading failed before the format was detected, that error is reported, not an unknown format.
      text.throwIfBroken();
      yield unknownFormat(input, head);
      return;
    }
    yield { kind: 'file', file, format: reader.format };
    const chunks = () => text.chunks();
    const defaults = { ...(await readSidecar(file)), ...definedOnly(overrides) };
    let papers = 0;
    for await (const event of read(reader, { file, chunks }, defaults)) {
      if (event.kind === 'paper') papers++;
      yield event;
    }
    const other = format !== undefined && papers === 0 ? otherFormat(file, head, format) : undefined;
    if (other) yield { kind: 'rejected', notice: other };
    if (encoding) yield { kind: 'warning', notice: { file, reason: encodingReason(encoding) } };
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
    if (!warned && JSON.stringify(item.paper).includes(REPLACEMENT)) {
      warned = true;
      const reason =
        'Characters cannot be read and are shown as U+FFFD. Is the file damaged, or neither UTF-8 nor Windows-1252? Convert it: iconv -f ENCODING -t UTF-8.';
      yield { kind: 'warning', notice: { file, line: item.line, reason } };
    }
    const origin = { file, format: reader.format, record: item.record };
    const dropped: FieldProblem[] = [];
    const read = normalizePaper(item.paper, origin, defaults, (problem) => dropped.push(problem));
    const language = await languageOfText(read, read.publication?.language);
    const paper = language === undefined ? read : { ...read, language };
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

function encodingReason({ encoding, found }: EncodingNote): string {
  const name = encoding === 'windows-1252' ? 'Windows-1252 (Latin-1)' : encoding.toUpperCase();
  return found === 'guessed'
    ? `The file is not UTF-8 and was read as ${name}. If names look wrong, convert it first: iconv -f ENCODING -t UTF-8.`
    : `Some bytes are not UTF-8 and were read as letters of ${name}.`;
}

function unknownFormat({ file, named }: InputFile, head: string): CorpusEvent {
  if (head.trim() === '') return { kind: 'skipped', file, reason: 'The file is empty.', isUnknown: false };
  if (!named && isBeirQueries(head)) {
    return { kind: 'skipped', file, reason: 'It has the queries of a test collection.', isUnknown: false };
  }
  const { what, how } = guessFormat(head, file);
  const reason = `It is in no format that can be read. It seems to be ${what}. ${how}`;
  if (!named) return { kind: 'skipped', file, reason, isUnknown: true };
  const formats = READERS.map(({ format }) => format);
  const list = 'All formats: paper-search ingest --list-formats';
  throw new PaperSearchError(
    'BAD_INPUT',
    `${file} cannot be read: it seems to be ${what}.\n${how}\n${list}`,
    {
      details: { file, what, formats },
    },
  );
}

/** Why a file gave no paper in the format that the user named, if its content is of another one. */
function otherFormat(file: string, head: string, format: string): Notice | undefined {
  const reader = detectReader(head, file);
  if (!reader || reader.format === format) return undefined;
  const reason = `No record of the format "${format}" is in the file. It is of the format "${reader.format}" (${reader.description}): leave out --format, or pass --format ${reader.format}.`;
  return { file, reason };
}

function definedOnly(defaults: CorpusDefaults): CorpusDefaults {
  return Object.fromEntries(Object.entries(defaults).filter(([, value]) => value !== undefined));
}
