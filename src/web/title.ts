import { useEffect } from 'preact/hooks';

/** Sets the title of the tab and of the history entry. */
export function useTitle(title: string): void {
  useEffect(() => {
    document.title = title === '' ? 'paper-search' : `${title} – paper-search`;
  }, [title]);
}
