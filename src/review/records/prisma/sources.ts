import { nameKey } from '../../../papers/read/field-names.ts';
import type { SearchedSource } from '../../review.ts';
import type { PoolChange, WholePaper, WholeReview } from '../../service.ts';
import type { PrismaReason, PrismaSource } from './counts.ts';

type Column = 'databases' | 'other';

/** Where the records of a review come from, and in which column of the diagram each of its papers is. */
export interface Identified {
  readonly sources: Readonly<Record<Column, readonly PrismaSource[]>>;
  /** Records that a source reported and that did not arrive; of the column of databases. */
  readonly missing: readonly PrismaReason[];
  readonly columnOf: (paper: WholePaper) => Column;
  readonly notes: readonly string[];
}

/**
 * The sources as the protocol counts them, if it does so for all; else the records of the pool by source file. A file is
 * of a source of the protocol if its name contains the source's: `pubmed-2026.nbib` is of PubMed.
 */
export function identifiedFrom({ protocol, pool, all }: WholeReview): Identified {
  const files = pool.at(-1)?.records ?? [];
  const sourceOf = matcher(protocol.sources);
  const known = files.map(({ source, records }) => ({ file: source, records, source: sourceOf(source) }));
  // A second column needs every paper of other methods to be known by its file.
  const others = protocol.sources.filter(({ kind }) => kind === 'other');
  const hasOther = others.length > 0 && others.every((other) => known.some(({ source }) => source === other));
  const isOther = (file: string) => hasOther && sourceOf(file)?.kind === 'other';
  const columnOf = ({ paper }: WholePaper): Column => (isOther(paper.source.file) ? 'other' : 'databases');
  const arrived = groupedByName(
    known.map(({ file, records, source }) => ({
      name: source?.name ?? nameOf(file, files),
      kind: source?.kind ?? 'database',
      records,
    })),
  );
  const stated = groupedByName(
    protocol.sources.flatMap(({ name, kind, records }) =>
      records === undefined ? [] : [{ name, kind, records }],
    ),
  );
  const notes = stated.flatMap(({ name, records }) => {
    const found = arrived.find((source) => source.name === name);
    const isSame = found === undefined || found.records === records;
    return isSame ? [] : [`${name} reported ${count(records)}; its files have ${found.records}.`];
  });
  if (
    !hasOther &&
    protocol.sources.length > 0 &&
    protocol.sources.every(({ records }) => records !== undefined)
  ) {
    return { ...fromProtocol(stated, all, notes), columnOf };
  }
  const withoutNumber = protocol.sources.filter(({ records }) => records === undefined);
  if (withoutNumber.length > 0) {
    const names = withoutNumber.map(({ name }) => name).join(', ');
    notes.push(
      `The protocol has no number of records for ${names}: the records of source files were counted.`,
    );
  }
  const sourcesFor = (column: Column) => [
    ...arrived.filter(({ kind }) => (hasOther && kind === 'other' ? 'other' : 'databases') === column),
    ...earlierPools(all.filter((paper) => columnOf(paper) === column)),
  ];
  return {
    sources: { databases: sourcesFor('databases'), other: hasOther ? sourcesFor('other') : [] },
    missing: [],
    columnOf,
    notes,
  };
}

/** The name of a file without its folder, unless another file has the same. */
function nameOf(file: string, files: PoolChange['records']): string {
  const base = (path: string) => path.replace(/^.*[\\/](?=.)/, '');
  return files.some(({ source }) => source !== file && base(source) === base(file)) ? file : base(file);
}

/** The numbers of the protocol, and the difference from the records that arrived. */
function fromProtocol(
  stated: readonly PrismaSource[],
  all: readonly WholePaper[],
  notes: readonly string[],
): Omit<Identified, 'columnOf'> {
  const arrived = recordsOf(all);
  const total = recordsOf(stated);
  const difference = total - arrived;
  const unknown: PrismaSource = { name: 'Not in the protocol', kind: 'other', records: -difference };
  return {
    sources: { databases: difference < 0 ? [...stated, unknown] : stated, other: [] },
    missing:
      difference > 0 ? [{ reason: 'Reported by a source and not in the pool', records: difference }] : [],
    notes:
      difference === 0
        ? notes
        : [...notes, `The sources reported ${count(total)} in all; ${arrived} reached the review.`],
  };
}

/** Papers that the index no longer has are not among the records of its files. */
function earlierPools(papers: readonly WholePaper[]): PrismaSource[] {
  const records = recordsOf(papers.filter(({ removed }) => removed));
  return records === 0 ? [] : [{ name: 'Earlier pools of this review', kind: 'database', records }];
}

function recordsOf(items: readonly { readonly records: number }[]): number {
  return items.reduce((sum, { records }) => sum + records, 0);
}

/** The source of the protocol that a file is of, by name. The longest name wins: "Embase" and "Embase Classic". */
function matcher(sources: readonly SearchedSource[]): (file: string) => SearchedSource | undefined {
  const named = sources
    .map((source) => ({ source, key: nameKey(source.name) }))
    .filter(({ key }) => key !== '')
    .sort((a, b) => b.key.length - a.key.length);
  return (file) => {
    const key = nameKey(file.replace(/^.*[\\/]/, ''));
    return named.find((each) => key.includes(each.key))?.source;
  };
}

function groupedByName(sources: readonly PrismaSource[]): PrismaSource[] {
  const groups = new Map<string, PrismaSource>();
  for (const source of sources) {
    const records = (groups.get(source.name)?.records ?? 0) + source.records;
    groups.set(source.name, { ...(groups.get(source.name) ?? source), records });
  }
  return [...groups.values()];
}

function count(records: number): string {
  return records === 1 ? '1 record' : `${records} records`;
}
