import type { Snapshot } from '../search/engine.ts';

/** Opens an index for one command, and closes it afterwards. */
export async function withSnapshot<T>(index: string, use: (snapshot: Snapshot) => Promise<T>): Promise<T> {
  const { openIndex } = await import('../search/open-index.ts');
  const engine = await openIndex(index);
  try {
    return await use(await engine.acquire());
  } finally {
    await engine.close();
  }
}
