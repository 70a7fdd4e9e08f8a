import type { Selection } from './selection.ts';

/** What a response says about paging, and whether it is one at all. */
export type PageReading =
  | {
      readonly kind: 'page';
      /** Papers in it. */
      readonly papers: number;
      /** Papers of the whole answer, where the service says so. */
      readonly total?: number | undefined;
      /** Where the next page begins; none after the last. */
      readonly next?: string | undefined;
    }
  /** Not what was asked for, but another try may give it: broken off, unexpectedly empty. */
  | { readonly kind: 'again'; readonly reason: string }
  /** The cursor is no longer known to the service: it has to be asked from the beginning. */
  | { readonly kind: 'stale'; readonly reason: string }
  /** The service cannot or will not answer this. */
  | { readonly kind: 'refused'; readonly reason: string };

/** A key that a service gives its users. It is read from the environment and stands in no file and no message. */
interface ApiKey {
  readonly variable: string;
  readonly header: string;
  /** Before the key in the header. */
  readonly scheme?: 'Bearer';
}

/**
 * One service: which requests bring a selection in, page by page, and what a page says about the next. What is
 * in the papers is the readers' business.
 */
export interface Connector {
  /** The service's own name. */
  readonly title: string;
  /** Where it lives; nothing else is asked (see `AllowedUrls`). */
  readonly prefixes: readonly string[];
  /** Rest between two requests (milliseconds), from what the service publishes. */
  readonly intervalMs: number;
  /** The longest that a response may take (milliseconds). */
  readonly timeoutMs: number;
  readonly contentType: RegExp;
  readonly fileEnding: 'json' | 'xml';
  /** Whether the service asks its users for an e-mail address. */
  readonly asksForContact: boolean;
  readonly key?: ApiKey;
  /** What to do about a status of a response, by its number. */
  readonly hints: Readonly<Record<number, string>>;
  /** The parts of a selection that it understands. */
  readonly takes: readonly (keyof Selection)[];
  /** Whether an interrupted fetch can go on with its cursor; otherwise it begins anew. */
  readonly resumable: boolean;
  /** Whether its totals are exact, so that fewer papers than that are a loss. */
  readonly exactTotals: boolean;
  /** What a selection lacks or has too much of, in words; nothing when it can be asked for. */
  objection(selection: Selection): string | undefined;
  /**
   * The request for a page.
   * @param cursor `next` of the page before; none for the first. @param today YYYY-MM-DD.
   */
  request(selection: Selection, cursor: string | undefined, today: string): URL;
  /** What a response with status 200 says. */
  read(text: string, selection: Selection, cursor: string | undefined, today: string): PageReading;
  /** For services whose pages may be missing (status 404): the cursor of the page after a missing one. */
  afterMissing?(selection: Selection, cursor: string | undefined, today: string): PageReading;
  /** A name for the page's file, where pages have names. Default: its number. */
  pageName?(selection: Selection, cursor: string | undefined, today: string): string;
  /**
   * The part of a selection that may be new.
   * @param day YYYY-MM-DD, when it was last fetched.
   * @returns undefined when the service cannot tell: then everything is asked for again.
   */
  since(selection: Selection, day: string): Selection | undefined;
}
