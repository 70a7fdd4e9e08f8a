import type { Span } from '../../text/span.ts';
import type { QueryNotice } from '../ast.ts';

/** What is said of each kind of part, after the parts themselves. */
const MESSAGES = {
  heading:
    'a subject heading is searched by its words in title, abstract and keywords, without narrower headings',
  subheading: 'the subheading or focus of a heading is ignored',
  checkTag: 'this heading describes how a paper was indexed and not what its text says: it is ignored',
  unsupported:
    'papers do not have this here (publication type, language, database and the like): it is ignored',
  tag: 'this field is not known: every field is searched',
  wildcard:
    'a wildcard inside a word, and a limit on what may follow, are searched as the beginning of the word',
  shortPrefix: 'too few letters come before the wildcard: the letters are searched as a word',
  phrase: 'a phrase with truncated words is searched as words that are all required, in any order',
  near: 'words near each other, some of them truncated or not single words, are all required, at any distance',
  order: 'words near each other are searched in either order',
  initials: 'the initials of an author are ignored',
  day: 'dates are compared by year',
  recordDate: "the date of the database's record is compared with the year of publication",
  date: 'this is not a date that can be read: it is ignored',
  missing: 'this line is not in the query, so it finds nothing: paste the whole strategy',
  unused: 'the answer, which is the last line, does not use this line',
  header: 'this is not a line of the strategy: it is ignored',
  count: 'a number at the end of a line is a number of results: it is ignored',
  operator: 'nothing is beside this operator: it is ignored',
  bracket: 'this bracket or quotation mark has no partner: it is ignored',
  loneTag: 'nothing is before this field, or another field: it is ignored',
  implicit: 'no operator is between these: both are required',
  leftToRight: 'AND, OR and NOT are read from left to right, as PubMed does',
} as const;

export type NoticeKind = keyof typeof MESSAGES;

/** Kinds that lose nothing of what was asked for, so that `strict` allows them. */
const HARMLESS: ReadonlySet<NoticeKind> = new Set(['count', 'leftToRight', 'header']);
const MAX_EXAMPLES = 3;
const MAX_EXAMPLE_LENGTH = 60;

/** Collects what was not translated exactly: one notice for each kind, with its first places. */
export class NoticeBook {
  readonly #text: string;
  readonly #places = new Map<NoticeKind, Map<string, Span>>();

  constructor(text: string) {
    this.#text = text;
  }

  add(kind: NoticeKind, span: Span): void {
    const places = this.#places.get(kind) ?? new Map<string, Span>();
    this.#places.set(kind, places);
    const example = this.#text
      .slice(span.start, Math.min(span.end, span.start + 2 * MAX_EXAMPLE_LENGTH))
      .replace(/\s+/gu, ' ');
    if (!places.has(example)) places.set(example, span);
  }

  /** The notices, by place. */
  notices(): QueryNotice[] {
    return Array.from(this.#places, ([kind, places]) => noticeOf(kind, places)).sort(
      (one, other) => one.span.start - other.span.start,
    );
  }

  /** The first notice of something lost. */
  firstLoss(): QueryNotice | undefined {
    const lost = [...this.#places].filter(([kind]) => !HARMLESS.has(kind));
    const notices = lost.map(([kind, places]) => noticeOf(kind, places));
    return notices.sort((one, other) => one.span.start - other.span.start)[0];
  }
}

function noticeOf(kind: NoticeKind, places: ReadonlyMap<string, Span>): QueryNotice {
  const examples = [...places.keys()].slice(0, MAX_EXAMPLES).map(shortened);
  const more = places.size - examples.length;
  const list = `${examples.join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
  return { span: [...places.values()][0]!, message: `${list}: ${MESSAGES[kind]}.` };
}

function shortened(example: string): string {
  const text = example.trim();
  return text.length > MAX_EXAMPLE_LENGTH ? `${text.slice(0, MAX_EXAMPLE_LENGTH)}…` : text;
}
