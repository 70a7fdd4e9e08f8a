import { useMemo } from 'preact/hooks';
import { type Mark, marksOf } from '../../review/marks.ts';
import type { MarkedSpan } from '../../review/review.ts';
import { Maths } from '../components/maths.tsx';
import { type PartWithMark, partsWithMarks } from '../shown-text.ts';
import { inkOn, type OwnWord } from './own-words.ts';

interface MarkedTextProps {
  readonly text: string;
  readonly own: readonly OwnWord[];
  /** Parts of the text that the learner counts. */
  readonly learned: readonly MarkedSpan[];
  /** The part of the text that is shown. Default: all of it. */
  readonly start?: number;
  readonly end?: number;
}

/** A title or an abstract with marks for and against including the paper. */
export function MarkedText({ text, own, learned, start = 0, end = text.length }: MarkedTextProps) {
  const marks = useMemo(() => marksOf(text, own, learned), [text, own, learned]);
  const parts = useMemo(() => partsWithMarks(text, marks, { start, end }), [text, marks, start, end]);
  return <>{parts.map(shown)}</>;
}

function shown({ text, tex, mark, emphasis: Emphasis }: PartWithMark<Mark>, key: number) {
  const content = tex === undefined ? text : <Maths tex={tex} plain={text} />;
  const styled = Emphasis ? <Emphasis key={key}>{content}</Emphasis> : content;
  if (!mark) return styled;
  const colours = mark.color && { backgroundColor: mark.color, color: inkOn(mark.color) };
  return (
    <mark key={key} class={mark.for ? 'mark-for' : 'mark-against'} style={colours || undefined}>
      {styled}
    </mark>
  );
}
