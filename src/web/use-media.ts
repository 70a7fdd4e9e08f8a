import { useEffect, useState } from 'preact/hooks';

/** Width up to which a window is that of a phone; the style sheets have the same one. */
export const PHONE = '(max-width: 34rem)';
/** Width from which a table of rooms, or a column beside the text, fits. */
export const WIDE = '(min-width: 60rem)';

/** Whether a media query matches; the component is rendered again when that changes. */
export function useMedia(query: string): boolean {
  const [matches, setMatches] = useState(() => matchMedia(query).matches);
  useEffect(() => {
    const media = matchMedia(query);
    const look = () => setMatches(media.matches);
    look();
    media.addEventListener('change', look);
    return () => media.removeEventListener('change', look);
  }, [query]);
  return matches;
}
