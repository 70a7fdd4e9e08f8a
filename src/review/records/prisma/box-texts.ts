import type { ByWhom, PrismaColumn, PrismaReason, PrismaSource } from './counts.ts';

/** A paragraph of a box; `indent` for an item of the paragraph above. */
export interface BoxText {
  readonly text: string;
  readonly indent?: boolean | undefined;
}

/** The texts of one column's boxes, a pair a row: the step, and what leaves there. Terms are those of PRISMA 2020. */
export function boxTexts(
  column: PrismaColumn,
): readonly (readonly [readonly BoxText[], readonly BoxText[]])[] {
  const { removed } = column;
  return [
    [
      [
        { text: `Records identified${column.sources.length === 0 ? ` (n\u00a0=\u00a00)` : ' from:'}` },
        ...sourceTexts(column),
      ],
      [
        { text: 'Records removed before screening:' },
        item('Duplicate records removed', removed.duplicates),
        item('Records marked as ineligible by automation tools', removed.automation),
        ...others(removed.other),
      ],
    ],
    [
      [{ text: counted('Records screened', column.screened.records) }, ...byWhom(column.screened)],
      [
        { text: counted('Records excluded', column.excluded.records) },
        ...byWhom(column.excluded),
        ...(column.undecided > 0 ? [{ text: counted('Records not decided yet', column.undecided) }] : []),
      ],
    ],
    [
      [{ text: counted('Reports sought for retrieval', column.sought) }],
      [
        { text: counted('Reports not retrieved', column.notRetrieved) },
        ...(column.notAssessed > 0
          ? [{ text: counted('Reports not assessed yet', column.notAssessed) }]
          : []),
      ],
    ],
    [
      [{ text: counted('Reports assessed for eligibility', column.assessed) }],
      [
        {
          text: `${counted('Reports excluded', column.excludedReports)}${column.reasons.length > 0 ? ':' : ''}`,
        },
        ...column.reasons.map(({ reason, records }) => item(reason, records)),
        ...(column.undecidedReports > 0
          ? [{ text: counted('Reports not decided yet', column.undecidedReports) }]
          : []),
      ],
    ],
  ];
}

/** A text with its number, as PRISMA writes it: `Records screened (n = 12)`. No line ends within the number's brackets. */
export function counted(text: string, count: number): string {
  return `${text} (n\u00a0=\u00a0${grouped(count)})`;
}

/** Digits in groups of three, separated by commas. */
function grouped(count: number): string {
  return String(count).replace(/\B(?=(?:\d{3})+$)/g, ',');
}

function item(text: string, count: number): BoxText {
  return { text: counted(text, count), indent: true };
}

function others(reasons: readonly PrismaReason[]): BoxText[] {
  if (reasons.length === 0) return [item('Records removed for other reasons', 0)];
  return reasons.map(({ reason, records }) => item(reason, records));
}

/** Databases, registers and other methods, each with its sum and its sources where there are several kinds or sources. */
function sourceTexts({ sources, kind }: PrismaColumn): BoxText[] {
  const groups = (
    [
      ['Databases', 'database'],
      ['Registers', 'register'],
      ['Other methods', 'other'],
    ] as const
  ).flatMap(([title, wanted]): BoxText[] => {
    const own = sources.filter((source) => source.kind === wanted);
    if (own.length === 0) return [];
    const sum = own.reduce((total, { records }) => total + records, 0);
    const heading = kind === 'other' ? [] : [{ text: counted(title, sum) }];
    return [...heading, ...own.map(({ name, records }: PrismaSource) => item(name, records))];
  });
  return groups;
}

/** Nothing where people read everything. */
function byWhom({ records, byPeople, byAgents, byRankingOnly }: ByWhom): BoxText[] {
  if (byPeople === records) return [];
  return [
    item('By a human', byPeople),
    ...(byAgents > 0 ? [item('By automation tools: agents', byAgents)] : []),
    ...(byRankingOnly > 0 ? [item('By automation tools: ranked, not read', byRankingOnly)] : []),
  ];
}
