import { displayName, familyWithParticle, givenWithParticle, nameOfText, type PersonName } from '../names.ts';
import { pageEnds } from '../pages.ts';
import type { Paper } from '../paper.ts';
import { otherFieldsOf } from '../publication.ts';
import { OWN_NAME, ownTypeText, RIS_HAS_NO_TAG } from '../read/own-export.ts';
import { nameOfRis } from '../read/ris/names.ts';
import { isWholeBook, referenceTypeOf } from '../read/ris/types.ts';
import { citedDate, isDateCited } from './dates.ts';
import { citationKeys } from './keys.ts';
import { cslTypeOf, sourceTypeOf } from './kind.ts';
import { oneLine, paragraphsOf } from './text.ts';

/** A line that begins another value. */
const TAGGED = /^[A-Z][A-Z\d] {0,2}-/;
const TAG = /^[A-Z][A-Z\d]$/;

/**
 * Papers as RIS: a tag a line, from TY to ER. Fields without a tag (identifiers other than DOI, categories) are in
 * the custom field C1 as `name:value`; our id is the accession number AN of the database DB.
 */
export function toRis(papers: readonly Paper[]): string {
  const keys = citationKeys(papers);
  return papers.map((paper, at) => risRecord(paper, keys[at]!)).join('\n');
}

function risRecord(paper: Paper, key: string): string {
  const { venue, year, externalIds, urls, publication = {} } = paper;
  const { doi, ...otherIds } = externalIds;
  const cslType = cslTypeOf(paper);
  const type = sourceTypeOf(paper, 'ris') ?? referenceTypeOf(cslType) ?? 'GEN';
  const isBook = isWholeBook(type);
  const isIssued = cslType === 'thesis' || cslType === 'report';
  const custom = [
    ...Object.entries(otherIds),
    ['date', isDateCited(paper) ? undefined : paper.date],
    ['type', ownTypeText(publication)],
    // PB is either, by the type.
    ['publisher', isIssued ? publication.publisher : undefined],
    ['institution', isIssued ? undefined : publication.institution],
    ...RIS_HAS_NO_TAG.map((name) => [name, publication[name]]),
    ['hasMoreAuthors', publication.hasMoreAuthors ? 'true' : undefined],
    ...paper.categories.map((category) => ['category', category]),
  ];
  const more = otherFieldsOf(publication, 'ris').filter(([tag]) => TAG.test(tag));
  const inSource = new Set(more.map(([tag]) => tag));
  const pages = publication.pages === undefined ? undefined : pageEnds(publication.pages);
  const names = (tag: string, list: readonly PersonName[] = []) =>
    list.map((name): [string, string] => [tag, nameText(name)]);
  const each = (tag: string, text = '') => text.split(/,\s*/).map((value): [string, string] => [tag, value]);
  const values: [string, string | undefined][] = [
    ['TI', paper.title],
    ...names('AU', paper.authorRole === undefined ? paper.authorNames : []),
    ...names('ED', paper.editors),
    ...names('A4', paper.translators),
    ...(isBook
      ? ([['C3', venue]] as [string, string | undefined][])
      : ([['T2', venue]] as [string, string | undefined][])),
    ['J2', publication.shortVenue],
    [isBook ? 'T2' : 'T3', publication.series],
    ['PY', inSource.has('PY') ? undefined : year?.toString()],
    ['DA', inSource.has('DA') ? undefined : dateText(paper)],
    ['VL', publication.volume],
    ['IS', publication.issue ?? publication.number],
    ['SP', pages?.[0] ?? publication.pages],
    ['EP', pages?.[1]],
    ['ET', publication.edition],
    [
      'PB',
      isIssued
        ? (publication.institution ?? publication.publisher)
        : (publication.publisher ?? publication.institution),
    ],
    ['CY', publication.place],
    ['M3', publication.genre],
    ...each('SN', publication.isbn),
    ...each('SN', publication.issn),
    ['NV', publication.numberOfVolumes],
    ['LA', publication.language],
    ['ST', publication.shortTitle],
    ...paper.keywords.map((keyword): [string, string] => ['KW', keyword.replaceAll(';', ',')]),
    ['DO', doi],
    ['UR', urls.landing],
    ['Y2', publication.accessed && `${publication.accessed.replaceAll('-', '/')}`],
    ['L1', urls.pdf],
    ['AB', abstractText(paper.abstract)],
    ...paragraphsOf(publication.note ?? '').map((note): [string, string] => ['N1', note]),
    ...custom.flatMap(([name, value]): [string, string][] => (value ? [['C1', `${name}:${value}`]] : [])),
    ['DB', OWN_NAME],
    ['AN', paper.id],
    ['ID', publication.key === undefined ? undefined : key],
    ...more.flatMap(([tag, value]) => paragraphsOf(value).map((text): [string, string] => [tag, text])),
  ];
  const lines = values.flatMap(([tag, value]) =>
    value ? [`${tag}  - ${tag === 'AB' ? value : oneLine(value)}\n`] : [],
  );
  return `TY  - ${type}\n${lines.join('')}ER  - \n`;
}

/** Year, month, day, and a fourth part that may say anything. */
function dateText(paper: Paper): string | undefined {
  if (paper.date === undefined || !isDateCited(paper)) return undefined;
  const [year, month, day] = citedDate(paper);
  const two = (part: number | undefined) => (part === undefined ? '' : String(part).padStart(2, '0'));
  return `${year}/${two(month)}/${two(day)}/`;
}

/** "Family, Given, Suffix". Another name that would be read as a person's ends in a comma, as in EndNote. */
function nameText(name: PersonName): string {
  const text = oneLine(displayName(name));
  const given = 'literal' in name ? '' : givenWithParticle(name);
  if ('literal' in name || given === '' || /,/.test(text)) {
    const same = nameOfText(text);
    return 'literal' in same && !text.includes(',') ? text : `${text.replaceAll(',', ',,')},`;
  }
  const family = familyWithParticle(name);
  const parts = [family, given, ...(name.suffix === undefined ? [] : [name.suffix])].join(', ');
  return displayName(nameOfRis(parts)) === displayName(name) ? parts : `${text},`;
}

/** Paragraphs go on after an empty line. A blank before what looks like a tag keeps it text. */
function abstractText(abstract: string): string {
  return paragraphsOf(abstract)
    .map((paragraph, at) => (at > 0 && TAGGED.test(paragraph) ? ` ${paragraph}` : paragraph))
    .join('\n\n');
}
