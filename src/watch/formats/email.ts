import { escapeUTF8 } from 'entities';
import MailComposer from 'nodemailer/lib/mail-composer';
import type { WatchDelivery } from '../definition.ts';
import { countsOf, type ReportedPaper, type WatchReport } from '../report.ts';
import { paperLines } from './paper-lines.ts';
import { toText } from './text.ts';

/** A name that belongs to no server (RFC 6761): the file is not sent from here. */
const HOST = 'paper-search.invalid';
const MAX_SUBJECT_TITLE = 80;

/**
 * A report as an e-mail (RFC 5322) with a part in plain text and one in HTML, for a mail program or
 * `sendmail -t`. The same report has the same Message-ID.
 */
export async function toEmail(
  report: WatchReport,
  { from, to }: Pick<WatchDelivery, 'from' | 'to'>,
): Promise<string> {
  const composer = new MailComposer({
    from: from ?? `paper-search <watch@${HOST}>`,
    ...(to !== undefined && { to }),
    subject: subjectOf(report),
    date: new Date(report.at),
    messageId: `<${report.delivery}@${HOST}>`,
    headers: { 'X-Paper-Search-Watch': report.watch, 'List-Id': `<${report.watch}.${HOST}>` },
    text: toText(report),
    html: toHtml(report),
    baseBoundary: report.delivery,
    // Texts of papers must not be read as addresses of files or pages to attach.
    disableFileAccess: true,
    disableUrlAccess: true,
    newline: 'win',
  });
  return (await composer.compile().build()).toString('utf8');
}

function subjectOf(report: WatchReport): string {
  const [first] = report.papers;
  const title = first && report.papers.length === 1 ? paperLines(first).title : undefined;
  const what = title === undefined ? countsOf(report) : cut(title);
  return `[${report.watch}] ${what}`;
}

function cut(text: string): string {
  const characters = [...text];
  return characters.length <= MAX_SUBJECT_TITLE
    ? text
    : `${characters.slice(0, MAX_SUBJECT_TITLE - 1).join('')}…`;
}

function toHtml(report: WatchReport): string {
  const { watch, question, papers, notices } = report;
  return [
    `<!doctype html><html><head><meta charset="utf-8"><title>${escapeUTF8(subjectOf(report))}</title></head><body>`,
    `<h1 style="font-size:1.2em">${escapeUTF8(watch)}: ${countsOf(report)}</h1>`,
    `<p>${escapeUTF8(question)}</p>`,
    ...notices.map((notice) => `<p><em>${escapeUTF8(notice)}</em></p>`),
    '<ol>',
    ...papers.map(item),
    '</ol></body></html>',
  ].join('\n');
}

function item(reported: ReportedPaper): string {
  const { title, byline, notes, excerpt, id, address, remark } = paperLines(reported);
  const shown = `<strong>${escapeUTF8(title)}</strong>`;
  const lines = [
    address === undefined ? shown : `<a href="${escapeUTF8(address)}">${shown}</a>`,
    escapeUTF8(byline),
    ...notes.map((note) => `<strong>${escapeUTF8(note)}</strong>`),
    escapeUTF8(excerpt),
    `<small>${escapeUTF8([id, remark && `(${remark})`].filter(Boolean).join(' '))}</small>`,
  ];
  return `<li>${lines.filter(Boolean).join('<br>\n')}</li>`;
}
