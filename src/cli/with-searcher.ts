import { openIndex } from '../search/open-index.ts';
import type { Searcher } from '../search/searcher.ts';

/** Opens an index for one command, and closes it afterwards. */
export async function withSearcher<T>(index: string, use: (searcher: Searcher) => Promise<T>): Promise<T> {
  const searcher = await openIndex(index);
  try {
    return await use(searcher);
  } finally {
    await searcher.close();
  }
}
