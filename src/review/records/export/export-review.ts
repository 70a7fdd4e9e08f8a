import { PaperSearchError } from '../../../errors.ts';
import { type CsvColumns, listText, toCsv } from '../../../papers/write/csv.ts';
import { type ExportFormat, exportPapers } from '../../../papers/write/formats.ts';
import type { WholePaper, WholeReview } from '../../service.ts';
import { asreviewProject } from '../asreview/write-project.ts';
import { inExportOrder, labelOf, outcomeOf } from './outcome.ts';
import { otherNotes, withScreeningNotes } from './screening-notes.ts';

/** Every format that a review can be exported in, with the decisions in the fields that other programs read. */
export const REVIEW_FORMATS = [
  {
    name: 'ris',
    mediaType: 'application/x-research-info-systems',
    extension: 'ris',
    description: 'RIS with notes for Rayyan and ASReview',
  },
  {
    name: 'csv',
    mediaType: 'text/csv',
    extension: 'csv',
    description: 'a table with columns for ASReview and Rayyan, and reasons',
  },
  {
    name: 'bibtex',
    mediaType: 'application/x-bibtex',
    extension: 'bib',
    description: 'BibTeX with notes for Rayyan and ASReview',
  },
  {
    name: 'json',
    mediaType: 'application/json',
    extension: 'json',
    description: 'the papers as a list, each with all of its labels',
  },
  {
    name: 'asreview',
    mediaType: 'application/zip',
    extension: 'asreview',
    description: 'a project that ASReview 3 opens',
  },
] as const satisfies readonly ExportFormat[];

type ReviewFormatName = (typeof REVIEW_FORMATS)[number]['name'];

/** The format of a name. @throws PaperSearchError BAD_REQUEST for one that there is not, with those that there are. */
export function reviewFormat(name: string): (typeof REVIEW_FORMATS)[number] {
  const format = REVIEW_FORMATS.find((known) => known.name === name);
  if (format) return format;
  const known = REVIEW_FORMATS.map((each) => each.name);
  throw new PaperSearchError(
    'BAD_REQUEST',
    `Reviews cannot be exported as "${name}". Known are: ${known.join(', ')}.`,
    { details: { format: name, known } },
  );
}

/**
 * A review as the bytes of a file: every paper of the pool, included ones first, then those without a decision (unread ones
 * by rank), then excluded ones. `readLabels` reads all formats.
 * @param name one of REVIEW_FORMATS.
 * @throws PaperSearchError BAD_REQUEST for a format that there is not.
 */
export async function exportReview(whole: WholeReview, name: string): Promise<Uint8Array> {
  const format = reviewFormat(name).name;
  const papers = inExportOrder(whole.all);
  if (format === 'asreview') return asreviewProject(whole, papers);
  return new TextEncoder().encode(textOf(format, papers));
}

function textOf(format: Exclude<ReviewFormatName, 'asreview'>, papers: readonly WholePaper[]): string {
  if (format === 'csv') return csvOf(papers);
  if (format === 'json') return `${JSON.stringify(papers.map(jsonOf), null, 2)}\n`;
  return exportPapers(papers.map(withScreeningNotes), format);
}

/** The columns of papers, and those of screening. `included` is for ASReview, `notes` for Rayyan. */
function csvOf(papers: readonly WholePaper[]): string {
  const byId = new Map(papers.map((whole) => [whole.paper.id, whole]));
  const column = (text: (whole: WholePaper) => string | undefined) => (paper: { readonly id: string }) =>
    text(byId.get(paper.id)!);
  const columns: CsvColumns = {
    pmid: ({ externalIds }) => externalIds.pmid,
    included: column((whole) => labelOf(whole)?.toString()),
    'screening decision': column((whole) => outcomeOf(whole, 'abstract').decision),
    'screening reasons': column((whole) => listText(outcomeOf(whole, 'abstract').reasons)),
    'screening note': column((whole) => outcomeOf(whole, 'abstract').notes.join('\n')),
    'screened by': column((whole) => listText(outcomeOf(whole, 'abstract').by)),
    'screened at': column((whole) => outcomeOf(whole, 'abstract').at),
    'full-text decision': column((whole) => outcomeOf(whole, 'full-text').decision),
    'full-text reasons': column((whole) => listText(outcomeOf(whole, 'full-text').reasons)),
    retrieved: column(({ retrieved }) => (retrieved === undefined ? undefined : retrieved ? 'yes' : 'no')),
    rank: column(({ rank }) => rank?.toString()),
    notes: column((whole) => otherNotes(whole).join('\n\n')),
  };
  return toCsv(
    papers.map(({ paper }) => paper),
    columns,
  );
}

/** A paper as our JSON has it, and its screening. */
function jsonOf(whole: WholePaper): object {
  const { paper, removed, abstract, fullText, retrieved, records, rank, labels, settled } = whole;
  return {
    ...paper,
    screening: {
      included: labelOf(whole) ?? null,
      screeningDecision: outcomeOf(whole, 'abstract').decision ?? null,
      fullTextDecision: outcomeOf(whole, 'full-text').decision ?? null,
      ...{ abstract, fullText, retrieved, removed, records, rank, labels, settled },
    },
  };
}
