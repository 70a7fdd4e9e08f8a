import type { Connector, PageReading } from '../connector.ts';
import type { Selection } from '../selection.ts';
import { XmlPage } from '../xml-page.ts';

const DATA = 'https://raw.githubusercontent.com/acl-org/acl-anthology/master/data/xml/';
/** The first year whose collections are named by year and venue (`2020.acl`). */
const FIRST_YEAR = 2020;
const COLLECTION = /^(?:[A-Z]\d\d|\d{4}\.[a-z0-9_-]+)$/;

/** The ACL Anthology: a file a collection, from its repository on GitHub. */
export const aclConnector: Connector = {
  title: 'ACL Anthology',
  prefixes: ['https://raw.githubusercontent.com/acl-org/acl-anthology/'],
  intervalMs: 1000,
  timeoutMs: 120_000,
  // GitHub serves all text as plain text.
  contentType: /\bxml\b|^text\/plain\b/i,
  fileEnding: 'xml',
  asksForContact: false,
  hints: {},
  takes: ['collections', 'venue', 'from', 'until', 'limit'],
  resumable: true,
  exactTotals: true,
  objection: ({ collections, venue, from, until }) => {
    const wrong = [...(collections ?? []), ...(venue ? [`${FIRST_YEAR}.${venue}`] : [])].find(
      (name) => !COLLECTION.test(name),
    );
    if (wrong) return `Expected a collection of the Anthology (2024.acl, P19), got "${wrong}".`;
    if (collections && (venue || from || until))
      return '--collections cannot be combined with --venue, --from or --until.';
    if (collections || venue) return undefined;
    return `Say what: --collections (2024.acl P19), or --venue (emnlp) for all its years since ${FIRST_YEAR}.`;
  },
  request: (selection, cursor, today) => new URL(`${cursor ?? collectionsOf(selection, today)[0]}.xml`, DATA),
  read: (text, selection, cursor, today) => {
    const page = new XmlPage(text);
    if (!page.endsWith('collection')) {
      return { kind: 'again', reason: 'a file that is cut short or not a collection' };
    }
    return { kind: 'page', papers: page.count('paper'), next: after(cursor, selection, today) };
  },
  // A venue is not held every year.
  afterMissing: (selection, cursor, today): PageReading => ({
    kind: 'page',
    papers: 0,
    next: after(cursor, selection, today),
  }),
  pageName: (selection, cursor, today) => cursor ?? collectionsOf(selection, today)[0]!,
  // Files change as the Anthology is corrected; each says by its ETag whether it has.
  since: () => undefined,
};

function collectionsOf({ collections, venue, from, until }: Selection, today: string): readonly string[] {
  if (collections) return collections;
  const yearOf = (day: string) => Number(day.slice(0, 4));
  const first = Math.max(FIRST_YEAR, yearOf(from ?? String(FIRST_YEAR)));
  const last = Math.max(first, Math.min(yearOf(until ?? today), yearOf(today)));
  return Array.from({ length: last - first + 1 }, (_, index) => `${first + index}.${venue}`);
}

function after(cursor: string | undefined, selection: Selection, today: string): string | undefined {
  const collections = collectionsOf(selection, today);
  return collections[cursor === undefined ? 1 : collections.indexOf(cursor) + 1];
}
