import type { Acceptance } from '../acceptance.ts';
import type { PersonName } from '../names.ts';
import type { ExternalIds, PaperSession, PaperUrls } from '../paper.ts';
import type { Publication } from '../publication.ts';
import type { PaperStatus } from '../status.ts';
import type { VenueNames } from '../venues.ts';
import type { ColumnField } from './field-names.ts';

/** A paper as a reader found it: text not yet normalised, no id unless the source gave one. */
export interface RawPaper {
  readonly id?: string | undefined;
  readonly title: string;
  readonly abstract: string;
  readonly tldr?: string | undefined;
  /** A name that came as one text is split by `nameOfText`. */
  readonly authors: readonly (string | PersonName)[];
  readonly editors?: readonly (string | PersonName)[] | undefined;
  readonly translators?: readonly (string | PersonName)[] | undefined;
  readonly bookAuthors?: readonly (string | PersonName)[] | undefined;
  readonly publication?: Publication | undefined;
  readonly venue?: string | undefined;
  readonly year?: number | undefined;
  readonly date?: string | undefined;
  readonly keywords?: readonly string[] | undefined;
  readonly categories?: readonly string[] | undefined;
  readonly urls?: PaperUrls | undefined;
  readonly externalIds?: ExternalIds | undefined;
  readonly session?: PaperSession | undefined;
  readonly acceptance?: Acceptance | undefined;
  readonly status?: PaperStatus | undefined;
  /** Works that it cites, and works that cite it: identifiers in any form. */
  readonly references?: readonly string[] | undefined;
  readonly citedBy?: readonly string[] | undefined;
}

/** Where in the input something was found. */
export interface Place {
  readonly file: string;
  /** 1-based line of the file. */
  readonly line?: number | undefined;
  /** 1-based record within the file, where line numbers do not identify records. */
  readonly record?: number | undefined;
  readonly field?: string | undefined;
}

/** A message to the user about the input: a record that could not be read, or a doubt about one kept. */
export interface Notice extends Place {
  readonly reason: string;
}

/** What a format calls the parts of its records. */
export type UnreadKind = 'columns' | 'members' | 'tags' | 'elements';

/** Parts of a file's records that have values and are not read. */
export interface UnreadParts {
  readonly file: string;
  readonly what: UnreadKind;
  /** Each with the number of records that have a value there, the most frequent first. */
  readonly names: readonly { readonly name: string; readonly records: number }[];
}

/** What a record says has become of another paper. */
export interface StatusOfOther {
  /** The paper's key: `doi:10.1000/182`, in lower case. */
  readonly key: string;
  readonly status: PaperStatus;
}

/** What a reader yields, in the order of the file. */
export type CorpusItem =
  | { readonly kind: 'paper'; readonly record: number; readonly line: number; readonly paper: RawPaper }
  | { readonly kind: 'rejected'; readonly notice: Notice }
  | { readonly kind: 'warning'; readonly notice: Notice }
  /** What a notice (of a retraction, of a correction) says about another paper. */
  | ({ readonly kind: 'status' } & StatusOfOther)
  /** Once a file at most: what its records have and nothing was made of. */
  | { readonly kind: 'unread'; readonly unread: UnreadParts };

/** Facts about a whole file that its records may lack: from a sidecar file or from flags. */
export interface CorpusDefaults {
  readonly venue?: string | undefined;
  readonly year?: number | undefined;
  /** The time zone of the conference, as the IANA database names it; times of sessions are converted to its clock. */
  readonly timeZone?: string | undefined;
  /** Names of venues that are one. Default: those that are known. */
  readonly venues?: VenueNames | undefined;
  /** Headings of a table's columns by field, where they cannot be guessed: `{ title: 'Titel' }`. */
  readonly columns?: Readonly<Partial<Record<ColumnField, string | undefined>>> | undefined;
}

/** The text of one file. */
export interface TextSource {
  /** Name for messages and for `paper.source`. */
  readonly file: string;
  /**
   * The decoded text in pieces of bounded size, cut anywhere; a byte-order mark is gone. Can be read once.
   * Throws where the file cannot be read on; a reader lets that through after what it read before.
   */
  chunks(): AsyncIterable<string>;
}

/** How much of a file's text is read to detect its format, in UTF-16 code units. */
export const HEAD_LENGTH = 64 * 1024;

/** One source format. A new one is a file that exports a Reader, listed in formats.ts. */
export interface Reader {
  /** Short name, as reports and `paper.source` show it. */
  readonly format: string;
  /** What the format is, in a few words. */
  readonly description: string;
  /** Names that files of the format usually have, for people to recognise it by. */
  readonly files: readonly string[];
  /**
   * Whether a file is of this format.
   * @param head its first text (HEAD_LENGTH, or all when it is shorter), cut anywhere.
   * @param file its name, for formats that cannot be detected from the text alone.
   */
  detect(head: string, file: string): boolean;
  /** Reads the papers. A record that cannot be read is yielded as `rejected`, and reading continues. */
  read(source: TextSource, defaults: CorpusDefaults): AsyncIterable<CorpusItem>;
}
