import { useEffect, useState } from 'preact/hooks';

/** Width from which a table of rooms fits. */
const WIDE = '(min-width: 60rem)';

/** Whether the window is wide; the component is rendered again when that changes. */
export function useWide(): boolean {
  const [wide, setWide] = useState(() => matchMedia(WIDE).matches);
  useEffect(() => {
    const query = matchMedia(WIDE);
    const look = () => setWide(query.matches);
    look();
    query.addEventListener('change', look);
    return () => query.removeEventListener('change', look);
  }, []);
  return wide;
}
