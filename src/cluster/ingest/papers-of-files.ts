import { allDocuments } from './documents.ts';
import type { OpenChange } from './open-change.ts';

/** Keys read at once. */
const PAGE = 500;
/** Files that one query names. */
const FILES_OF_QUERY = 500;

/**
 * The papers that have, or had, records of files, page by page. A paper may come several times.
 * @param files as records name them.
 */
export async function* papersOfFiles(
  { client, keysIndex }: Pick<OpenChange, 'client' | 'keysIndex'>,
  files: ReadonlySet<string>,
  signal?: AbortSignal,
): AsyncGenerator<readonly string[]> {
  const names = [...files];
  await client.request('POST', `/${keysIndex}/_refresh`);
  for (let start = 0; start < names.length; start += FILES_OF_QUERY) {
    const query = { terms: { files: names.slice(start, start + FILES_OF_QUERY) } };
    const pages = allDocuments<{ papers: readonly string[]; files: readonly string[] }>(
      client,
      keysIndex,
      query,
      PAGE,
      ['papers', 'files'],
      signal,
    );
    for await (const page of pages) {
      const papers = page.flatMap(({ document }) =>
        document.papers.filter((_, at) => files.has(document.files[at]!)),
      );
      yield [...new Set(papers)];
    }
  }
}
