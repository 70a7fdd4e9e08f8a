import type { ComponentChild, ComponentChildren } from 'preact';
import { useMemo } from 'preact/hooks';
import type { Span } from '../text/span.ts';
import { Maths } from './components/maths.tsx';
import type { ShownPart } from './shown-text.ts';
import { lazyPart } from './use-lazy.ts';

/**
 * Characters without which a text has no markup (`text/markup/signs.ts`). They are here once more because what this file and the one
 * that is loaded later share would be a file of its own in the first load.
 */
export const SIGNS = /[$\\_*~`^]|--/;
const NO_MARKS: readonly Span[] = [];
/** Few texts have markup: what reads it is loaded with the first. */
const useMarkup = lazyPart(() => import('./shown-text.ts'));

/**
 * A title or an abstract as readers know it: formulas set, emphasis and dashes instead of their markup, matches marked.
 * @param marks half-open ranges of UTF-16 code units of `text`, ascending, not overlapping. Default: none.
 * @param start, end the part of `text` that is shown. Default: all of it.
 */
export function PaperText({
  text,
  marks = NO_MARKS,
  start = 0,
  end = text.length,
}: {
  text: string;
  marks?: readonly Span[];
  start?: number;
  end?: number;
}) {
  const markup = useMarkup(SIGNS.test(text));
  const parts = useMemo(
    () => markup?.shownParts(text, marks, { start, end }),
    [markup, text, marks, start, end],
  );
  return <>{parts?.map(shown) ?? marked(text.slice(start, end), marks, start)}</>;
}

/** A title in plain Unicode characters, for labels and the title of the tab. */
export function usePlainText(text: string): string {
  return useMarkup(SIGNS.test(text))?.plainUnicode(text) ?? text;
}

/** A title in plain Unicode characters, where only text can be shown. */
export function PlainText({ text }: { text: string }) {
  return <>{usePlainText(text)}</>;
}

/** A title in plain Unicode characters, in quotation marks. */
export function QuotedText({ text }: { text: string }) {
  return <>“{usePlainText(text)}”</>;
}

function shown({ text, tex, marked: isMarked, emphasis }: ShownPart, key: number): ComponentChild {
  const content = tex === undefined ? text : <Maths tex={tex} plain={text} />;
  const Emphasis = emphasis;
  const styled = Emphasis ? <Emphasis key={key}>{content}</Emphasis> : content;
  return isMarked ? <mark key={key}>{styled}</mark> : styled;
}

/** A text without markup, with its marks. */
function marked(text: string, marks: readonly Span[], from: number): ComponentChildren {
  const pieces: ComponentChildren[] = [];
  let at = 0;
  for (const mark of marks) {
    const start = Math.max(mark.start - from, at);
    const end = Math.min(mark.end - from, text.length);
    if (start >= end) continue;
    pieces.push(text.slice(at, start), <mark key={start}>{text.slice(start, end)}</mark>);
    at = end;
  }
  pieces.push(text.slice(at));
  return pieces;
}
