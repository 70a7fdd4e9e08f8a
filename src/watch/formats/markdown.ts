import { escaped, link } from '../../papers/write/markdown.ts';
import { countsOf, type ReportedPaper, type WatchReport } from '../report.ts';
import { paperLines } from './paper-lines.ts';

/** A report in Markdown, ending in a line end. Nothing of a paper is taken for Markdown or HTML. */
export function toMarkdownReport(report: WatchReport): string {
  const { watch, question, papers, notices } = report;
  return [
    `## ${escaped(watch)}: ${countsOf(report)}`,
    escaped(question),
    ...notices.map((notice) => `> ${escaped(notice)}`),
    ...papers.map(item),
  ]
    .join('\n\n')
    .concat('\n');
}

function item(reported: ReportedPaper, place: number): string {
  const { title, byline, notes, excerpt, id, address, remark } = paperLines(reported);
  const { pdf } = reported.paper.urls;
  const links = [address === pdf ? '' : link('page', address), link('PDF', pdf)];
  const last = [escaped(id), ...links, remark && `*${escaped(remark)}*`].filter(Boolean).join(' · ');
  const number = `${place + 1}. `;
  const lines = [
    [`**${escaped(title)}**`, escaped(byline)].filter(Boolean).join('  \n'),
    ...notes.map((note) => `**${escaped(note)}**`),
    escaped(excerpt),
    last,
  ].filter(Boolean);
  // Paragraphs of a list item are indented by the width of its number.
  return number + lines.join('\n\n').replace(/\n(?=.)/g, `\n${' '.repeat(number.length)}`);
}
