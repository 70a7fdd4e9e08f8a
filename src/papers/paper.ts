import type { Acceptance } from './acceptance.ts';
import type { PersonName } from './names.ts';
import type { Publication } from './publication.ts';
import type { PaperStatus } from './status.ts';

/** Where a paper came from: enough to find the record again. */
export interface PaperSource {
  /** The file as it was named on the command line, or `-` for standard input. */
  readonly file: string;
  /** The reader that understood it: `session-page`, `jsonl`, `beir`. */
  readonly format: string;
  /** 1-based record within the file: the line in JSON Lines, the talk on a session page. */
  readonly record: number;
}

/** A slot in the schedule of a conference. Times are ISO 8601 with the offset of the source, or of the conference if its zone is known. */
export interface PaperSession {
  readonly name?: string | undefined;
  readonly hall?: string | undefined;
  readonly start?: string | undefined;
  readonly end?: string | undefined;
}

export interface PaperUrls {
  readonly landing?: string | undefined;
  readonly pdf?: string | undefined;
  /** Where its program code is. */
  readonly code?: string | undefined;
}

/**
 * Identifiers that others gave the paper, each in one spelling without a prefix (`10.1000/182`, `2101.11408`,
 * `PMC1234567`); `src/papers/identifiers/ids-in.ts` says what is one.
 */
export interface ExternalIds {
  readonly doi?: string | undefined;
  readonly arxiv?: string | undefined;
  readonly openreview?: string | undefined;
  readonly acl?: string | undefined;
  readonly s2?: string | undefined;
  readonly pmid?: string | undefined;
  readonly pmcid?: string | undefined;
  readonly dblp?: string | undefined;
  readonly openalex?: string | undefined;
  readonly mag?: string | undefined;
  /** The paper's own, where it is a book: not that of the book it is a chapter of. 13 digits. */
  readonly isbn?: string | undefined;
}

/** Who has a part in a publication without being its author. */
export const CONTRIBUTOR_ROLES = ['editors', 'translators', 'bookAuthors'] as const;
export type ContributorRole = (typeof CONTRIBUTOR_ROLES)[number];

/** One paper. Text is NFC-normalised, trimmed and free of control characters; paragraphs of an abstract are parted by a blank line. */
export interface Paper {
  /** Stable across ingests, unique in an index. */
  readonly id: string;
  readonly title: string;
  /** Empty when the source had none: the paper is still found by its title. */
  readonly abstract: string;
  /** A summary of one or two sentences that a source gives beside the abstract. Not indexed. */
  readonly tldr?: string | undefined;
  /** The authors' names as they are read; those of the editors, translators or book authors where it has no authors. */
  readonly authors: readonly string[];
  /** The same names in their parts, in the same order. */
  readonly authorNames: readonly PersonName[];
  /** Whose names `authors` are, where the source names no authors. */
  readonly authorRole?: ContributorRole | undefined;
  readonly editors?: readonly PersonName[] | undefined;
  readonly translators?: readonly PersonName[] | undefined;
  /** Authors of the book that a chapter is in. */
  readonly bookAuthors?: readonly PersonName[] | undefined;
  /** What a citation says beside the fields above: type, volume, pages, publisher, the citation key. Not indexed. */
  readonly publication?: Publication | undefined;
  /**
   * The language of its title and abstract, ISO 639-1, where that is known and not English: keyword search analyses them
   * in it. What a source says about the publication is in `publication.language`.
   */
  readonly language?: string | undefined;
  readonly venue?: string | undefined;
  /** The venue as its source spells it, where `venue` is another name of it. */
  readonly venueAsGiven?: string | undefined;
  readonly year?: number | undefined;
  /** Publication date, ISO 8601 (YYYY-MM-DD, or a prefix of it). */
  readonly date?: string | undefined;
  readonly keywords: readonly string[];
  readonly categories: readonly string[];
  readonly urls: PaperUrls;
  readonly externalIds: ExternalIds;
  readonly session?: PaperSession | undefined;
  /** What its venue decided about it, where a source says so. */
  readonly acceptance?: Acceptance | undefined;
  /** Whether it was retracted, withdrawn, removed or corrected, where a source says so. */
  readonly status?: PaperStatus | undefined;
  /**
   * The works in its list of references, as far as a source names their identifiers; each is one text as
   * `src/papers/references.ts` describes it. Absent where no source does.
   */
  readonly references?: readonly string[] | undefined;
  /** Works that cite it, where a source lists them with the paper; written as in `references`. */
  readonly citedBy?: readonly string[] | undefined;
  /** Where it was read; the first of `sources` when there are several. */
  readonly source: PaperSource;
  /** Other ids it is found by: those that its sources gave it, and those it had before. Absent when there are none. */
  readonly aliases?: readonly string[] | undefined;
  /** Every place it was read, the one that counts most first. Absent when there is one only. */
  readonly sources?: readonly PaperSource[] | undefined;
  /**
   * The positions in `sources` (from 0) that each field comes from: `{ title: [0], 'urls.pdf': [1] }`. Accompanies
   * `sources`.
   */
  readonly provenance?: Provenance | undefined;
  /**
   * When the paper came into the index, and when what it says last changed there (ISO 8601, UTC). Snapshots add both to
   * the papers that they hand out; they are facts about the index and in no record.
   */
  readonly added?: string | undefined;
  readonly changed?: string | undefined;
}

/** Papers by position, each read when it is asked for. An array of papers is one. */
export interface PaperSequence {
  readonly length: number;
  /** The paper at a position from 0 to `length` - 1. */
  at(doc: number): Paper | undefined;
}

/** Places in a list of sources, by field. */
type Provenance = Readonly<Record<string, readonly number[]>>;
