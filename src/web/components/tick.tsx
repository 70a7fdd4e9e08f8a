import type { ComponentChildren } from 'preact';
import { announce } from '../announce.tsx';
import { collection, useShown } from '../collection.ts';
import { counted } from '../format.ts';
import { QuotedText } from '../spans.tsx';

/** Adds a paper to the collection, or removes it. */
export function toggleCollected(paper: { readonly id: string; readonly title: string }): void {
  if (collection.has(paper.id)) {
    collection.remove(paper.id);
    announce('Removed from the collection.');
  } else {
    collection.add({ id: paper.id, title: paper.title });
    announce(`Collected. The collection has ${counted(collection.entries().length, 'paper')}.`);
  }
}

interface TickProps {
  readonly paper: { readonly id: string; readonly title: string };
  /** The label beside the box. Default: no visible label. */
  readonly children?: ComponentChildren;
}

/** The tick box that collects a paper. */
export function Tick({ paper, children }: TickProps) {
  const { name, isOneOfSeveral, papers } = useShown();
  const collected = papers.some(({ id }) => id === paper.id);
  const which = isOneOfSeveral ? `“${name}”` : 'the collection';
  return (
    <label class="tick" title={`${collected ? 'In' : 'Add to'} ${which}`}>
      <input type="checkbox" checked={collected} onChange={() => toggleCollected(paper)} />
      {children ?? (
        <span class="visually-hidden">
          Collect <QuotedText text={paper.title} />
        </span>
      )}
    </label>
  );
}
