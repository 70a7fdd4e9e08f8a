import type { Line } from './lines.ts';
import { breaksOff, isLoneName, listsNames, splitNames } from './names.ts';
import type { Slot } from './slot.ts';

/** A talk as the page shows it. */
export interface Talk {
  /** 1-based line of its slot. */
  readonly line: number;
  readonly slot: Slot;
  /** Empty when the slot has nothing below it. */
  readonly title: string;
  readonly authors: readonly string[];
  /** Paragraphs parted by a blank line; empty when the page has none. */
  readonly abstract: string;
}

/** A line of a talk that carries text; `gap` says whether it follows a blank line. */
interface BodyLine {
  readonly text: string;
  readonly gap: boolean;
}

/** Reads the lines between a talk's slot and the next one: title, authors, abstract. */
export function parseTalk(slot: Slot, line: number, lines: readonly Line[]): Talk {
  const body: BodyLine[] = [];
  let labelledAt: number | undefined;
  for (const [index, next] of lines.entries()) {
    // A page ends here; what follows is the site's own text.
    if (next.kind === 'menu' || (next.kind === 'footer' && next.gap)) break;
    // A talk may be called "Paper": if names follow, it is a title and not a button.
    const isTitle = body.length === 0 && listsNames(lines[index + 1]?.text ?? '');
    if (next.kind === 'noise' && !isTitle) continue;
    if (next.kind === 'abstract' && body.length > 0 && labelledAt === undefined) {
      labelledAt = body.length;
      if (next.rest) body.push({ text: next.rest, gap: true });
    } else if (next.kind !== 'abstract' || next.rest) body.push(next);
  }
  const head = body.slice(0, labelledAt);
  const { titleEnd, authorsEnd } = splitHead(head);
  return {
    line,
    slot,
    title: joined(body.slice(0, titleEnd)),
    authors: splitNames(joined(body.slice(titleEnd, authorsEnd))),
    abstract: paragraphs(body.slice(authorsEnd)),
  };
}

/** Where in a talk's first lines the title ends, and where the authors. */
function splitHead(lines: readonly BodyLine[]): { titleEnd: number; authorsEnd: number } {
  if (lines.length === 0) return { titleEnd: 0, authorsEnd: 0 };
  const nextBlock = lines.findIndex((line, index) => index > 0 && line.gap);
  const blockEnd = nextBlock === -1 ? lines.length : nextBlock;
  // A line of names separated by dots lists the authors, whether it follows the title directly or a block later.
  const dotted = lines.findIndex(({ text }, index) => index > 0 && index <= blockEnd && listsNames(text));
  if (dotted !== -1) return { titleEnd: dotted, authorsEnd: endOfNames(lines, dotted) };
  // Without blank lines, or with everything in one block, the title is one line.
  const titleEnd = nextBlock === -1 || lines.length === blockEnd ? 1 : blockEnd;
  const lone = titleEnd > 1 && isLoneName(lines[1]!.text) && titleEnd === 2 ? 1 : titleEnd;
  const author = lines[lone];
  return author && isLoneName(author.text)
    ? { titleEnd: lone, authorsEnd: lone + 1 }
    : { titleEnd, authorsEnd: titleEnd };
}

/** A long list of names may be wrapped over several lines, the last one perhaps in the middle of a name. */
function endOfNames(lines: readonly BodyLine[], start: number): number {
  let end = start + 1;
  for (let line = lines[end]; line && !line.gap; line = lines[end]) {
    const continues = listsNames(line.text) || (breaksOff(lines[end - 1]!.text) && isLoneName(line.text));
    const endsTheLastName = isLoneName(line.text) && line.text.split(' ').length === 1;
    if (!continues && !endsTheLastName) break;
    end++;
  }
  return end;
}

function joined(lines: readonly BodyLine[]): string {
  return lines.map(({ text }) => text).join(' ');
}

function paragraphs(lines: readonly BodyLine[]): string {
  return lines.reduce((text, line, index) => {
    if (index === 0) return line.text;
    return `${text}${line.gap ? '\n\n' : ' '}${line.text}`;
  }, '');
}
