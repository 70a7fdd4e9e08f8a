// A client by openapi-generator (typescript-fetch): compiled with `strict`, then run against a server.
import { Configuration, PapersApi, ResponseError, SearchApi } from './client/index.js';

const configuration = new Configuration({ basePath: process.argv[2]! });
const search = new SearchApi(configuration);
const papers = new PapersApi(configuration);

const answer = await search.searchPapers({
  q: 'papers about self-improvement',
  limit: 3,
  facets: ['year', 'venue'],
});
const titles: string[] = answer.hits.map(({ paper }) => paper.title);
const ids: string[] = answer.hits.map(({ paper }) => paper.id);
const related = await search.findRelatedPapers({ relatedRequest: { positive: ids.slice(0, 1), limit: 2 } });
const file: string = await papers.exportPapers({ exportRequest: { ids, format: 'bibtex' } });
const error = await papers.getPaper({ id: 'nothing' }).then(
  () => undefined,
  async (thrown) =>
    thrown instanceof ResponseError ? (await thrown.response.json()).error.code : String(thrown),
);
console.log(
  JSON.stringify({
    titles,
    years: answer.facets?.values.year?.length,
    related: related.hits.length,
    entries: file.split('@').length - 1,
    error,
  }),
);
