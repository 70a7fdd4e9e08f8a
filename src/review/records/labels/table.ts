import { PaperSearchError } from '../../../errors.ts';
import type { ExternalIds } from '../../../papers/paper.ts';
import { headerOf } from '../../../papers/read/delimited/columns.ts';
import { toPaper } from '../../../papers/read/delimited/paper.ts';
import { isSeparatorRow } from '../../../papers/read/delimited/rows.ts';
import { nameKey } from '../../../papers/read/field-names.ts';
import { normalizeLine } from '../../../papers/read/normalize.ts';
import { FORMULA_GUARD } from '../../../papers/read/own-export.ts';
import { labelsOfList } from './covidence.ts';
import { decisionOf, partsOf } from './decisions.ts';
import { identifiersOf } from './identifiers-of.ts';
import {
  LabelCollector,
  type LabelFile,
  type LabelledRecord,
  type LabelPlace,
  type LabelValue,
} from './label-row.ts';
import { labelsInNotes } from './notes.ts';

/**
 * Headings of a decision, as `nameKey` writes them, the best first: our own, those that ASReview reads, and those of data
 * sets of screening. Of several columns, the first counts.
 */
const DECISION_COLUMNS = [
  ...['screeningdecision', 'asreviewlabel', 'included', 'label', 'finalincluded', 'labelincluded'],
  ...['includedlabel', 'includedfinal', 'includedflag', 'include', 'inclusion', 'decision', 'relevant'],
  ...['label2', 'labelabstractincluded', 'labelabstractscreening'],
];
/** Headings of a decision by full text. */
const FULL_TEXT_COLUMNS = ['fulltextdecision', 'labelfulltextincluded'];
const REASON_COLUMNS = [
  ...['screeningreasons', 'exclusionreasons', 'exclusionreason', 'reasonforexclusion', 'reasons', 'reason'],
];
const FULL_TEXT_REASON_COLUMNS = ['fulltextreasons'];
const NOTE_COLUMNS = ['screeningnote', 'asreviewnote', 'reviewernotes'];
const BY_COLUMNS = ['screenedby', 'asreviewusername', 'reviewer', 'reviewername'];
const TIME_COLUMNS = ['screenedat', 'asreviewtime'];
/** Columns of notes, in which Rayyan and Covidence write what they know. */
const NOTES_COLUMNS = ['notes', 'note'];
/** Columns of identifiers that the reader of tables does not read. */
const ID_COLUMNS: Readonly<Record<string, keyof ExternalIds>> = {
  openalexid: 'openalex',
  openalex: 'openalex',
  pmcid: 'pmcid',
  s2id: 's2',
  corpusid: 's2',
};

/** A row of a table, with its place. */
export interface TableRow {
  readonly cells: readonly string[];
  readonly line?: number | undefined;
  /** What was decided, where the row says so in another way than by its cells. */
  readonly labels?: readonly LabelValue[] | undefined;
}

/**
 * The labels of a table with a header.
 * @param rows the header first; `problem` is why the rest cannot be read.
 * @throws PaperSearchError BAD_INPUT where no column says what was decided, with the columns that there are.
 */
export async function labelsOfTable(
  rows: AsyncIterable<TableRow | { readonly line: number; readonly problem: string }>,
  file: string,
): Promise<LabelFile> {
  const labels = new LabelCollector();
  let columns: Columns | undefined;
  let record = 0;
  for await (const row of rows) {
    const place: LabelPlace = { file, line: row.line, record: columns ? ++record : 0 };
    if ('problem' in row) {
      labels.reject(place, row.problem);
      break;
    }
    if (!columns) {
      if (!isSeparatorRow(row.cells)) columns = columnsOf(row.cells, file);
      continue;
    }
    if (row.cells.length > columns.header.width) {
      const reason = `Expected ${columns.header.width} cells, found ${row.cells.length}: is a separator not quoted?`;
      labels.reject(place, reason);
      continue;
    }
    const found = row.labels ? { labels: row.labels } : labelsOfRow(row.cells, columns, file);
    if ('problem' in found) labels.reject(place, found.problem);
    else labels.add({ place, ...paperOfRow(row.cells, columns) }, found.labels);
  }
  if (columns && labels.isWithoutLabels && !columns.hasDecisions) throw withoutDecisions(columns, file);
  return labels.finish();
}

/** The papers of a table by row, from 0, without what was decided about them. */
export async function recordsOfTable(
  rows: AsyncIterable<TableRow | { readonly line: number; readonly problem: string }>,
  file: string,
): Promise<ReadonlyMap<number, LabelledRecord>> {
  const records = new Map<number, LabelledRecord>();
  let columns: Columns | undefined;
  let record = 0;
  for await (const row of rows) {
    if ('problem' in row) break;
    if (columns)
      records.set(record, {
        place: { file, line: row.line, record: ++record },
        ...paperOfRow(row.cells, columns),
      });
    else columns = columnsOf(row.cells, file);
  }
  return records;
}

interface Columns {
  readonly header: ReturnType<typeof headerOf>;
  readonly keys: readonly string[];
  /** Whether a column or the name of the file says what was decided. */
  readonly hasDecisions: boolean;
}

function columnsOf(headings: readonly string[], file: string): Columns {
  const keys = headings.map((heading) => nameKey(heading.replace(/^\ufeff/, '')));
  const hasDecisions =
    [...DECISION_COLUMNS, ...FULL_TEXT_COLUMNS].some((name) => keys.includes(name)) ||
    labelsOfList(file, '') !== undefined;
  return { header: headerOf(headings), keys, hasDecisions };
}

/** The text of the first of some columns that the table has. */
function cellOf(cells: readonly string[], { keys, header }: Columns, names: readonly string[]): string {
  const name = names.find((each) => keys.includes(each));
  const cell = name === undefined ? '' : (cells[keys.indexOf(name)] ?? '').trim();
  return header.isOurs && cell.startsWith(FORMULA_GUARD) ? cell.slice(FORMULA_GUARD.length) : cell;
}

function labelsOfRow(
  cells: readonly string[],
  columns: Columns,
  file: string,
): { readonly labels: readonly LabelValue[] } | { readonly problem: string } {
  const read = (names: readonly string[]) => cellOf(cells, columns, names);
  const notes = read(NOTES_COLUMNS);
  const inNotes = labelsInNotes(notes) ?? labelsOfList(file, notes);
  const stages = [
    ['abstract', read(DECISION_COLUMNS), read(REASON_COLUMNS)],
    ['full-text', read(FULL_TEXT_COLUMNS), read(FULL_TEXT_REASON_COLUMNS)],
  ] as const;
  const labels: LabelValue[] = [];
  for (const [stage, cell, reasons] of stages) {
    const decision = decisionOf(cell);
    if (decision === undefined) {
      return {
        problem: `"${cell.slice(0, 60)}" is not a decision. Write include, exclude or maybe, or 1 or 0.`,
      };
    }
    // Notes name the reviewers, each with a decision; a column has one for all.
    if (decision === 'unlabelled' || (inNotes?.some((label) => label.stage === stage) ?? false)) continue;
    labels.push({
      stage,
      decision,
      reasons: partsOf(reasons, /[;|]/),
      note: read(NOTE_COLUMNS),
      by: read(BY_COLUMNS) || undefined,
      at: read(TIME_COLUMNS) || undefined,
    });
  }
  return { labels: [...(inNotes ?? []).map((label) => withReasons(label, stages)), ...labels] };
}

/** A label of the notes, with the reasons of the row's column: Rayyan's notes separate them by commas, which names may have. */
function withReasons(
  label: LabelValue,
  stages: readonly (readonly [stage: string, decision: string, reasons: string])[],
): LabelValue {
  const [, decision = '', reasons = ''] = stages.find(([stage]) => stage === label.stage) ?? [];
  if (reasons === '' || decisionOf(decision) !== label.decision) return label;
  return { ...label, reasons: partsOf(reasons, /[;|]/) };
}

function paperOfRow(cells: readonly string[], columns: Columns): { title: string; identifiers: string[] } {
  const result = toPaper(cells, columns.header);
  const paper = 'paper' in result ? result.paper : undefined;
  const others = Object.entries(ID_COLUMNS).map(([name, kind]) => [kind, cellOf(cells, columns, [name])]);
  // A row without a title may have identifiers.
  const plain = {
    doi: cellOf(cells, columns, ['doi', 'doiurl']),
    pmid: cellOf(cells, columns, ['pmid', 'pubmedid']),
  };
  const known = Object.fromEntries([...Object.entries(plain), ...others].filter(([, id]) => id !== ''));
  return {
    title: normalizeLine(paper?.title ?? ''),
    identifiers: identifiersOf({ ...known, ...paper?.externalIds }, paper?.id),
  };
}

function withoutDecisions({ header }: Columns, file: string): PaperSearchError {
  const headings = header.headings.map((heading) => `"${heading.slice(0, 60)}"`).slice(0, 30);
  return new PaperSearchError(
    'BAD_INPUT',
    `${file}: no column says what was decided; the columns are ${headings.join(', ')}. Name one "included" (1, 0 or empty) or "screening decision" (include, exclude or maybe).`,
    { details: { file, headings: header.headings } },
  );
}
