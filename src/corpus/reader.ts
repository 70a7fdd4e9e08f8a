import type { ExternalIds, PaperSession, PaperUrls } from '../types.ts';

/** A paper as a reader found it: text not yet normalised, no id unless the source gave one. */
export interface RawPaper {
  readonly id?: string | undefined;
  readonly title: string;
  readonly abstract: string;
  readonly authors: readonly string[];
  readonly venue?: string | undefined;
  readonly year?: number | undefined;
  readonly date?: string | undefined;
  readonly keywords?: readonly string[] | undefined;
  readonly categories?: readonly string[] | undefined;
  readonly urls?: PaperUrls | undefined;
  readonly externalIds?: ExternalIds | undefined;
  readonly session?: PaperSession | undefined;
}

/** Where in the input something was found. */
export interface Place {
  readonly file: string;
  /** 1-based line of the file. */
  readonly line?: number | undefined;
  /** 1-based record within the file, where lines do not tell records apart. */
  readonly record?: number | undefined;
  readonly field?: string | undefined;
}

/** Something to tell the user about the input: a record that could not be read, or a doubt about one kept. */
export interface Notice extends Place {
  readonly reason: string;
}

/** What a reader yields, in the order of the file. */
export type CorpusItem =
  | { readonly kind: 'paper'; readonly record: number; readonly line: number; readonly paper: RawPaper }
  | { readonly kind: 'rejected'; readonly notice: Notice }
  | { readonly kind: 'warning'; readonly notice: Notice };

/** Facts about a whole file that its records may lack: from a sidecar file or from flags. */
export interface CorpusDefaults {
  readonly venue?: string | undefined;
  readonly year?: number | undefined;
}

/** The text of one file. */
export interface TextSource {
  /** Name for messages and for `paper.source`. */
  readonly file: string;
  /** Lines without their ends (LF or CRLF); a byte-order mark is gone. Can be read once. */
  lines(): AsyncIterable<string>;
}

/** One source format. A new one is a file that exports a Reader, listed in formats.ts. */
export interface Reader {
  /** Short name, as reports and `paper.source` show it. */
  readonly format: string;
  /** What the format is, in a few words. */
  readonly description: string;
  /** Whether a file is of this format, from its first lines. */
  detect(head: readonly string[]): boolean;
  /** Reads the papers. A record that cannot be read is yielded as `rejected`; the rest goes on. */
  read(source: TextSource, defaults: CorpusDefaults): AsyncIterable<CorpusItem>;
}
