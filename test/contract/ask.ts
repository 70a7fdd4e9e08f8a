import { PaperSearchError } from '../../src/errors.ts';
import { parseQuery } from '../../src/query/parser.ts';
import type { PaperSelection, Snapshot } from '../../src/search/engine.ts';
import type { Case, Listed, Selected } from './case.ts';
import { normalForm } from './normal-form.ts';

/** What questions are asked of. */
export interface Asked {
  readonly snapshot: Snapshot;
  /** Where the app over the engine is served; its newest snapshot is `snapshot`. */
  readonly url: string;
  /** An instant after the first ingest and before the second (ISO 8601). */
  readonly between: string;
}

/** The answer to a question, without what differs between runs; an error is `{ error: { code, message } }`. */
export async function answerOf(question: Case, { snapshot, url, between }: Asked): Promise<unknown> {
  const filled = JSON.parse(JSON.stringify(question).replaceAll('{between}', between)) as Case;
  try {
    const answer = filled.ask === 'http' ? await overHttp(filled, url) : await ofSnapshot(filled, snapshot);
    return normalForm(answer, { between, snapshot: snapshot.id, url });
  } catch (thrown) {
    if (!(thrown instanceof PaperSearchError)) throw thrown;
    return normalForm(
      { error: { code: thrown.code, message: thrown.message } },
      {
        between,
        snapshot: snapshot.id,
        url,
      },
    );
  }
}

function ofSnapshot(question: Exclude<Case, { ask: 'http' }>, snapshot: Snapshot): Promise<unknown> {
  switch (question.ask) {
    case 'search':
      return snapshot.search(question.request, selectionOf(question.among));
    case 'related':
      return snapshot.related(question.request, selectionOf(question.among));
    case 'relevance':
      return snapshot.relevance(question.request, selectionOf(question.among));
    case 'citations':
      return snapshot.citations(question.id, question.request);
    case 'countLinks':
      return snapshot.countLinks(question.ids);
    case 'snowball':
      return snapshot.snowball(question.request);
    case 'schedule':
      return snapshot.schedule(question.request);
    case 'suggest':
      return snapshot.suggest(question.text, question.limit);
    case 'paper':
      // Whole, and not by its id as in other answers.
      return snapshot.paper(question.id).then((paper) => ({ whole: { ...paper } }));
    case 'papers':
      return idsOf(snapshot, question.listing);
    case 'count':
      return snapshot.count(selectionOf(question.selection) ?? {});
    case 'identify':
      return snapshot.identify(question.identifier, question.field);
    case 'countEach':
      return snapshot.countEach(question.field, question.identifiers);
    case 'vectors':
      // The first numbers of each say enough.
      return snapshot.vectors(question.ids).then((vectors) => vectors.map((row) => [...row.subarray(0, 4)]));
    case 'stats':
      return snapshot.stats();
    case 'map':
      return snapshot.map();
  }
}

async function idsOf(snapshot: Snapshot, listing: Listed = {}): Promise<string[]> {
  const ids: string[] = [];
  const { where: _, ...rest } = listing;
  for await (const { id } of snapshot.papers({ ...rest, ...selectionOf(listing) })) ids.push(id);
  return ids;
}

function selectionOf(selected: Selected | undefined): PaperSelection | undefined {
  if (selected === undefined) return undefined;
  const { where, ...rest } = selected;
  return where === undefined ? rest : { ...rest, condition: parseQuery(where, { strict: true }).condition };
}

/** Headers of answers that are part of the contract. */
const HEADERS = [
  'content-type',
  'x-paper-search-snapshot',
  'cache-control',
  'papers-left-out',
  'retry-after',
];

async function overHttp(
  { path, method, body, headers }: Case & { ask: 'http' },
  url: string,
): Promise<unknown> {
  const response = await fetch(url + path, {
    method: method ?? 'GET',
    headers: { ...headers, ...(body !== undefined && { 'Content-Type': 'application/json' }) },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  const isJson = response.headers.get('content-type')?.includes('json');
  return {
    status: response.status,
    headers: {
      ...Object.fromEntries(HEADERS.map((name) => [name, response.headers.get(name) ?? undefined])),
      etag: response.headers.has('etag'),
    },
    // Any file is compared line by line.
    body: isJson && text !== '' ? JSON.parse(text) : text.split('\n'),
  };
}
