import { ID_KINDS } from '../id-kinds.ts';
import { MONTHS } from '../months.ts';
import type { Paper } from '../paper.ts';
import { OWN_DATE_FIELD, OWN_ID_FIELD } from '../read/own-export.ts';
import { citedDate, isDateCited } from './dates.ts';
import { citationKeys } from './keys.ts';
import { kindOf, type PaperKind } from './kind.ts';
import { latexText } from './latex-text.ts';
import { nameParts } from './people.ts';
import { oneLine, paragraphsOf } from './text.ts';

const TYPES: Readonly<Record<PaperKind, string>> = {
  conference: 'inproceedings',
  journal: 'article',
  unpublished: 'misc',
};
const ARXIV_CLASS = /^[a-z-]+(?:\.[A-Za-z-]+)?$/;

/** Papers as a BibTeX database, which BibLaTeX takes too, in UTF-8. */
export function toBibtex(papers: readonly Paper[]): string {
  const keys = citationKeys(papers);
  return papers.map((paper, at) => bibtexEntry(paper, keys[at]!)).join('\n');
}

function bibtexEntry(paper: Paper, key: string): string {
  const { venue, year, externalIds, urls, categories } = paper;
  const kind = kindOf(paper);
  const [, month] = citedDate(paper);
  const text = (value: string | undefined) => value && latexText(oneLine(value));
  const fields: [string, string | undefined][] = [
    ['title', latexText(oneLine(paper.title), true)],
    ['author', paper.authors.map(authorText).join(' and ')],
    [kind === 'conference' ? 'booktitle' : 'journal', text(venue)],
    ['year', year?.toString()],
    // BibLaTeX takes it in the place of year and month.
    ['date', isDateCited(paper) ? paper.date : undefined],
    ['doi', verbatim(externalIds.doi)],
    ['eprint', verbatim(externalIds.arxiv)],
    ['archiveprefix', externalIds.arxiv && 'arXiv'],
    ['primaryclass', externalIds.arxiv && categories.find((category) => ARXIV_CLASS.test(category))],
    ['url', verbatim(urls.landing)],
    ['pdf', verbatim(urls.pdf)],
    ['keywords', text(listText(paper.keywords))],
    ['abstract', latexText(paragraphsOf(paper.abstract).join('\n\n'))],
    ['categories', text(listText(categories))],
    ...ID_KINDS.filter((kind) => kind !== 'doi' && kind !== 'arxiv').map(
      (kind): [string, string | undefined] => [kind, text(externalIds[kind])],
    ),
    [OWN_DATE_FIELD, isDateCited(paper) ? undefined : text(paper.date)],
    [OWN_ID_FIELD, text(paper.id)],
  ];
  const lines = fields.flatMap(([name, value]) => (value ? [`  ${name} = {${value}},\n`] : []));
  if (month !== undefined && MONTHS[month - 1]) lines.push(`  month = ${MONTHS[month - 1]},\n`);
  return `@${TYPES[kind]}{${key},\n${lines.join('')}}\n`;
}

/** A name as BibTeX parts it. Braces keep together what it would part otherwise. */
function authorText(author: string): string {
  const name = oneLine(author);
  const { given, family, suffix } = nameParts(name);
  if (/,|(?:^|\s)and(?:\s|$)|^others$/i.test(name)) return `{${latexText(name)}}`;
  return latexText(suffix === undefined ? name : `${family}, ${suffix}, ${given}`);
}

/** Parted by commas, as BibLaTeX wants it; by semicolons where a value has a comma of its own. */
function listText(values: readonly string[]): string {
  const clean = values.map((value) => value.replaceAll(';', ','));
  return clean.some((value) => value.includes(','))
    ? clean.map((value) => `${value};`).join(' ')
    : clean.join(', ');
}

/** Addresses and identifiers are not read as LaTeX, but for what would end them or make a command of them. */
function verbatim(text: string | undefined): string | undefined {
  return text?.replace(/[\s\\{}^]/gu, encodeURIComponent);
}
