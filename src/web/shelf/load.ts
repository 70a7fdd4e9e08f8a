import { keptToken } from '../access.ts';
import { hasUnkept, onListChange } from '../collection.ts';

/** Loads what keeps collections, and lets it keep what was changed. Where that fails, changes wait for the next visit. */
async function keep(): Promise<void> {
  const { shelf } = await import('../views/collection.tsx');
  await shelf.refresh();
}

/** Keeps what readers collect. The code for it is loaded with the first change. */
export function keepCollections(): void {
  const start = () => void keep().catch(() => {});
  onListChange(start);
  // What another version, or an earlier visit, has left, and what is on the server. The first view is not delayed.
  if (hasUnkept() || keptToken() !== undefined) addEventListener('load', start);
}
