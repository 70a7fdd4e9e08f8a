import { useEffect, useState } from 'preact/hooks';
import { type Encoded, encodedNote } from '../../search/encoded.ts';
import type { SearchMode } from '../../search/mode.ts';
import { announce } from '../announce.tsx';
import { api } from '../api.ts';
import { Notice } from './states.tsx';

/** How often the number is asked for while an ingest encodes (milliseconds). */
const POLL_MS = 10_000;

/**
 * How many papers have a vector, while an ingest encodes the others. The number is kept up to date; screen readers hear it
 * when they come to the line, and hear of it only when it is complete.
 * @param encoded as an answer has it. @param mode of the answer.
 */
export function EncodedNotice({ encoded, mode }: { encoded: Encoded | undefined; mode: SearchMode }) {
  const now = useEncoded(encoded);
  if (!encoded) return null;
  if (!now) {
    return (
      <Notice>
        All papers have a vector now.{' '}
        <button type="button" class="link-button" onClick={() => location.reload()}>
          Search again
        </button>
      </Notice>
    );
  }
  const note = encodedNote(now, mode);
  return note === undefined ? null : <Notice>{note}</Notice>;
}

/** The newest known number; undefined once every paper has a vector. @param first undefined asks for nothing. */
function useEncoded(first: Encoded | undefined): Encoded | undefined {
  const [now, setNow] = useState(first);
  useEffect(() => {
    setNow(first);
    if (!first) return undefined;
    const abort = new AbortController();
    const timer = setInterval(async () => {
      if (document.hidden) return;
      // A failed request says nothing: the next one may succeed.
      const stats = await api.stats(abort.signal).catch(() => undefined);
      if (!stats || abort.signal.aborted) return;
      setNow(stats.encoded);
      if (stats.encoded) return;
      clearInterval(timer);
      announce('All papers have a vector now.');
    }, POLL_MS);
    return () => {
      clearInterval(timer);
      abort.abort();
    };
  }, [first]);
  return now;
}
