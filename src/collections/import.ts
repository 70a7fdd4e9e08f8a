import { gunzipSync } from 'node:zlib';
import { messageOf, PaperSearchError } from '../errors.ts';
import { MAX_NOTE, MAX_TAG, MAX_TAGS } from '../limits.ts';
import type { Paper } from '../papers/paper.ts';
import { publicationOf } from '../papers/publication.ts';
import { decoderFor } from '../papers/read/encoding.ts';
import { detectReader, readerOf } from '../papers/read/formats.ts';
import { languageOfText } from '../papers/read/language.ts';
import { normalizePaper } from '../papers/read/normalize.ts';
import { HEAD_LENGTH, type Notice, type RawPaper, type Reader } from '../papers/read/reader.ts';
import { uniteTags } from './annotations.ts';
import { keptPaper } from './collection.ts';
import { annotationsInJson, OWN_JSON } from './own-json.ts';
import { type ImportedEntry, readAnnotations } from './read-annotations.ts';

/** Largest file that is imported, in bytes, and its size when it is unpacked. */
export const MAX_IMPORT = 32 * 1024 * 1024;
const MAX_UNPACKED = 256 * 1024 * 1024;

/** Papers of a file with what the file says about them. */
export interface ImportedFile {
  /** The format that it was read as. */
  readonly format: string;
  /** The name and description of a collection that was exported here. */
  readonly name?: string | undefined;
  readonly description?: string | undefined;
  /** In the order of the file. */
  readonly entries: readonly ImportedEntry[];
  /** Records that cannot be read. */
  readonly rejected: readonly Notice[];
  readonly warnings: readonly Notice[];
}

/**
 * Reads a file of any format that is known, with notes, tags, read states and ratings as far as the format has them. In
 * files of other programs, keywords are tags.
 * @param bytes plain or gzipped. @param file its name, for messages and to recognise formats.
 * @param format the format to read it as. Default: what its content looks like.
 * @throws PaperSearchError BAD_INPUT for a file that is empty, in no known format, or cannot be unpacked; BAD_REQUEST
 *   for an unknown format.
 */
export async function readCollectionFile(
  bytes: Uint8Array,
  file: string,
  format?: string,
): Promise<ImportedFile> {
  const text = textOf(bytes, file);
  if (text.trim() === '') throw new PaperSearchError('BAD_INPUT', `${file} is empty.`, { details: { file } });
  const own = ownJson(text);
  if (own) return ownFile(own, file);
  const head = text.slice(0, HEAD_LENGTH);
  const reader = format === undefined ? detectReader(head, file) : readerOf(format);
  if (!reader) {
    throw new PaperSearchError(
      'BAD_INPUT',
      `${file} is in no format that can be read. "paper-search ingest --list-formats" lists the formats.`,
      { details: { file } },
    );
  }
  const items = reader.format === 'csl-json' ? cslItems(text) : [];
  return read(text, file, reader, (raw, paper, at) => readAnnotations(raw, paper, reader.format, items[at]));
}

type Annotate = (raw: RawPaper, paper: Paper, at: number) => ImportedEntry;

async function read(text: string, file: string, reader: Reader, annotate: Annotate): Promise<ImportedFile> {
  const entries: ImportedEntry[] = [];
  const rejected: Notice[] = [];
  const warnings: Notice[] = [];
  async function* chunks() {
    yield text;
  }
  for await (const item of reader.read({ file, chunks }, {})) {
    if (item.kind === 'rejected') rejected.push(item.notice);
    else if (item.kind === 'warning') warnings.push(item.notice);
    else if (item.kind === 'paper') {
      const source = { file, format: reader.format, record: item.record };
      const normal = normalizePaper(item.paper, source, {}, (problem) =>
        warnings.push({ file, line: item.line, ...problem }),
      );
      const language = await languageOfText(normal, normal.publication?.language);
      const paper = language === undefined ? normal : { ...normal, language };
      const entry = annotate(item.paper, paper, item.record - 1);
      entries.push(withinLimits(entry, (reason) => warnings.push({ file, line: item.line, reason })));
    }
  }
  return { format: reader.format, entries, rejected, warnings };
}

/** What is too long for a collection is cut, and said. */
function withinLimits(entry: ImportedEntry, warn: (reason: string) => void): ImportedEntry {
  const { paper, note = '', tags = [] } = entry;
  const about = `of "${paper.title}"`;
  const short = uniteTags(tags).filter((tag) => tag.length <= MAX_TAG);
  const kept = short.slice(0, MAX_TAGS);
  const left = uniteTags(tags).length - kept.length;
  if (left > 0)
    warn(`${left} tags ${about} were left out: a paper has at most ${MAX_TAGS}, of ${MAX_TAG} characters.`);
  if (note.length > MAX_NOTE) {
    warn(`The note ${about} was cut: it has ${note.length} characters, and at most ${MAX_NOTE} are kept.`);
  }
  const { publication } = paper;
  const clean = publication && publicationOf(publication);
  return {
    ...entry,
    note: note.slice(0, MAX_NOTE),
    tags: kept,
    paper: keptPaper({ ...paper, publication: clean }),
  };
}

interface OwnJson {
  readonly name?: unknown;
  readonly description?: unknown;
  readonly papers: readonly unknown[];
}

/** The content of our own JSON; undefined for any other text. */
function ownJson(text: string): OwnJson | undefined {
  if (!/^\s*\{/.test(text) || !text.slice(0, HEAD_LENGTH).includes(`"${OWN_JSON.format}"`)) return undefined;
  try {
    const parsed = JSON.parse(text) as Partial<OwnJson> & { readonly format?: unknown };
    return parsed.format === OWN_JSON.format && Array.isArray(parsed.papers)
      ? (parsed as OwnJson)
      : undefined;
  } catch {
    return undefined;
  }
}

/** Each paper is read as our own JSON of papers is. */
async function ownFile({ name, description, papers }: OwnJson, file: string): Promise<ImportedFile> {
  const records = papers.map((each) => (isObject(each) ? each : {}));
  const lines = records.map(({ paper }) => JSON.stringify(isObject(paper) ? paper : {}));
  const { entries, rejected, warnings } = await read(
    lines.join('\n'),
    file,
    readerOf('jsonl'),
    (_raw, paper, at) => ({
      paper,
      hasKeywordsAsTags: false,
      ...annotationsInJson(records[at] ?? {}),
    }),
  );
  return {
    format: OWN_JSON.format,
    ...(typeof name === 'string' && { name }),
    ...(typeof description === 'string' && { description }),
    entries,
    rejected,
    warnings,
  };
}

function cslItems(text: string): readonly Readonly<Record<string, unknown>>[] {
  try {
    const items: unknown = JSON.parse(text);
    return Array.isArray(items) ? items.filter(isObject) : [];
  } catch {
    // A broken file is read record by record, without our own fields.
    return [];
  }
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function textOf(bytes: Uint8Array, file: string): string {
  const plain = bytes[0] === 0x1f && bytes[1] === 0x8b ? unpacked(bytes, file) : bytes;
  const decoder = decoderFor(plain);
  return decoder.decode(plain) + decoder.end();
}

function unpacked(bytes: Uint8Array, file: string): Uint8Array {
  try {
    return gunzipSync(bytes, { maxOutputLength: MAX_UNPACKED });
  } catch (cause) {
    throw new PaperSearchError('BAD_INPUT', `${file} cannot be unpacked: ${messageOf(cause)}.`, { cause });
  }
}
