import type { Selection } from './selection.ts';

/** What a response says about paging, or why it cannot be used. */
export type PageReading =
  | {
      readonly kind: 'page';
      /** Papers in it. */
      readonly papers: number;
      /** Papers of all pages together, if the service says so. */
      readonly total?: number | undefined;
      /** Where the next page begins; none after the last. */
      readonly next?: string | undefined;
    }
  /** Not the requested page, but a retry may return it: cut short, unexpectedly empty. */
  | { readonly kind: 'again'; readonly reason: string }
  /** The service no longer knows the cursor: the fetch must start again. */
  | { readonly kind: 'stale'; readonly reason: string }
  /** The service cannot or will not answer this. */
  | { readonly kind: 'refused'; readonly reason: string };

/** A key that a service gives its users. It is read from the environment and written to no file and no message. */
interface ApiKey {
  readonly variable: string;
  readonly header: string;
  /** Before the key in the header. */
  readonly scheme?: 'Bearer';
}

/**
 * One service: which requests fetch a selection, page by page, and what a page says about the next one. The papers
 * themselves are read by the readers.
 */
export interface Connector {
  /** The name of the service, for messages. */
  readonly title: string;
  /** The addresses of the service; no other is requested (see `AllowedUrls`). */
  readonly prefixes: readonly string[];
  /** Pause between two requests (milliseconds), as the service documents it. */
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
  /** The parts of a selection that it supports. */
  readonly takes: readonly (keyof Selection)[];
  /** Whether an interrupted fetch can continue with its cursor; otherwise it starts again. */
  readonly resumable: boolean;
  /** Whether its totals are exact, so that fewer papers than that are a loss. */
  readonly exactTotals: boolean;
  /** What is missing or too much in a selection, as a message; undefined when it can be fetched. */
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
   * @returns undefined when the service cannot say: then everything is requested again.
   */
  since(selection: Selection, day: string): Selection | undefined;
}
