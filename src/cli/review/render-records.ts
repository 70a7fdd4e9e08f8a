import { placeText } from '../../papers/read/place.ts';
import type { LabelImport } from '../../review/import-labels.ts';
import type { PrismaCounts } from '../../review/records/records.ts';
import { visibleText } from '../../text/visible-text.ts';
import { countText } from './render-review.ts';

const MAX_LISTED = 10;

/** The counts of a PRISMA diagram, one a line. */
export function renderPrisma({ columns, included, notes }: PrismaCounts): string {
  const lines = columns.flatMap((column) => {
    const { kind, sources, identified, removed, screened, excluded, undecided, sought, assessed } = column;
    const removals = [
      [removed.duplicates, 'duplicates'],
      [removed.automation, 'by automation'],
      ...removed.other.map(({ reason, records }) => [records, reason] as const),
    ] as const;
    return [
      ...(columns.length > 1 ? [kind === 'databases' ? 'Databases and registers' : 'Other methods'] : []),
      row('records identified', identified),
      ...sources.map(({ name, records }) => row(`  ${name}`, records)),
      ...removals.filter(([count]) => count > 0).map(([count, what]) => row(`  removed: ${what}`, count)),
      row('records screened', screened.records),
      row('  excluded', excluded.records),
      ...(excluded.byRankingOnly > 0
        ? [row('    of these ranked and not read', excluded.byRankingOnly)]
        : []),
      ...(undecided > 0 ? [row('  undecided', undecided)] : []),
      row('reports sought', sought),
      row('  not retrieved', column.notRetrieved),
      ...(column.notAssessed > 0 ? [row('  not assessed yet', column.notAssessed)] : []),
      row('reports assessed', assessed),
      row('  excluded', column.excludedReports),
      ...column.reasons.map(({ reason, records }) => row(`    ${reason}`, records)),
      ...(column.undecidedReports > 0 ? [row('  undecided', column.undecidedReports)] : []),
    ];
  });
  return visibleText([...lines, row('reports included', included), ...notes].join('\n'));
}

const LABEL_WIDTH = 44;

function row(label: string, count: number): string {
  return `${label.padEnd(LABEL_WIDTH)} ${String(count).padStart(6)}`;
}

/** What became of the labels of a file. */
export function renderLabelImport(imported: LabelImport, by: string): string {
  const { written, present, unlabelled, unmatched, unknownReasons, problems } = imported;
  const also = [
    ...(present > 0 ? [`${present} were there already`] : []),
    ...(unlabelled > 0 ? [`${countText(unlabelled, 'record')} without a decision`] : []),
  ];
  const listed = (title: string, lines: readonly string[]) => {
    if (lines.length === 0) return [];
    const more =
      lines.length > MAX_LISTED ? [`  … and ${lines.length - MAX_LISTED} more (all with --json)`] : [];
    return [`${title}: ${lines.length}`, ...lines.slice(0, MAX_LISTED).map((line) => `  ${line}`), ...more];
  };
  return visibleText(
    [
      `Added ${countText(written, 'label')} of ${by}${also.length > 0 ? `; ${also.join(', ')}` : ''}.`,
      ...listed(
        'Not in the pool',
        unmatched.map(
          ({ place, identifiers, title }) => `${placeText(place)}: ${title || identifiers.join(', ')}`,
        ),
      ),
      ...(unknownReasons.length > 0
        ? [`Reasons that are not criteria, kept in the notes: ${unknownReasons.join(', ')}`]
        : []),
      ...listed(
        'Problems',
        problems.map((notice) => `${placeText(notice)}: ${notice.reason}`),
      ),
    ].join('\n'),
  );
}
