import { readdir } from 'node:fs/promises';
import type { FetchOptions, FetchProgress } from '../../src/ingest/fetch/fetch-papers.ts';
import { FakeClock } from './fake-clock.ts';
import { type Reply, type SeenRequest, startFakeService, xml } from './fake-service.ts';
import { arxivFeed, names } from './service-pages.ts';
import { temporaryFolder } from './temporary-folder.ts';

/** A service that answers as the test says, a folder for its pages, a clock that does not wait, and the progress. */
export async function setUp(reply: (request: SeenRequest, number: number) => Reply) {
  const service = await startFakeService(reply);
  const data = await temporaryFolder();
  const clock = new FakeClock();
  const progress: FetchProgress[] = [];
  const options = {
    data,
    clock,
    env: { PAPER_SEARCH_FETCH_BASE: service.base },
    onProgress: (event: FetchProgress) => progress.push(event),
  } satisfies FetchOptions;
  return { service, data, clock, progress, options };
}

/** Names of the pages in a folder. */
export const pagesIn = async (folder: string) =>
  (await readdir(folder)).filter((name) => !name.startsWith('.')).sort();

/** A parameter of a request that was seen. */
export const parameter = ({ url }: SeenRequest, name: string) => url.searchParams.get(name);

/** An arXiv search over 5 papers that gives 2 a page. */
export const arxivOfFive = (request: SeenRequest) => {
  const start = Number(parameter(request, 'start'));
  return xml(arxivFeed(names('2402.0000', 5).slice(start, start + 2), 5, start), { etag: `"${start}"` });
};
