import type { Paper } from '../papers/paper.ts';
import type { InputFile } from '../papers/read/files.ts';
import type { CorpusDefaults, Notice, UnreadParts } from '../papers/read/reader.ts';
import { readRetractions, type StatusByKey } from '../papers/read/retractions.ts';
import { readCorpus } from '../papers/read/thread/read-in-thread.ts';
import { readVenueAliases } from '../papers/read/venue-aliases-file.ts';
import { gravest } from '../papers/status.ts';

/** Facts about papers and files that the user states. */
export interface ReadingOptions {
  /** Venue and year of papers whose source names none; they win over a sidecar file. */
  readonly venue?: string | undefined;
  readonly year?: number | undefined;
  /** The time zone of the conference; wins over a sidecar file. See `CorpusDefaults`. */
  readonly timeZone?: string | undefined;
  /** Headings of the columns of tables by field, as `{ title: 'Titel' }`; instead of those in a sidecar file. */
  readonly columns?: CorpusDefaults['columns'];
  /** The format to read every file as. Default: what its content looks like. */
  readonly format?: string | undefined;
  /** A file with more names of venues that are one, as JSON: `{ "ICLR": ["Learning Representations"] }`. */
  readonly venueAliases?: string | undefined;
  /** A list of Retraction Watch (CSV): papers in it are marked, those of earlier ingests too. */
  readonly retractions?: string | undefined;
}

/** The outcome of reading files, except the papers. */
export interface Reading {
  readonly rejected: Notice[];
  /** Doubts about papers that were accepted. */
  readonly warnings: Notice[];
  readonly files: { file: string; format: string; papers: number }[];
  /** Files that were not read; `isUnknown` for those in no format that can be read. */
  readonly skipped: { file: string; reason: string; isUnknown: boolean }[];
  /** Parts of records that no field of a paper is read from, by file. */
  readonly unread: UnreadParts[];
  /** What lists and notices say has become of papers, by key. */
  readonly statuses: StatusByKey;
}

/**
 * Reads the records of files, one after another.
 * @param take is called with each paper and its line; returns the reason if it rejects the paper. Reading waits for it.
 * @throws PaperSearchError BAD_INPUT as `readCorpusFile` does; the signal's reason when it aborts.
 */
export async function readRecords(
  files: readonly InputFile[],
  options: ReadingOptions & { readonly signal?: AbortSignal | undefined },
  take: (paper: Paper, line: number) => Notice | undefined | Promise<void>,
): Promise<Reading> {
  const { venue, year, timeZone, columns, format, signal, retractions, venueAliases } = options;
  const venues = venueAliases === undefined ? undefined : await readVenueAliases(venueAliases);
  const statuses = retractions === undefined ? new Map() : await readRetractions(retractions);
  const reading: Reading = { rejected: [], warnings: [], files: [], skipped: [], unread: [], statuses };
  for (const input of files) {
    for await (const event of readCorpus(input, { venue, year, timeZone, columns, venues }, format)) {
      signal?.throwIfAborted();
      if (event.kind === 'file') reading.files.push({ file: event.file, format: event.format, papers: 0 });
      else if (event.kind === 'skipped') {
        const { file, reason, isUnknown } = event;
        reading.skipped.push({ file, reason, isUnknown });
      } else if (event.kind === 'rejected') reading.rejected.push(event.notice);
      else if (event.kind === 'status') {
        statuses.set(event.key, gravest([statuses.get(event.key), event.status])!);
      } else if (event.kind === 'unread') reading.unread.push(event.unread);
      else if (event.kind === 'warning') reading.warnings.push(event.notice);
      else {
        const taken = take(event.paper, event.line);
        const notice = taken instanceof Promise ? await taken : taken;
        if (notice) reading.rejected.push(notice);
        reading.files.at(-1)!.papers++;
      }
    }
  }
  return reading;
}
