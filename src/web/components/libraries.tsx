import { useEffect, useState } from 'preact/hooks';
import { api, onUnauthorized, type ServedLibraries } from '../api.ts';
import { lazyPart } from '../use-lazy.ts';

// Most servers have one library, which everyone may read: what others need is loaded there only.
const useSwitch = lazyPart(() => import('./library-switch.tsx'));
const useTokenDialog = lazyPart(() => import('./token-dialog.tsx'));

/** The switch between libraries, on a server with several. */
export function Libraries() {
  const [served, setServed] = useState<ServedLibraries>();
  // The page works without the list.
  useEffect(() => void api.libraries().then(setServed, () => {}), []);
  const part = useSwitch((served?.libraries.length ?? 0) > 1);
  return part && served ? <part.LibrarySwitch served={served} /> : null;
}

/** Asks for a token when the server does not answer without one. */
export function TokenRequest() {
  const [asked, setAsked] = useState(0);
  useEffect(() => onUnauthorized(() => setAsked((times) => times + 1)), []);
  const part = useTokenDialog(asked > 0);
  return part ? <part.TokenDialog asked={asked} /> : null;
}
