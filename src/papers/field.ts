import type { Paper } from './paper.ts';

/** A property of `Paper` whose text keyword search indexes. */
type TextProperty = 'title' | 'abstract' | 'authors' | 'keywords' | 'venue';

/** How papers are put in an order; papers without a value (an empty text, 0) come last. */
export type SortKey =
  | /** Ascending by UTF-16 code units; ties by position. */ {
      readonly by: 'text';
      readonly key: (paper: Paper) => string;
    }
  | {
      readonly by: 'number';
      readonly key: (paper: Paper) => number;
      readonly direction: 'ascending' | 'descending';
      /** The sort key, by text, that decides ties. */
      readonly ties: string;
    }
  | {
      /** By the number of links of a paper, the most first unless `isAscending`. */
      readonly by: 'count';
      readonly direction: 'references' | 'citations';
      /** The fewest first, instead of the most. */
      readonly isAscending?: true;
      /** The sort key that decides ties; its field is declared before this one, and so are the links. */
      readonly ties: string;
    }
  | {
      /** By when papers came in, the latest first. */
      readonly by: 'arrival';
      /** The sort key that decides ties; its field is declared before this one. */
      readonly ties: string;
    };

/** What every field declares, whatever its values are. */
interface AnyField {
  /** Its name in requests, URLs, options of the command line and facets. Unique. */
  readonly name: string;
  /** Its heading on the page. */
  readonly label: string;
  /** What a filter takes, as a noun phrase that begins in lower case: "a venue, or words of its name". */
  readonly description: string;
  /** The placeholder for a value in the help of the command line. Default: `name`. */
  readonly placeholder?: string;
  /** Whether papers can be filtered by it. */
  readonly filter?: true;
  /** Whether its values can be counted. */
  readonly facet?: true;
  /** Present when papers can be sorted by it. */
  readonly sort?: SortKey;
  /** Names before a colon in the query language, the first one the name that is printed. */
  readonly query?: readonly [string, ...string[]];
  /**
   * The text that keyword search indexes. `place` is its place in stored postings, from 0: to change one is to change
   * the format of snapshots.
   */
  readonly text?: { readonly property: TextProperty; readonly place: number };
  /** Whether only the compatible APIs use it. The index does not store it: it is read from the papers at first use. */
  readonly internal?: true;
}

/** Text alone: it can be searched, and sorted by. */
interface TextField extends AnyField {
  readonly kind: 'text';
}

/**
 * Texts of which a paper has any number. A filter by one that equals a value in the index, case and accents aside,
 * passes the papers with that value. Any other text passes papers with a value that contains its words: one after
 * another (`phrase`, for a field with `text`), or in any order (`words`), or no paper at all (`exact`).
 */
export interface ValuesField extends AnyField {
  readonly kind: 'values';
  readonly matches: 'phrase' | 'words' | 'exact';
  readonly valuesOf: (paper: Paper) => readonly (string | undefined)[];
  /** Whether values that differ by the plural of their last word are one. */
  readonly foldsPlural?: true;
}

/** A whole number; 0 for a paper without one, which is in no range. Filters are ranges, both ends included. */
export interface NumberField extends AnyField {
  readonly kind: 'number';
  /** `year`: 4 digits. `day`: year · 10,000 + month · 100 + day. */
  readonly unit: 'year' | 'day';
  readonly numberOf: (paper: Paper) => number;
}

/** How many links a paper has: a number that follows from the papers around it, not from itself. 0 is a number. */
export interface CountField extends AnyField {
  readonly kind: 'number';
  readonly unit: 'count';
  /** `references`: the works that a paper cites, in the index or not. `citations`: the papers that cite it. */
  readonly direction: 'references' | 'citations';
}

/**
 * When something happened to a paper in the index: a fact about the index, not about the paper. Milliseconds since 1970;
 * 0 where it is not known, which is in no range. Filters are days or instants, or ranges of them.
 */
export interface InstantField extends AnyField {
  readonly kind: 'number';
  readonly unit: 'instant';
  /** `added`: when it came in. `changed`: when what it says last changed. */
  readonly event: 'added' | 'changed';
}

/** The papers at one end of the links between papers. A value is an identifier of the paper at the other end. */
interface LinksField extends AnyField {
  readonly kind: 'links';
  /** Whether the value is a work that a paper cites (`references`), or a paper that cites it (`citations`). */
  readonly direction: 'references' | 'citations';
}

/** What a paper may have. A filter lists what every paper must have, all of it. At most 8 flags. */
export interface FlagsField extends AnyField {
  readonly kind: 'flags';
  /** In the order of their bits, the lowest first. */
  readonly flags: Readonly<Record<string, (paper: Paper) => boolean>>;
}

/** Identifiers of a paper, each compared by its key. A filter passes the papers with any of several. */
export interface IdentifierField extends AnyField {
  readonly kind: 'identifier';
  /** The keys that a paper is found by. */
  readonly keysOf: (paper: Paper) => readonly string[];
  /** The keys that a given identifier may have, the first that is in the index counts. */
  readonly lookUp: (identifier: string) => readonly string[];
}

/** An order of papers and nothing else. */
interface OrderField extends AnyField {
  readonly kind: 'order';
  readonly sort: SortKey;
}

/** What the map knows of a paper: the cluster it is in, or whether it is inside an outline. */
interface MapField extends AnyField {
  readonly kind: 'cluster' | 'outline';
}

/** A field of papers; see `FIELDS` for those that there are. */
export type Field =
  | TextField
  | ValuesField
  | NumberField
  | CountField
  | InstantField
  | LinksField
  | FlagsField
  | IdentifierField
  | OrderField
  | MapField;
