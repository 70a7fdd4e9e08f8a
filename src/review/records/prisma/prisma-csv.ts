import { stringify } from 'csv-stringify/sync';
import type { PrismaColumn, PrismaCounts, PrismaReason } from './counts.ts';

/** A row of the template: what it counts, its node and box in the diagram, its text, and its number. */
type Row = readonly [data: string, node: string, box: string, text: string, n: string | number];

/** R's word for nothing. */
const NONE = 'NA';

/**
 * The counts in the template of the R package PRISMA2020 and its Shiny app (Haddaway et al. 2022, Campbell Systematic
 * Reviews 18:e1230), which both load it. The template has no boxes for what is not decided yet: finish the review first.
 * It has websites, organisations and citation searching as other methods; any other source counts as a website.
 */
export function prismaCsv({ columns, included }: PrismaCounts): string {
  const databases = columns.find(({ kind }) => kind === 'databases');
  const other = columns.find(({ kind }) => kind === 'other');
  const rows: Row[] = [
    [NONE, 'node4', 'prevstud', 'Previous studies', NONE],
    ['previous_studies', 'node5', 'box1', 'Studies included in previous version of review', NONE],
    ['previous_reports', NONE, 'box1', 'Reports of studies included in previous version of review', NONE],
    [NONE, 'node6', 'newstud', 'Identification of new studies via databases and registers', NONE],
    ['database_results', 'node7', 'box2', 'Databases', identified(databases, 'database')],
    ['database_specific_results', NONE, 'box2', 'Databases', listed(sourcesOf(databases, 'database'))],
    ['register_results', NONE, 'box2', 'Registers', identified(databases, 'register')],
    ['register_specific_results', NONE, 'box2', 'Registers', listed(sourcesOf(databases, 'register'))],
    [NONE, 'node16', 'othstud', 'Identification of new studies via other methods', NONE],
    ['website_results', 'node17', 'box11', 'Websites', otherMethods(columns, 'website')],
    ['organisation_results', NONE, 'box11', 'Organisations', otherMethods(columns, 'organisation')],
    ['citations_results', NONE, 'box11', 'Citation searching', otherMethods(columns, 'citation')],
    ['duplicates', 'node8', 'box3', 'Duplicate records', databases?.removed.duplicates ?? 0],
    [
      'excluded_automatic',
      NONE,
      'box3',
      'Records marked as ineligible by automation tools',
      databases?.removed.automation ?? 0,
    ],
    ['excluded_other', NONE, 'box3', 'Records removed for other reasons', total(databases?.removed.other)],
    ['records_screened', 'node9', 'box4', 'Records screened', databases?.screened.records ?? 0],
    ['records_excluded', 'node10', 'box5', excludedText(databases), databases?.excluded.records ?? 0],
    ['dbr_sought_reports', 'node11', 'box6', 'Reports sought for retrieval', databases?.sought ?? 0],
    ['dbr_notretrieved_reports', 'node12', 'box7', 'Reports not retrieved', databases?.notRetrieved ?? 0],
    ['other_sought_reports', 'node18', 'box12', 'Reports sought for retrieval', other?.sought ?? NONE],
    ['other_notretrieved_reports', 'node19', 'box13', 'Reports not retrieved', other?.notRetrieved ?? NONE],
    ['dbr_assessed', 'node13', 'box8', 'Reports assessed for eligibility', databases?.assessed ?? 0],
    ['dbr_excluded', 'node14', 'box9', 'Reports excluded', listed(databases?.reasons)],
    ['other_assessed', 'node20', 'box14', 'Reports assessed for eligibility', other?.assessed ?? NONE],
    ['other_excluded', 'node21', 'box15', 'Reports excluded', listed(other?.reasons)],
    ['new_studies', 'node15', 'box10', 'New studies included in review', NONE],
    ['new_reports', NONE, 'box10', 'Reports of new included studies', included],
    ['total_studies', 'node22', 'box16', 'Total studies included in review', NONE],
    ['total_reports', NONE, 'box16', 'Reports of total included studies', included],
    ['identification', 'node1', 'identification', 'Identification', NONE],
    ['screening', 'node2', 'screening', 'Screening', NONE],
    ['included', 'node3', 'included', 'Included', NONE],
  ];
  return stringify([
    ['data', 'node', 'box', 'description', 'boxtext', 'tooltips', 'url', 'n'],
    ...rows.map(([data, node, box, text, n]) => [data, node, box, text, text, text, NONE, n]),
  ]);
}

function sourcesOf(column: PrismaColumn | undefined, kind: 'database' | 'register'): PrismaReason[] {
  return (column?.sources ?? [])
    .filter((source) => source.kind === kind)
    .map(({ name, records }) => ({ reason: name, records }));
}

function identified(column: PrismaColumn | undefined, kind: 'database' | 'register'): number {
  return total(sourcesOf(column, kind));
}

/** NA where no other method was used: the template then has no second column. */
function otherMethods(
  columns: readonly PrismaColumn[],
  wanted: 'website' | 'organisation' | 'citation',
): number | string {
  const sources = columns.flatMap((column) => column.sources.filter(({ kind }) => kind === 'other'));
  if (sources.length === 0) return NONE;
  const methodOf = (name: string) =>
    /citation|reference|snowball|citing|cited/i.test(name)
      ? 'citation'
      : /organi[sz]ation|expert|contact|author|colleague/i.test(name)
        ? 'organisation'
        : 'website';
  return total(sources.filter(({ name }) => methodOf(name) === wanted));
}

/** Names that separators are part of would be cut. */
function listed(reasons: readonly PrismaReason[] = []): string | number {
  if (reasons.length === 0) return 0;
  return reasons.map(({ reason, records }) => `${reason.replace(/[,;]/g, '')}, ${records}`).join('; ');
}

function excludedText(column: PrismaColumn | undefined): string {
  const { byPeople = 0, byAgents = 0, byRankingOnly = 0 } = column?.excluded ?? {};
  if (byAgents + byRankingOnly === 0) return 'Records excluded';
  return `Records excluded (by a human ${byPeople}; by automation tools ${byAgents + byRankingOnly})`;
}

function total(items: readonly { readonly records: number }[] = []): number {
  return items.reduce((sum, { records }) => sum + records, 0);
}
