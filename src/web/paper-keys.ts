import { useLocation } from 'preact-iso/router';
import { rememberRead } from './hit-keys.ts';
import { useKeys } from './keys.ts';
import type { PlaceInList } from './opened-list.ts';
import { paperPath } from './paths.ts';

interface PaperKeys {
  /** Where the paper is in the list that it was opened from; undefined if it was opened from elsewhere. */
  readonly from: PlaceInList | undefined;
  /** Adds the paper to the collection, or removes it. */
  readonly onCollect: () => void;
  /** Opens the citations, or closes them. */
  readonly onCite: () => void;
}

/**
 * Keys for the page of a paper: `j`, `k` and the arrows move through the related papers, `o` opens the one with the
 * focus, `x` collects it, or the paper itself, `c` cites, `u` and Backspace return to the results, `[` and `]` go to
 * the previous and next result, `/` to the search field.
 */
export function usePaperKeys({ from, onCollect, onCite }: PaperKeys): void {
  const { route } = useLocation();
  const back = () => (from ? route(from.url) : false);
  const arrow = (step: number) => () => (focused() ? moveRelated(step) : false);
  useKeys({
    j: () => moveRelated(1),
    k: () => moveRelated(-1),
    ArrowDown: arrow(1),
    ArrowUp: arrow(-1),
    o: () => (focused() ? focused()?.querySelector<HTMLElement>('.related-title')?.click() : false),
    x: () => {
      const item = document.activeElement?.closest('.related-paper');
      if (item) item.querySelector<HTMLElement>('.tick input')?.click();
      else onCollect();
    },
    c: onCite,
    u: back,
    Backspace: back,
    '[': () => openNeighbour(from?.previous, route),
    ']': () => openNeighbour(from?.next, route),
    '/': () => route('/'),
  });
}

/** Scrolls to the related papers and moves the focus to the first of them. */
export function focusRelated(): void {
  document.querySelector('.related')?.scrollIntoView();
  titles()[0]?.focus({ preventScroll: true });
}

/**
 * Opens a neighbour in the list in place of this paper, so that Back returns to the list.
 * @returns false if there is none.
 */
export function openNeighbour(
  id: string | undefined,
  route: (url: string, replace?: boolean) => void,
): boolean {
  if (id === undefined) return false;
  rememberRead(id);
  route(paperPath(id), true);
  scrollTo(0, 0);
  return true;
}

function moveRelated(step: number): void {
  const all = titles();
  const at = all.findIndex((title) => title.closest('.related-paper') === focused());
  const title = all[Math.max(0, at + step)];
  title?.focus();
  title?.closest('.related-paper')?.scrollIntoView({ block: 'nearest' });
}

/** The related paper that has the focus. */
function focused(): Element | null | undefined {
  return document.activeElement?.closest('.related .related-paper');
}

function titles(): HTMLElement[] {
  return [...document.querySelectorAll<HTMLElement>('.related .related-title')];
}
