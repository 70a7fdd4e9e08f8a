import { asCited, citationNotes } from '../../papers/citation-note.ts';
import type { Paper } from '../../papers/paper.ts';
import { STATUS_LABELS } from '../../papers/status.ts';
import { oneLine } from '../../papers/write/text.ts';
import { firstSentences } from '../../text/shorten.ts';
import { addressOf, type ReportedPaper } from '../report.ts';

const MAX_AUTHORS = 5;
/** Of an abstract, in UTF-16 code units. */
const MAX_EXCERPT = 400;

/** A paper of a report as lines of text, for every format that people read. */
export interface PaperLines {
  /** After what became of the paper, where a source says so: "RETRACTED: …". */
  readonly title: string;
  /** Authors, venue and year. Empty when none is known. */
  readonly byline: string;
  /** What has to be said wherever a paper is cited. */
  readonly notes: readonly string[];
  /** The first sentences of the abstract; empty without one. */
  readonly excerpt: string;
  readonly id: string;
  readonly address: string | undefined;
  /** Why the paper is in the report, where that is not simply that it is new and a strong match. */
  readonly remark: string | undefined;
}

export function paperLines(reported: ReportedPaper): PaperLines {
  const { paper } = reported;
  const { authors, venue, year } = asCited(paper);
  const names = authors.slice(0, MAX_AUTHORS).join(', ') + (authors.length > MAX_AUTHORS ? ', …' : '');
  const where = [venue, year].filter((part) => part !== undefined).join(' ');
  const { text, cut } = firstSentences(oneLine(paper.abstract), MAX_EXCERPT);
  return {
    title: markedTitle(paper),
    byline: [names, where]
      .filter((part) => part !== '')
      .map(oneLine)
      .join(' · '),
    notes: citationNotes(paper).map(oneLine),
    excerpt: cut && !text.endsWith('…') ? `${text} …` : text,
    id: paper.id,
    address: addressOf(paper),
    remark: remarkOn(reported),
  };
}

function markedTitle({ title, abstract, status }: Paper): string {
  const text = oneLine(title || abstract.slice(0, 100));
  const mark = status && `${STATUS_LABELS[status.kind].toUpperCase()}: `;
  return mark && !text.toUpperCase().startsWith(mark.trimEnd()) ? mark + text : text;
}

function remarkOn({ reason, level, nearest, isRemoved }: ReportedPaper): string | undefined {
  if (isRemoved) return 'removed from the index since it was found';
  if (reason === 'status') return 'reported before';
  const parts = [
    ...(nearest === undefined ? [] : [`like ${nearest}`]),
    ...(level === 'weak' ? ['weak match'] : []),
  ];
  return parts.length > 0 ? parts.join(', ') : undefined;
}
