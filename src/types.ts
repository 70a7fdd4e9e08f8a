/** Where a paper came from: enough to find the record again. */
export interface PaperSource {
  /** The file as it was named on the command line, or `-` for standard input. */
  readonly file: string;
  /** The reader that understood it: `session-page`, `jsonl`, `beir`. */
  readonly format: string;
  /** 1-based record within the file: the line in JSON Lines, the talk on a session page. */
  readonly record: number;
}

/** A slot in a conference programme. Times are ISO 8601 with the offset the page gave. */
export interface PaperSession {
  readonly name?: string | undefined;
  readonly hall?: string | undefined;
  readonly start?: string | undefined;
  readonly end?: string | undefined;
}

export interface PaperUrls {
  readonly landing?: string | undefined;
  readonly pdf?: string | undefined;
}

/** Identifiers that others gave the paper, in the form without a prefix (`10.1000/182`, `2101.11408`). */
export interface ExternalIds {
  readonly doi?: string | undefined;
  readonly arxiv?: string | undefined;
  readonly openreview?: string | undefined;
  readonly acl?: string | undefined;
  readonly s2?: string | undefined;
}

/** One paper. Text is NFC-normalised, trimmed and free of control characters; paragraphs of an abstract are parted by a blank line. */
export interface Paper {
  /** Stable across ingests, unique in an index. */
  readonly id: string;
  readonly title: string;
  /** Empty when the source had none: the paper is still found by its title. */
  readonly abstract: string;
  readonly authors: readonly string[];
  readonly venue?: string | undefined;
  readonly year?: number | undefined;
  /** Publication date, ISO 8601 (YYYY-MM-DD, or a prefix of it). */
  readonly date?: string | undefined;
  readonly keywords: readonly string[];
  readonly categories: readonly string[];
  readonly urls: PaperUrls;
  readonly externalIds: ExternalIds;
  readonly session?: PaperSession | undefined;
  /** Where it was read; the first of `sources` when there are several. */
  readonly source: PaperSource;
  /** Other ids it is found by: those that its sources gave it, and those it had before. Absent when there are none. */
  readonly aliases?: readonly string[] | undefined;
  /** Every place it was read, the one that counts most first. Absent when there is one only. */
  readonly sources?: readonly PaperSource[] | undefined;
  /** The places in `sources` (from 0) that each field comes from: `{ title: [0], 'urls.pdf': [1] }`. Goes with `sources`. */
  readonly provenance?: Provenance | undefined;
}

/** Papers by position, each read when it is asked for. An array of papers is one. */
export interface PaperSequence {
  readonly length: number;
  /** The paper at a position from 0 to `length` - 1. */
  at(doc: number): Paper | undefined;
}

/** Places in a list of sources, by field. */
export type Provenance = Readonly<Record<string, readonly number[]>>;

export const SEARCH_MODES = ['hybrid', 'keyword', 'semantic'] as const;
export type SearchMode = (typeof SEARCH_MODES)[number];

/** The text fields that keyword search looks in. */
export const TEXT_FIELDS = ['title', 'abstract', 'authors', 'keywords', 'venue'] as const;
export type TextField = (typeof TEXT_FIELDS)[number];

/** Half-open range of UTF-16 code units in a text. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** A place in a paper's own text that the query matched; `text` is exactly what stands there. */
export interface Highlight extends Span {
  readonly field: 'title' | 'abstract';
  readonly text: string;
}

/** A paper by its position in an index, with a score that only compares within one list. */
export interface Scored {
  /** 0-based position of the paper in the index. */
  readonly doc: number;
  readonly score: number;
}

/** What a keyword run says of every paper. Scores compare only within one run. */
export interface LexicalScores {
  /** One a paper, 0 for none of the terms. */
  readonly scores: Float64Array;
  /**
   * The score of a paper that matches every term of the query as well as can be; 0 for a query without terms.
   * Against it, the best of poor matches does not look like a good one.
   */
  readonly most: number;
}

/** What an embedding model is, as a manifest records it. */
export interface ModelInfo {
  readonly name: string;
  /** Numbers in a vector. */
  readonly dimension: number;
  /** Tokens the model reads at once, its two special tokens included. */
  readonly maxTokens: number;
  /** sha256 of the model file that ran, in hex. */
  readonly digest: string;
}

/** Called with how much of a long task is done. */
export type Progress = (done: number, total: number) => void;
