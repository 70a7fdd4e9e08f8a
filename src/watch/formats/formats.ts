import type { WatchFormat } from '../choices.ts';
import type { WatchDelivery } from '../definition.ts';
import type { WatchReport } from '../report.ts';
import { toAtom } from './atom.ts';
import { toJson } from './json.ts';
import { toMarkdownReport } from './markdown.ts';
import { toText } from './text.ts';

/** The end of a file's name, without its dot. */
export const EXTENSIONS: Readonly<Record<WatchFormat, string>> = {
  text: 'txt',
  markdown: 'md',
  json: 'json',
  atom: 'atom',
  eml: 'eml',
};

/** A report in a format, ending in a line end. */
export async function formatReport(
  report: WatchReport,
  { format, from, to }: Pick<WatchDelivery, 'format' | 'from' | 'to'>,
): Promise<string> {
  switch (format) {
    case 'text':
      return toText(report);
    case 'markdown':
      return toMarkdownReport(report);
    case 'json':
      return `${toJson(report)}\n`;
    case 'eml': {
      // Loaded by the first mail, and not by every server at its start.
      const { toEmail } = await import('./email.ts');
      return toEmail(report, { from, to });
    }
    case 'atom':
      return toAtom(report, [report], report.at);
  }
}
