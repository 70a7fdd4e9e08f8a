import { VERSION } from '../../../version.ts';
import type { SearchedSource } from '../../review.ts';
import type { WholeReview } from '../../service.ts';
import { prismaCounts } from '../prisma/prisma-counts.ts';
import { historyOf } from './history.ts';
import { list, plain, table, verbatim } from './markdown.ts';

/** An item of the checklist: its text, or undefined where nothing is known. */
interface Item {
  readonly title: string;
  readonly text: string | undefined;
  /** The options of `review source` that record it. */
  readonly recordedBy: string;
}

/** Words in notes of sources that say something about an item. */
const FILTERS = /\b(?:search filter|filter|hedge)s?\b/i;
const LIMITS = /\b(?:limit(?:ed|s)?|restrict(?:ed|ions?)?|language|years?|since|from \d{4})\b/i;
const PRIOR_WORK = /\b(?:adapted|reused?|earlier review|previous review|prior)\b/i;
const PEER_REVIEW = /\b(?:peer.?review(?:ed)?|PRESS)\b/;
const CITATIONS = /citation|cited|citing|reference list|bibliograph|snowball/i;
const CONTACTS = /contact|expert|author|colleague|manufacturer/i;
const ONLINE = /web|site|google|browse|hand.?search|table of contents|proceedings|conference/i;

/**
 * The log of the searches behind a review, as Markdown in the order of the 16 items of PRISMA-S (Rethlefsen et al.,
 * Systematic Reviews 2021;10:39): filled in from the protocol's sources and the events of the review. What is not known is
 * marked as not recorded, with the command that records it.
 */
export function searchLog(whole: WholeReview): string {
  const { protocol } = whole;
  const sections = itemsOf(whole).map(({ title, text, recordedBy }, at) => {
    const command = `paper-search review source ${whole.id} NAME ${recordedBy}`;
    return `## ${at + 1}. ${title}\n\n${text ?? `Not recorded: add with \`${command}\`.`}`;
  });
  return [
    `# Searches of the review “${plain(whole.name)}”`,
    `Question: ${plain(protocol.question)}`,
    `Written by paper-search ${VERSION} from the records of the review as of ${whole.changedAt}, in the order of the PRISMA-S checklist.`,
    ...sections,
    '## What happened',
    historyOf(whole),
    '',
  ]
    .join('\n\n')
    .replace(/\n+$/, '\n');
}

function itemsOf(whole: WholeReview): readonly Item[] {
  const { sources } = whole.protocol;
  const databases = sources.filter(({ kind }) => kind === 'database');
  const registers = sources.filter(({ kind }) => kind === 'register');
  const others = sources.filter(({ kind }) => kind === 'other');
  const isSpecial = ({ name }: SearchedSource) =>
    [CITATIONS, CONTACTS, ONLINE].some((words) => words.test(name));
  const named = (words: RegExp) => sourceList(others.filter(({ name }) => words.test(name)));
  return [
    { title: 'Database name', text: sourceList(databases), recordedBy: '--kind database' },
    {
      title: 'Multi-database searching',
      text: notesWith(databases, /\b(?:platform|simultaneous|together|multi)/i),
      recordedBy: '--note "Searched together on the platform …: …"',
    },
    { title: 'Study registries', text: sourceList(registers), recordedBy: '--kind register' },
    { title: 'Online resources and browsing', text: named(ONLINE), recordedBy: '--kind other' },
    { title: 'Citation searching', text: named(CITATIONS), recordedBy: '--kind other' },
    { title: 'Contacts', text: named(CONTACTS), recordedBy: '--kind other' },
    {
      title: 'Other methods',
      text: sourceList(others.filter((source) => !isSpecial(source))),
      recordedBy: '--kind other',
    },
    { title: 'Full search strategies', text: strategies(sources), recordedBy: '--query "…"' },
    { title: 'Limits and restrictions', text: limits(whole), recordedBy: '--note "Limits: …"' },
    {
      title: 'Search filters',
      text: notesWith(sources, FILTERS),
      recordedBy: '--note "Search filter: …"',
    },
    { title: 'Prior work', text: notesWith(sources, PRIOR_WORK), recordedBy: '--note "Adapted from …"' },
    { title: 'Updates', text: updates(whole), recordedBy: '--date …' },
    { title: 'Dates of searches', text: dates(sources), recordedBy: '--date …' },
    {
      title: 'Peer review',
      text: notesWith(sources, PEER_REVIEW),
      recordedBy: '--note "Peer review (PRESS) by …"',
    },
    { title: 'Total records', text: totals(whole), recordedBy: '--records N' },
    { title: 'Deduplication', text: deduplication(whole), recordedBy: '--records N' },
  ];
}

function sourceList(sources: readonly SearchedSource[]): string | undefined {
  if (sources.length === 0) return undefined;
  return list(sources.map(({ name, note }) => (note ? `${plain(name)}: ${plain(note)}` : plain(name))));
}

function notesWith(sources: readonly SearchedSource[], words: RegExp): string | undefined {
  const found = sources.filter(({ note = '' }) => words.test(note));
  return found.length === 0
    ? undefined
    : list(found.map(({ name, note = '' }) => `${plain(name)}: ${plain(note)}`));
}

function strategies(sources: readonly SearchedSource[]): string | undefined {
  if (sources.every(({ query }) => query === undefined)) return undefined;
  return sources
    .map(({ name, query, date }) => {
      const title = `### ${plain(name)}${date === undefined ? '' : `, ${date}`}`;
      return `${title}\n\n${query === undefined ? 'Query not recorded.' : verbatim(query)}`;
    })
    .join('\n\n');
}

/** Notes of sources, and what the pool was limited to. */
function limits({ protocol, pool }: WholeReview): string | undefined {
  const notes = notesWith(protocol.sources, LIMITS);
  const request = pool.at(-1)?.request;
  const query = request?.query?.trim()
    ? `The pool has the papers of the index that answer this query:\n\n${verbatim(request.query)}`
    : '';
  const filters =
    request?.filters && Object.keys(request.filters).length > 0
      ? `The pool is limited by these filters:\n\n${verbatim(JSON.stringify(request.filters))}`
      : '';
  const texts = [notes, query, filters].filter(Boolean);
  return texts.length === 0 ? undefined : texts.join('\n\n');
}

/** Sources that were searched again, and pools that were taken again. */
function updates({ protocol, pool }: WholeReview): string | undefined {
  const dates = new Map<string, string[]>();
  for (const { name, date } of protocol.sources) {
    if (date !== undefined) dates.set(name, [...(dates.get(name) ?? []), date]);
  }
  const again = [...dates].filter(([, all]) => all.length > 1);
  const items = [
    ...again.map(([name, all]) => `${plain(name)} was searched on ${[...all].sort().join(', ')}.`),
    ...pool
      .slice(1)
      .map(
        ({ at, added, removed, papers }) =>
          `On ${at.slice(0, 10)} the pool was taken from the index again: ${added} papers came in, ${removed} were removed, ${papers} in all.`,
      ),
  ];
  return items.length === 0 ? undefined : list(items);
}

function dates(sources: readonly SearchedSource[]): string | undefined {
  if (sources.every(({ date }) => date === undefined)) return undefined;
  return table(
    ['Source', 'Last search'],
    sources.map(({ name, date }) => [plain(name), date ?? 'not recorded']),
  );
}

function totals(whole: WholeReview): string {
  const { columns, notes } = prismaCounts(whole);
  const sources = columns.flatMap((column) => column.sources);
  const total = sources.reduce((sum, { records }) => sum + records, 0);
  const rows = [
    ...sources.map(({ name, records }) => [plain(name), String(records)]),
    ['Total', String(total)],
  ];
  const aboutSources = notes.filter((note) =>
    /record(?:s)?\b.*(?:files have|reached|source files)/.test(note),
  );
  return [table(['Source', 'Records'], rows), ...aboutSources.map(plain)].join('\n\n');
}

function deduplication(whole: WholeReview): string {
  const { columns, duplicatesRemovedBy } = prismaCounts(whole);
  const duplicates = columns.reduce((sum, { removed }) => sum + removed.duplicates, 0);
  return `${duplicates} duplicate records were removed by ${duplicatesRemovedBy}: records of one paper were merged, and each paper keeps the places of its records.`;
}
