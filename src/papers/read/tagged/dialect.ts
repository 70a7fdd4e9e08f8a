import type { PublicationText } from '../../publication.ts';
import type { PaperStatus } from '../../status.ts';
import type { RawPaper } from '../reader.ts';

/** What a line of a tagged file is. */
export type TaggedLine =
  /** The first value of a tag, or a further one. */
  | { readonly kind: 'value'; readonly tag: string; readonly value: string }
  /** A line that belongs to the value before it. */
  | { readonly kind: 'more'; readonly text: string }
  /** A line between records. */
  | { readonly kind: 'end' };

/** The tags that each field is read from: the first of them that a record has counts, with all its values. */
export interface TagTable {
  readonly title: readonly string[];
  readonly abstract: readonly string[];
  readonly authors: readonly string[];
  readonly editors?: readonly string[];
  readonly venue: readonly string[];
  /** Read as words ("2013 Sep 12"); the first that names a year. */
  readonly dates: readonly string[];
  /** All of them together. */
  readonly keywords: readonly string[];
  readonly categories?: readonly string[];
  readonly url?: readonly string[];
  readonly pdf?: readonly string[];
  readonly doi?: readonly string[];
  readonly pmid?: readonly string[];
  readonly pmcid?: readonly string[];
  /** What a citation says beside: volume, pages, publisher. */
  readonly publication?: Readonly<Partial<Record<PublicationText, readonly string[]>>>;
  /** Types of the publication, which may say that it was retracted. */
  readonly types?: readonly string[];
}

/** The values of one record by tag, in their order. */
type Values = ReadonlyMap<string, readonly string[]>;

/** A format of citations with a tag a line. All of them are read by one engine (`tagged/reader.ts`). */
export interface Dialect {
  readonly format: string;
  /** Who makes files of the format: what a status in them is ascribed to. */
  readonly maker: string;
  readonly description: string;
  readonly files: readonly string[];
  detect(head: string, file: string): boolean;
  lineOf(text: string): TaggedLine;
  /** Whether a value begins a record. */
  begins(tag: string): boolean;
  /** Tags whose every line is a value of its own, as authors in Web of Science. */
  readonly lists?: ReadonlySet<string>;
  readonly tags: TagTable;
  /** What the table cannot say: identifiers with their kind behind them, and the like. */
  refine?(values: Values, paper: RawPaper): Partial<RawPaper> & { readonly status?: PaperStatus | undefined };
}

/** A line by a pattern with tag and value; any other line with text belongs to the value before it. */
export function lineBy(pattern: RegExp, text: string): TaggedLine {
  const [, tag, value = ''] = pattern.exec(text) ?? [];
  return tag === undefined
    ? { kind: 'more', text: text.trim() }
    : { kind: 'value', tag, value: value.trim() };
}
