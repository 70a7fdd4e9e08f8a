import { useEffect } from 'preact/hooks';

/** Names the tab, and the entry in the history, after what is shown. */
export function useTitle(title: string): void {
  useEffect(() => {
    document.title = title === '' ? 'paper-search' : `${title} – paper-search`;
  }, [title]);
}
