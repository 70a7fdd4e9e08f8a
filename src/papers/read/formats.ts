import { PaperSearchError } from '../../errors.ts';
import { aclAnthologyReader } from './acl-anthology.ts';
import { arxivMailingReader } from './arxiv-mailing.ts';
import { arxivSnapshotReader } from './arxiv-snapshot.ts';
import { arxivAtomReader, oaiPmhReader } from './arxiv-xml.ts';
import { beirReader } from './beir.ts';
import { bibtexReader } from './bibtex/reader.ts';
import { biorxivReader } from './biorxiv.ts';
import { conferenceListReader } from './conference-list.ts';
import { crossrefXmlReader } from './crossref-xml.ts';
import { crossrefReader, cslJsonReader } from './csl/reader.ts';
import { dailyPapersReader } from './daily-papers.ts';
import { dataciteReader } from './datacite.ts';
import { dblpXmlReader } from './dblp-xml.ts';
import { delimitedReader } from './delimited/reader.ts';
import { dublinCoreReader } from './dublin-core.ts';
import { endNoteXmlReader } from './endnote-xml.ts';
import { europePmcReader } from './europe-pmc.ts';
import { inspireReader } from './inspire.ts';
import { jatsReader } from './jats.ts';
import { jsonlReader } from './jsonl.ts';
import { modsReader } from './mods.ts';
import { openAlexReader } from './openalex.ts';
import { openReviewReader } from './openreview.ts';
import { proceedingsPageReader } from './proceedings-page.ts';
import { pubmedXmlReader } from './pubmed-xml.ts';
import type { Reader } from './reader.ts';
import { risReader } from './ris/reader.ts';
import { rssReader } from './rss.ts';
import { semanticScholarReader } from './semantic-scholar.ts';
import { sessionHtmlReader } from './session-page/html-reader.ts';
import { sessionPageReader } from './session-page/reader.ts';
import { endNoteTaggedReader } from './tagged/endnote-tagged.ts';
import { medlineReader } from './tagged/medline.ts';
import { ovidReader } from './tagged/ovid.ts';
import { refWorksReader } from './tagged/refworks.ts';
import { webOfScienceReader } from './tagged/web-of-science.ts';
import { virtualSiteReader } from './virtual-site.ts';
import { zoteroJsonReader } from './zotero-json.ts';
import { zoteroRdfReader } from './zotero-rdf.ts';

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
  zoteroJsonReader,
  dataciteReader,
  europePmcReader,
  biorxivReader,
  inspireReader,
  dailyPapersReader,
  cslJsonReader,
  conferenceListReader,
  virtualSiteReader,
  jsonlReader,
  aclAnthologyReader,
  arxivAtomReader,
  oaiPmhReader,
  pubmedXmlReader,
  crossrefXmlReader,
  endNoteXmlReader,
  dblpXmlReader,
  jatsReader,
  modsReader,
  zoteroRdfReader,
  rssReader,
  dublinCoreReader,
  bibtexReader,
  risReader,
  medlineReader,
  webOfScienceReader,
  refWorksReader,
  endNoteTaggedReader,
  ovidReader,
  arxivMailingReader,
  delimitedReader,
  proceedingsPageReader,
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
