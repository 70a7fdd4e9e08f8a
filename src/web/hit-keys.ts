import type { RefObject } from 'preact';
import { useMemo } from 'preact/hooks';
import { useKeys } from './keys.ts';
import type { OpenedList } from './opened-list.ts';

/** Moves the focus to the title of a hit; does nothing before the first and after the last. */
export function focusHit(list: HTMLElement | null, place: number): void {
  const title = titlesIn(list)[place];
  title?.focus();
  title?.closest('.hit')?.scrollIntoView({ block: 'nearest' });
}

/** The hit that was opened last, and the URL of its search. */
let lastOpened: { readonly url: string; readonly id: string } | undefined;
/** The list from which a paper was opened last. */
let openedList: OpenedList | undefined;

/** Remembers the hit that is being opened, and its list, for when the reader comes back. */
export function rememberOpened(id: string): void {
  lastOpened = { url: urlNow(), id };
  const hits = [...document.querySelectorAll<HTMLElement>('.hits .hit')];
  openedList = { url: urlNow(), ids: hits.flatMap(({ dataset }) => dataset.id ?? []) };
}

/** The list from which a paper was opened last; undefined if none was since the page was loaded. */
export function listOfOpened(): OpenedList | undefined {
  return openedList;
}

/** Remembers that another paper of the same list is read: on return it has the focus. */
export function rememberRead(id: string): void {
  if (openedList) lastOpened = { url: openedList.url, id };
}

/** Whether the current search is the one in which a hit was opened last. */
export function isReturn(): boolean {
  return lastOpened?.url === urlNow();
}

/** Restores the focus to the hit that was opened from this search, once. */
export function focusOpened(list: HTMLElement | null): void {
  if (!isReturn()) return;
  const hit = [...(list?.querySelectorAll<HTMLElement>('.hit') ?? [])].find(
    ({ dataset }) => dataset.id === lastOpened?.id,
  );
  lastOpened = undefined;
  hit?.scrollIntoView({ block: 'center' });
  hit?.querySelector<HTMLElement>('.hit-title')?.focus({ preventScroll: true });
}

function urlNow(): string {
  return location.pathname + location.search;
}

/**
 * Keys for a list of hits: `j`, `k` and the arrows move, `o` opens the paper, `x` collects, `a` shows the abstract, `e`
 * explains, `n` and `p` change the page. Enter opens the paper, too, because the focused title is a link.
 */
export function useHitKeys(list: RefObject<HTMLElement | null>): void {
  const keys = useMemo(() => {
    const place = () =>
      titlesIn(list.current).findIndex((title) => hitOf(title) === hitOf(document.activeElement));
    const move = (step: number) => () => focusHit(list.current, Math.max(0, place() + step));
    // If no hit has the focus, arrows scroll.
    const arrow = (step: number) => () => (place() < 0 ? false : move(step)());
    const click = (selector: string) => () => {
      const within = hitOf(document.activeElement);
      within?.querySelector<HTMLElement>(selector)?.click();
    };
    const turn = (rel: string) => () => document.querySelector<HTMLElement>(`.pager [rel=${rel}]`)?.click();
    return {
      j: move(1),
      k: move(-1),
      ArrowDown: arrow(1),
      ArrowUp: arrow(-1),
      o: click('.hit-title'),
      x: click('.tick input, .add-button'),
      a: click('.abstract-button'),
      e: click('.why-button'),
      n: turn('next'),
      p: turn('prev'),
    };
  }, [list]);
  useKeys(keys);
}

function titlesIn(list: HTMLElement | null): HTMLElement[] {
  return [...(list?.querySelectorAll<HTMLElement>('.hit-title') ?? [])];
}

function hitOf(element: Element | null): Element | null | undefined {
  return element?.closest('.hit');
}
