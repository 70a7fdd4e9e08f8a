import { PaperSearchError } from '../errors.ts';
import type { Hit } from '../search/searcher.ts';
import { isWebAddress } from './terminal-link.ts';

/**
 * Opens the web page of a hit in the browser; its PDF where it has no page.
 * @param rank the rank it is shown with. @param open called with the address.
 * @throws PaperSearchError BAD_REQUEST when that hit is not shown or has no address.
 */
export async function openHit(
  hits: readonly Hit[],
  rank: number,
  open: (address: string) => Promise<unknown> = openInBrowser,
): Promise<void> {
  const hit = hits.find((each) => each.rank === rank);
  if (!hit) {
    const range =
      hits.length > 0 ? `Hits ${hits[0]!.rank} to ${hits.at(-1)!.rank} are shown.` : 'There are no hits.';
    throw new PaperSearchError('BAD_REQUEST', `--open ${rank}: this hit is not shown. ${range}`);
  }
  const { landing, pdf } = hit.paper.urls;
  const address = [landing, pdf].find((each) => each !== undefined && isWebAddress(each));
  if (address === undefined) {
    throw new PaperSearchError('BAD_REQUEST', `--open ${rank}: ${hit.paper.id} has no web address.`);
  }
  await open(new URL(address).href);
}

async function openInBrowser(address: string): Promise<void> {
  const { default: open } = await import('open');
  await open(address);
}
