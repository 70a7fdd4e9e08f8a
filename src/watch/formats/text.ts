import { visibleTexts } from '../../text/visible-text.ts';
import { countsOf, type ReportedPaper, type WatchReport } from '../report.ts';
import { paperLines } from './paper-lines.ts';

const INDENT = '   ';

/** A report as plain text, ending in a line end. */
export function toText(given: WatchReport): string {
  const report = visibleTexts(given);
  const { watch, question, papers, notices } = report;
  const head = `${watch}: ${countsOf(report)} (${question})`;
  return [head, ...notices.map((notice) => `Note: ${notice}`), ...papers.map(item)].join('\n\n').concat('\n');
}

function item(reported: ReportedPaper, place: number): string {
  const { title, byline, notes, excerpt, id, address, remark } = paperLines(reported);
  const lines = [
    byline,
    ...notes,
    excerpt,
    [id, remark && `(${remark})`].filter(Boolean).join('  '),
    address,
  ];
  return [`${place + 1}. ${title}`, ...lines.filter(Boolean).map((line) => `${INDENT}${line}`)].join('\n');
}
