import type { ComponentChildren } from 'preact';
import { announce } from '../announce.tsx';
import { tray, useTray } from '../tray.ts';

/** Puts a paper into the tray, or takes it out. */
function toggleCollected(paper: { readonly id: string; readonly title: string }): void {
  if (tray.has(paper.id)) {
    tray.remove(paper.id);
    announce('Taken out of the tray.');
  } else {
    tray.add({ id: paper.id, title: paper.title });
    announce(`Collected. The tray has ${tray.entries().length}.`);
  }
}

interface TickProps {
  readonly paper: { readonly id: string; readonly title: string };
  /** What stands beside the box. Default: nothing that is seen. */
  readonly children?: ComponentChildren;
}

/** The tick box that collects a paper. */
export function Tick({ paper, children }: TickProps) {
  const collected = useTray().some(({ id }) => id === paper.id);
  return (
    <label class="tick" title={collected ? 'Collected: in the tray' : 'Collect it into the tray'}>
      <input type="checkbox" checked={collected} onChange={() => toggleCollected(paper)} />
      {children ?? <span class="visually-hidden">Collect “{paper.title}”</span>}
    </label>
  );
}
