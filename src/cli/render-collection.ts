import type { LogLine } from '../collections/log-view.ts';
import type { ResolvedEntry } from '../collections/resolve.ts';
import type { CollectionSummary } from '../collections/view.ts';
import type { Notice } from '../papers/read/reader.ts';
import { visibleText } from '../text/visible-text.ts';
import { bylineOf } from './render.ts';

/** The collections of an index, one a line. */
export function renderCollections(list: readonly CollectionSummary[], index: string): string {
  if (list.length === 0)
    return `"${index}" has no collections. Create one: paper-search collection new NAME\n`;
  const width = Math.max(...list.map(({ id }) => id.length));
  const lines = list.map(({ id, name, papers, states, changedAt, deletedAt }) => {
    const state =
      deletedAt === undefined ? `changed ${changedAt.slice(0, 10)}` : `deleted ${deletedAt.slice(0, 10)}`;
    return `${id.padEnd(width)}  ${name}: ${papers} papers, ${states.read} read, ${state}`;
  });
  return `${visibleText(lines.join('\n'))}\n`;
}

/** A collection with its papers. */
export function renderCollection(summary: CollectionSummary, entries: readonly ResolvedEntry[]): string {
  const { name, description, papers } = summary;
  const shown = entries.length === papers ? '' : `, ${entries.length} of them shown`;
  const head = [`${name}: ${papers} ${papers === 1 ? 'paper' : 'papers'}${shown}`, description].filter(
    Boolean,
  );
  return `${visibleText([head.join('\n'), ...entries.map(entryText)].join('\n\n'))}\n`;
}

function entryText({ paper, inIndex, note, tags, state, rating, role }: ResolvedEntry, at: number): string {
  const said = [
    state,
    ...(rating === undefined ? [] : [`rated ${rating}`]),
    ...(role === 'none' ? [] : [`seed ${role}`]),
    ...tags.map((tag) => `#${tag}`),
    ...(inIndex ? [] : ['not in the index']),
  ].join(' · ');
  const lines = [
    bylineOf(paper),
    said,
    paper.id,
    ...(note === '' ? [] : note.split('\n').map((line) => `| ${line}`)),
  ];
  return [`${at + 1}. ${paper.title}`, ...lines.filter(Boolean).map((line) => `   ${line}`)].join('\n');
}

/** The log of a collection, one event a line. */
export function renderLog(lines: readonly LogLine[]): string {
  const texts = lines.map(({ number, at, by, type, undone, papers = [], changes, name, of, share }) => {
    const about = [
      ...(name === undefined ? [] : [`"${name}"`]),
      ...(of === undefined ? [] : [`change ${of}`]),
      ...(share === undefined ? [] : [`link ${share}`]),
      papers
        .slice(0, 3)
        .map(({ id }) => id)
        .join(', '),
      ...(papers.length > 3 ? [`and ${papers.length - 3} more`] : []),
      ...(changes ? [JSON.stringify(changes)] : []),
    ].filter(Boolean);
    return `${number}  ${at}  ${by ?? '-'}  ${type}${undone ? ' (undone)' : ''}  ${about.join(' ')}`.trimEnd();
  });
  return `${visibleText(texts.join('\n'))}\n`;
}

/** What an import did. */
export function renderImport(report: {
  readonly collection: CollectionSummary;
  readonly format: string;
  readonly added: number;
  readonly present: number;
  readonly inIndex: number;
  readonly notInIndex: number;
  readonly rejected: readonly Notice[];
  readonly warnings: readonly Notice[];
}): string {
  const { collection, format, added, present, inIndex, notInIndex, rejected, warnings } = report;
  const notices = [...rejected, ...warnings].map(
    ({ file, line, reason }) => `${file}${line === undefined ? '' : `:${line}`}: ${reason}`,
  );
  const text = [
    `Read as ${format}: added ${added} to "${collection.name}"; ${present} were in it already.`,
    `In the index: ${inIndex}. Kept as the file has them: ${notInIndex}. Rejected: ${rejected.length}.`,
    ...notices,
  ];
  return `${visibleText(text.join('\n'))}\n`;
}
