import { ID_KINDS } from '../id-kinds.ts';
import { MONTHS } from '../months.ts';
import { displayName, familyWithParticle, givenWithParticle, type PersonName } from '../names.ts';
import { pageEnds } from '../pages.ts';
import type { Paper } from '../paper.ts';
import { otherFieldsOf } from '../publication.ts';
import {
  cslTypeOfEntry,
  entryTypeOf,
  institutionField,
  isPartOfBook,
  isVerbatim,
} from '../read/bibtex/types.ts';
import {
  NO_DATE,
  OWN_CODE_FIELD,
  OWN_DATE_FIELD,
  OWN_ID_FIELD,
  OWN_ISBN_FIELD,
  OWN_TLDR_FIELD,
  OWN_TYPE_FIELD,
  ownTypeText,
} from '../read/own-export.ts';
import { citedDate, isDateCited } from './dates.ts';
import { citationKeys } from './keys.ts';
import { cslTypeOf, sourceTypeOf } from './kind.ts';
import { latexText } from './latex-text.ts';
import { oneLine, paragraphsOf } from './text.ts';

const ARXIV_CLASS = /^[a-z-]+(?:\.[A-Za-z-]+)?$/;
/** Types that are entries of papers. */
const ENTRY_TYPE = /^(?!(?:comment|preamble|string|xdata|set)$)[a-z][a-z0-9_-]*$/;
const FIELD_NAME = /^[a-z_][a-z0-9_:+.-]*$/;
/** What a name may not have outside of braces: it would part the name or the list. */
const PARTS_NAMES = /,|(?:^|\s)and(?:\s|$)|^others$|^(?:family|given|prefix|suffix)(?:-i)?\s*=/i;

/** Papers as a BibTeX database, which BibLaTeX takes too, in UTF-8. */
export function toBibtex(papers: readonly Paper[]): string {
  const keys = citationKeys(papers);
  return papers.map((paper, at) => bibtexEntry(paper, keys[at]!)).join('\n');
}

function bibtexEntry(paper: Paper, key: string): string {
  const { venue, year, externalIds, urls, categories, publication = {} } = paper;
  const cslType = cslTypeOf(paper);
  const type = entryType(paper, cslType);
  const [, month, day] = citedDate(paper);
  const others = new Map(otherFieldsOf(publication, 'bibtex'));
  const inexact = ['date', 'year', 'month'].some((name) => others.has(name));
  const text = (value: string | undefined) => value && latexText(oneLine(value));
  const names = (list: readonly PersonName[] = []) => list.map(nameText).join(' and ');
  const authors = paper.authorRole === undefined ? names(paper.authorNames) : '';
  const { issue, number } = publication;
  const fields: [string, string | undefined][] = [
    ['title', latexText(oneLine(paper.title), true)],
    ['author', publication.hasMoreAuthors ? `${authors} and others` : authors],
    ['editor', names(paper.editors)],
    ['translator', names(paper.translators)],
    ['bookauthor', names(paper.bookAuthors)],
    [isPartOfBook(cslTypeOfEntry(type)) ? 'booktitle' : 'journal', text(venue)],
    ['shortjournal', text(publication.shortVenue)],
    ['volume', text(publication.volume)],
    ['number', text(cslType === 'article-journal' ? (issue ?? number) : (number ?? issue))],
    ['pages', publication.pages && pagesText(publication.pages)],
    ['chapter', text(publication.chapter)],
    ['edition', text(publication.edition)],
    ['series', text(publication.series)],
    ['publisher', text(publication.publisher)],
    [institutionField(type), text(publication.institution)],
    ['address', text(publication.place)],
    ['eventtitle', text(publication.eventTitle)],
    ['venue', text(publication.eventPlace)],
    ['type', text(publication.genre)],
    ['isbn', text(publication.isbn)],
    ['issn', text(publication.issn)],
    ['language', text(publication.language)],
    ['pagetotal', text(publication.numberOfPages)],
    ['volumes', text(publication.numberOfVolumes)],
    ['shorttitle', text(publication.shortTitle)],
    ['year', others.get('year') === undefined ? year?.toString() : undefined],
    // BibLaTeX takes it in the place of year and month, which say all of a date without a day.
    ['date', day !== undefined && isDateCited(paper) && !others.has('date') ? paper.date : undefined],
    ['doi', verbatim(externalIds.doi)],
    ['eprint', verbatim(externalIds.arxiv)],
    ['archiveprefix', externalIds.arxiv && 'arXiv'],
    ['primaryclass', externalIds.arxiv && categories.find((category) => ARXIV_CLASS.test(category))],
    ['url', verbatim(urls.landing)],
    ['urldate', text(publication.accessed)],
    ['pdf', verbatim(urls.pdf)],
    [OWN_CODE_FIELD, verbatim(urls.code)],
    [OWN_TLDR_FIELD, text(paper.tldr)],
    ['keywords', text(listText(paper.keywords))],
    ['abstract', latexText(paragraphsOf(paper.abstract).join('\n\n'))],
    ['note', publication.note && latexText(paragraphsOf(publication.note).join('\n\n'))],
    ['categories', text(listText(categories))],
    ...ID_KINDS.filter((kind) => kind !== 'doi' && kind !== 'arxiv').map(
      (kind): [string, string | undefined] => [
        kind === 'isbn' ? OWN_ISBN_FIELD : kind,
        text(externalIds[kind]),
      ],
    ),
    [
      OWN_DATE_FIELD,
      isDateCited(paper) && !inexact
        ? year !== undefined && paper.date === undefined
          ? NO_DATE
          : undefined
        : text(paper.date),
    ],
    [OWN_TYPE_FIELD, text(ownTypeText(publication))],
    [OWN_ID_FIELD, text(paper.id)],
  ];
  const written = new Set(fields.flatMap(([name, value]) => (value ? [name] : [])));
  for (const [name, value] of others) {
    if (FIELD_NAME.test(name) && !written.has(name)) fields.push([name, otherText(name, value)]);
  }
  const lines = fields.flatMap(([name, value]) => (value ? [`  ${name} = {${value}},\n`] : []));
  if (month !== undefined && MONTHS[month - 1] && !others.has('month'))
    lines.push(`  month = ${MONTHS[month - 1]},\n`);
  return `@${type}{${key},\n${lines.join('')}}\n`;
}

/** The entry's type as the source has it, if it is one of BibTeX; else the one that is nearest. */
function entryType(paper: Paper, cslType: string): string {
  const source = sourceTypeOf(paper, 'bibtex');
  return source !== undefined && ENTRY_TYPE.test(source) ? source : (entryTypeOf(cslType) ?? 'misc');
}

/** A name as BibTeX parts it: "particle Family, Suffix, Given". Braces keep together what it would part otherwise. */
function nameText(name: PersonName): string {
  if ('literal' in name) return `{${latexText(oneLine(displayName(name)))}}`;
  const family = partText(familyWithParticle(name));
  const given = partText(givenWithParticle(name));
  const suffix = name.suffix === undefined ? '' : partText(name.suffix);
  if (suffix !== '') return `${family}, ${suffix}, ${given}`;
  // A family name of several words would lose the first of them to the given name.
  return given === '' && !/\s/.test(family) ? family : `${family}, ${given}`;
}

function partText(part: string): string {
  const text = latexText(oneLine(part));
  return PARTS_NAMES.test(text) ? `{${text}}` : text;
}

/** The dash of ranges is two hyphens in LaTeX. */
function pagesText(pages: string): string {
  const ends = pageEnds(pages);
  return ends === undefined ? latexText(oneLine(pages)) : ends.map((end) => latexText(end)).join('--');
}

/** A field of the user's own, in paragraphs. */
function otherText(name: string, value: string): string | undefined {
  return isVerbatim(name) ? verbatim(value) : latexText(paragraphsOf(value).join('\n\n'));
}

/** Parted by commas, as BibLaTeX wants it; by semicolons where a value has a comma of its own. */
function listText(values: readonly string[]): string {
  const clean = values.map((value) => value.replaceAll(';', ','));
  return clean.some((value) => value.includes(','))
    ? clean.map((value) => `${value};`).join(' ')
    : clean.join(', ');
}

/**
 * Addresses and identifiers are written without LaTeX escapes. Characters that would end them or begin a command are
 * percent-encoded.
 */
function verbatim(text: string | undefined): string | undefined {
  return text?.replace(/[\s\\{}^]/gu, encodeURIComponent);
}
