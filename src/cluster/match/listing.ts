import { PaperSearchError } from '../../errors.ts';
import type { Paper } from '../../papers/paper.ts';
import type { LinkCounts } from '../../search/citations/api.ts';
import type { IdentifierName, PaperListing, PaperSelection } from '../../search/engine.ts';
import type { ClusterCorpus } from '../cluster-corpus.ts';
import type { ClusterQuery } from '../search/lookups.ts';
import { type StoredSource, shownPaperOf, vectorOf } from '../store/document.ts';
import { countField } from '../store/paths.ts';
import { withIdentifier } from './field-query.ts';
import { hitsInOrder } from './pages.ts';
import { ids as withIds } from './queries.ts';
import { resolveSelection } from './selection-query.ts';

/** Most papers that an error lists. */
const MAX_LISTED = 5;
/** Papers that are read by their ids at once: some megabytes. */
const AT_ONCE = 500;
/** Papers with one identifier. */
const MAX_SHARING = 10_000;
/** What a paper is read from. */
const PAPER = ['paper', 'numbers'];

/** Papers, one by one. See `Snapshot.papers`. */
export async function* listPapers(
  { order, offset = 0, limit = Number.POSITIVE_INFINITY, ...selection }: PaperListing,
  corpus: ClusterCorpus,
): AsyncGenerator<Paper> {
  if (order === undefined && selection.ids) {
    yield* inGivenOrder({ ...selection, ids: selection.ids }, { offset, limit }, corpus);
    return;
  }
  const query = await resolveSelection(selection, corpus);
  for await (const { _source } of hitsInOrder(order ?? 'index', query, { offset, limit }, corpus, PAPER)) {
    yield shownPaperOf(_source);
  }
}

async function* inGivenOrder(
  selection: PaperSelection & { readonly ids: readonly string[] },
  { offset, limit }: { readonly offset: number; readonly limit: number },
  corpus: ClusterCorpus,
): AsyncGenerator<Paper> {
  const given = [...new Set(selection.ids)];
  /** Ids of papers: two of the given ones may be of one. */
  const listed = new Set<string>();
  let skipped = 0;
  let left = limit;
  for (let at = 0; at < given.length && left > 0; at += AT_ONCE) {
    const ids = given.slice(at, at + AT_ONCE);
    const query = await resolveSelection({ ...selection, ids }, corpus);
    const found = await sourcesOf(query, PAPER, corpus);
    const byAlias = new Map(
      [...found.values()].flatMap((source) => (source.paper!.aliases ?? []).map((alias) => [alias, source])),
    );
    for (const id of ids) {
      const source = found.get(id) ?? byAlias.get(id);
      if (!source || left === 0 || listed.has(source.paper!.id)) continue;
      listed.add(source.paper!.id);
      if (skipped++ < offset) continue;
      left--;
      yield shownPaperOf(source);
    }
  }
}

/** How many papers match a selection. */
export async function countPapers(selection: PaperSelection, corpus: ClusterCorpus): Promise<number> {
  const query = await resolveSelection(selection, corpus);
  return corpus.lookups.resolve((known) => known.count(query));
}

/** The ids of the papers with an identifier, in the order of the index. See `Snapshot.identify`. */
export async function identify(
  identifier: string,
  field: IdentifierName,
  corpus: ClusterCorpus,
): Promise<readonly string[]> {
  if (field === 'id' && (await sourcesOf(withIds([identifier]), ['paper.id'], corpus)).size > 0) {
    return [identifier];
  }
  return idsWith(identifier, field, corpus);
}

/** How many papers each of several identifiers of a field has. */
export function countEach(
  field: IdentifierName,
  identifiers: readonly string[],
  { lookups }: ClusterCorpus,
): Promise<readonly number[]> {
  return lookups.resolve((known) =>
    identifiers.map((identifier) => known.count(withIdentifier(identifier, field, known))),
  );
}

/**
 * The paper with an id, or the only one with an identifier. See `Snapshot.paper`.
 * @throws PaperSearchError NOT_FOUND for an unknown identifier, and for one that several papers have.
 */
export async function readPaper(id: string, corpus: ClusterCorpus): Promise<Paper> {
  return shownPaperOf(await readSource(id, PAPER, corpus));
}

/** The vectors of papers, in the order of their ids. @throws PaperSearchError as `readPaper` does. */
export async function readVectors(
  ids: readonly string[],
  corpus: ClusterCorpus,
): Promise<readonly Float32Array[]> {
  return (await readEach(ids, ['vectorBytes'], corpus)).map(vectorOf);
}

/** How many works each paper cites, and how many papers cite it. @throws PaperSearchError as `readPaper` does. */
export async function readLinkCounts(
  ids: readonly string[],
  corpus: ClusterCorpus,
): Promise<readonly LinkCounts[]> {
  const sources = await readEach(ids, ['numbers'], corpus);
  return sources.map(({ numbers }) => ({
    references: numbers?.[countField('references')] ?? 0,
    citations: numbers?.[countField('citations')] ?? 0,
  }));
}

/** Papers by their ids or identifiers, in the order given. @throws PaperSearchError as `readPaper` does. */
export async function readPapers(ids: readonly string[], corpus: ClusterCorpus): Promise<readonly Paper[]> {
  return (await readEach(ids, PAPER, corpus)).map(shownPaperOf);
}

async function readEach(
  ids: readonly string[],
  read: readonly string[],
  corpus: ClusterCorpus,
): Promise<readonly StoredSource[]> {
  const sources: StoredSource[] = [];
  for (let at = 0; at < ids.length; at += AT_ONCE) {
    const part = ids.slice(at, at + AT_ONCE);
    const found = await sourcesOf(withIds(part), read, corpus);
    for (const id of part) sources.push(found.get(id) ?? (await readSource(id, read, corpus)));
  }
  return sources;
}

async function readSource(id: string, read: readonly string[], corpus: ClusterCorpus): Promise<StoredSource> {
  const exact = (await sourcesOf(withIds([id]), [...read, 'paper.id'], corpus)).get(id);
  if (exact) return exact;
  const [found, ...others] = await idsWith(id, 'id', corpus);
  if (found !== undefined && others.length === 0) {
    return (await sourcesOf(withIds([found]), [...read, 'paper.id'], corpus)).get(found)!;
  }
  throw notFound(id, found === undefined ? [] : [found, ...others]);
}

async function idsWith(
  identifier: string,
  field: IdentifierName,
  corpus: ClusterCorpus,
): Promise<readonly string[]> {
  const query = await corpus.lookups.resolve((known) => withIdentifier(identifier, field, known));
  const found: string[] = [];
  for await (const { _source } of hitsInOrder('index', query, { limit: MAX_SHARING }, corpus, ['paper.id'])) {
    found.push(_source.paper!.id);
  }
  return found;
}

/** What documents have, by the ids of their papers. @param query of at most AT_ONCE papers. */
async function sourcesOf(
  query: ClusterQuery,
  read: readonly string[],
  { client, index, signal }: ClusterCorpus,
): Promise<ReadonlyMap<string, StoredSource>> {
  const body = {
    query: { constant_score: { filter: query } },
    size: AT_ONCE,
    _source: [...new Set([...read, 'paper.id'])],
    track_total_hits: false,
  };
  const { hits } = await client.search<StoredSource>(index, body, { signal });
  return new Map(hits.hits.map(({ _source }) => [_source.paper!.id, _source]));
}

/** A book's DOI on its chapters identifies all of them equally, so it is an error. */
function notFound(id: string, found: readonly string[]): PaperSearchError {
  return new PaperSearchError(
    'NOT_FOUND',
    found.length === 0
      ? `There is no paper with id "${id}". Use the id of a search result, or a DOI, an arXiv id, a PubMed id or another identifier of a paper.`
      : `${found.length} papers have the identifier "${id}". Use the id of one of them: ${found.slice(0, MAX_LISTED).join(', ')}.`,
    { details: { id } },
  );
}
