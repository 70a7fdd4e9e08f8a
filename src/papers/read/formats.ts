import { PaperSearchError } from '../../errors.ts';
import { aclAnthologyReader } from './acl-anthology.ts';
import { arxivSnapshotReader } from './arxiv-snapshot.ts';
import { arxivAtomReader, oaiPmhReader } from './arxiv-xml.ts';
import { beirReader } from './beir.ts';
import { bibtexReader } from './bibtex/reader.ts';
import { conferenceListReader } from './conference-list.ts';
import { crossrefReader, cslJsonReader } from './csl.ts';
import { delimitedReader } from './delimited/reader.ts';
import { jsonlReader } from './jsonl.ts';
import { openAlexReader } from './openalex.ts';
import { openReviewReader } from './openreview.ts';
import type { Reader } from './reader.ts';
import { risReader } from './ris.ts';
import { semanticScholarReader } from './semantic-scholar.ts';
import { sessionHtmlReader } from './session-page/html-reader.ts';
import { sessionPageReader } from './session-page/reader.ts';
import { virtualSiteReader } from './virtual-site.ts';

/**
 * Every format that can be read. A new reader is added here; the first that recognises a file reads it.
 * `jsonl` takes what the JSON formats before it leave.
 */
export const READERS: readonly Reader[] = [
  beirReader,
  arxivSnapshotReader,
  openReviewReader,
  openAlexReader,
  semanticScholarReader,
  crossrefReader,
  cslJsonReader,
  conferenceListReader,
  virtualSiteReader,
  jsonlReader,
  aclAnthologyReader,
  arxivAtomReader,
  oaiPmhReader,
  bibtexReader,
  risReader,
  delimitedReader,
  sessionHtmlReader,
  sessionPageReader,
];

/**
 * The reader for a file, if its format is known.
 * @param head the file's first text, see `Reader.detect`.
 */
export function detectReader(head: string, file: string): Reader | undefined {
  return READERS.find((reader) => reader.detect(head, file));
}

/** The reader of a format by its name. @throws PaperSearchError BAD_REQUEST for one that there is not. */
export function readerOf(format: string): Reader {
  const reader = READERS.find((known) => known.format === format);
  if (reader) return reader;
  const known = READERS.map((other) => other.format);
  throw new PaperSearchError(
    'BAD_REQUEST',
    `There is no format "${format}". Known are: ${known.join(', ')}.`,
    {
      details: { format, known },
    },
  );
}
