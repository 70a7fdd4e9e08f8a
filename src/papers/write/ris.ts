import type { Paper } from '../paper.ts';
import { OWN_NAME } from '../read/own-export.ts';
import { citedDate, isDateCited } from './dates.ts';
import { kindOf, type PaperKind } from './kind.ts';
import { nameParts } from './people.ts';
import { oneLine, paragraphsOf } from './text.ts';

const TYPES: Readonly<Record<PaperKind, string>> = {
  conference: 'CPAPER',
  journal: 'JOUR',
  unpublished: 'GEN',
};
/** A line that begins another value. */
const TAGGED = /^[A-Z][A-Z\d] {0,2}-/;

/**
 * Papers as RIS: a tag a line, from TY to ER. What has no tag (identifiers other than DOI, categories) stands in the
 * custom field C1 as `name:value`; our id is the accession number AN of the database DB.
 */
export function toRis(papers: readonly Paper[]): string {
  return papers.map(risRecord).join('\n');
}

function risRecord(paper: Paper): string {
  const { venue, year, externalIds, urls } = paper;
  const { doi, ...otherIds } = externalIds;
  const [citedYear, month, day] = citedDate(paper);
  const two = (part: number | undefined) => (part === undefined ? '' : String(part).padStart(2, '0'));
  const others = [
    ...Object.entries(otherIds),
    ['date', isDateCited(paper) ? undefined : paper.date],
    ...paper.categories.map((category) => ['category', category]),
  ];
  const values: [string, string | undefined][] = [
    ['TI', paper.title],
    ...paper.authors.map((author): [string, string] => ['AU', authorText(author)]),
    ['T2', venue],
    ['PY', year?.toString()],
    // Year, month, day, and a fourth part that may say anything.
    ['DA', paper.date && isDateCited(paper) ? `${citedYear}/${two(month)}/${two(day)}/` : undefined],
    ...paper.keywords.map((keyword): [string, string] => ['KW', keyword.replaceAll(';', ',')]),
    ['DO', doi],
    ['UR', urls.landing],
    ['L1', urls.pdf],
    ['AB', abstractText(paper.abstract)],
    ...others.flatMap(([name, value]): [string, string][] => (value ? [['C1', `${name}:${value}`]] : [])),
    ['DB', OWN_NAME],
    ['AN', paper.id],
  ];
  const lines = values.flatMap(([tag, value]) =>
    value ? [`${tag}  - ${tag === 'AB' ? value : oneLine(value)}\n`] : [],
  );
  return `TY  - ${TYPES[kindOf(paper)]}\n${lines.join('')}ER  - \n`;
}

/** "Family, Given"; what is no person's name ends in a comma, with its own doubled, as EndNote has it. */
function authorText(author: string): string {
  const { given, family, suffix } = nameParts(author);
  if (given === undefined) return family.includes(',') ? `${family.replaceAll(',', ',,')},` : family;
  return `${suffix === undefined ? family : `${family} ${suffix}`}, ${given}`;
}

/** Paragraphs go on after an empty line. A blank before what looks like a tag keeps it text. */
function abstractText(abstract: string): string {
  return paragraphsOf(abstract)
    .map((paragraph, at) => (at > 0 && TAGGED.test(paragraph) ? ` ${paragraph}` : paragraph))
    .join('\n\n');
}
