import { asCited, citationNotes } from '../citation-note.ts';
import type { Paper } from '../paper.ts';
import { oneLine } from './text.ts';

/** Papers as a citation a line: authors (year). title. venue. address */
export function toCitations(papers: readonly Paper[]): string {
  return papers.map((paper) => `${citation(paper)}\n`).join('');
}

function citation(paper: Paper): string {
  const { authors, year, title, abstract, venue, urls } = asCited(paper);
  const people = joinNames(authors);
  const dated = [people, year === undefined ? '' : `(${year})`].filter((part) => part !== '').join(' ');
  return [dated, title || abstract, venue, ...citationNotes(paper)]
    .flatMap((part) => (part ? [sentence(oneLine(part))] : []))
    .concat(urls.landing ?? [])
    .join(' ');
}

/** "A", "A and B", "A, B and C". */
export function joinNames(names: readonly string[]): string {
  const [last = '', ...before] = names.map(oneLine).reverse();
  return before.length === 0 ? last : `${before.reverse().join(', ')} and ${last}`;
}

function sentence(text: string): string {
  return /[.!?]$/.test(text) ? text : `${text}.`;
}
