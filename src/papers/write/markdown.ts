import { asCited, citationNotes } from '../citation-note.ts';
import type { Paper } from '../paper.ts';
import { joinNames } from './citation.ts';
import { isWebUrl, oneLine } from './text.ts';

/** Signs that Markdown, GitHub's tables and mathematics, or HTML inside it give a meaning. */
const SIGNS = /[\\`*_{}[\]<>()#+\-.!|~$&^=:@]/g;

/** Papers as a Markdown list: title, authors, venue and year, and links. Nothing of a paper is taken for Markdown or HTML. */
export function toMarkdown(papers: readonly Paper[]): string {
  return papers.map(item).join('');
}

function item(paper: Paper): string {
  const {
    title,
    abstract,
    authors,
    venue,
    year,
    urls,
    externalIds: { doi },
  } = asCited(paper);
  const notes = citationNotes(paper)
    .map((note) => `**${escaped(note)}**`)
    .join(' ');
  const where = [venue && `*${escaped(venue)}*`, year].filter(Boolean).join(', ');
  const links = [
    link('page', urls.landing),
    link('PDF', urls.pdf),
    link('code', urls.code),
    doi && `DOI ${escaped(doi)}`,
  ].filter(Boolean);
  const parts = [
    `**${escaped(title || abstract)}**`,
    escaped(joinNames(authors)),
    where,
    notes,
    links.join(' · '),
  ];
  return `- ${parts.filter((part) => part !== '').join('. ')}\n`;
}

/** Text that is not taken for Markdown or HTML, on one line. */
export function escaped(text: string): string {
  // `**` next to a blank does not make text bold, so blanks are trimmed.
  return oneLine(text).replace(SIGNS, '\\$&');
}

/** A link; an empty text without an address of the web. Angle brackets take any address that has none itself. */
export function link(text: string, url: string | undefined): string {
  return isWebUrl(url) ? `[${text}](<${url.replace(/[<>\\]/g, encodeURIComponent)}>)` : '';
}
