import { packArrays } from '../../indexes/binary/arrays.ts';
import { KIND } from '../../indexes/fields/build.ts';
import { FieldIndex } from '../../indexes/fields/field-index.ts';
import { RowIndex } from '../../indexes/vectors/row-index.ts';
import type { Paper } from '../../papers/paper.ts';
import { cosineScale } from '../../search/confidence.ts';
import type { Corpus } from '../../search/corpus.ts';
import { LazyReading } from '../../search/lazy-reading.ts';
import { LINK_WEIGHTS } from '../../search/related/link-similarity.ts';
import type { SearchBody, SearchHit } from '../client/cluster-client.ts';
import type { ClusterCorpus } from '../cluster-corpus.ts';
import { allOf, EVERY_PAPER, ids as withIds } from '../match/queries.ts';
import type { StoredSource } from '../store/document.ts';
import { documentId } from '../store/names.ts';
import { ID, VECTOR } from '../store/paths.ts';
import { CandidateIndex } from './candidate-index.ts';
import type { ClusterQuery, Known } from './lookups.ts';
import type { IndexedPaper } from './paper-cache.ts';
import { statisticsOf } from './statistics.ts';
import { KnownVocabulary } from './vocabulary.ts';

/** How the cluster chooses candidates: the union of the lists. */
export interface CandidateLists {
  /** Queries whose papers of the highest scores are candidates, ties by id, each with how many. */
  readonly byWords?: readonly { readonly query: ClusterQuery; readonly size: number }[] | undefined;
  /** Vectors whose nearest papers are candidates, L2-normalised. */
  readonly byVectors?: readonly { readonly vector: Float32Array; readonly size: number }[] | undefined;
  /** The only papers that may be candidates. Default: all. */
  readonly filter?: ClusterQuery | undefined;
  /** Ids of papers that are candidates anyway. */
  readonly ids?: readonly string[] | undefined;
}

/** The papers that the cluster chose, in the order of the index: their places are the positions in a corpus of them. */
export interface Candidates {
  readonly papers: readonly IndexedPaper[];
  /** Positions of the papers of each list by words, best first. */
  readonly byWords: readonly (readonly number[])[];
  /**
   * The candidates as a corpus for the stages of `src/search/`, with the statistics of the whole corpus: to be used inside
   * `Lookups.resolve`, since the stages may ask more about the vocabulary. It reads the papers that were loaded.
   */
  readonly corpus: (known: Known) => Corpus;
  /** Reads papers, so that `corpus` has them. @param docs positions. Default: all. */
  readonly load: (docs?: Iterable<number>) => Promise<void>;
}

/** Nearest papers that a cluster finds at most. */
export const MAX_NEAREST = 10_000;

/** Chooses candidates by one round trip, and reads what they are ranked by where it is not known. */
export async function chooseCandidates(lists: CandidateLists, cluster: ClusterCorpus): Promise<Candidates> {
  const { client, index, signal, cache } = cluster;
  const { byWords = [], byVectors = [], filter = EVERY_PAPER, ids = [] } = lists;
  const requests = [
    ...byWords.map(({ query, size }) => wordsBody(filter, query, size)),
    ...byVectors.map(({ vector, size }) => nearestBody(filter, vector, Math.min(size, MAX_NEAREST))),
  ].map((body) => ({ index, body }));
  const results = requests.length === 0 ? [] : await client.searchAll(requests, { signal });
  const found = results.map(({ hits }) => hits.hits.map(({ _id }: SearchHit<unknown>) => _id));
  const documents = [...new Set([...found.flat(), ...ids.map(documentId)])];
  const papers = await cache.indexed(documents, signal);
  const order = [...papers.keys()].sort((a, b) => (papers[a]!.id < papers[b]!.id ? -1 : 1));
  const places = new Map(order.map((at, place) => [documents[at]!, place]));
  return candidatesOf(
    order.map((at) => papers[at]!),
    order.map((at) => documents[at]!),
    found.slice(0, byWords.length).map((list) => list.map((document) => places.get(document)!)),
    cluster,
  );
}

function wordsBody(filter: ClusterQuery, query: ClusterQuery, size: number): SearchBody {
  return {
    query: filter === EVERY_PAPER ? query : { bool: { must: [query], filter: [filter] } },
    sort: ['_score', { [ID]: 'asc' }],
    size,
    _source: false,
    track_total_hits: false,
  };
}

function nearestBody(filter: ClusterQuery, vector: Float32Array, size: number): SearchBody {
  const nearest = { vector: Array.from(vector), k: size, ...(filter !== EVERY_PAPER && { filter }) };
  return { query: { knn: { [VECTOR]: nearest } }, size, _source: false, track_total_hits: false };
}

function candidatesOf(
  papers: readonly IndexedPaper[],
  documents: readonly string[],
  byWords: readonly (readonly number[])[],
  cluster: ClusterCorpus,
): Candidates {
  const { cache, signal } = cluster;
  const loaded = new Map<number, Paper>();
  const load = async (docs: Iterable<number> = papers.keys()) => {
    const missing = [...new Set(docs)].filter((doc) => !loaded.has(doc));
    const read = await cache.papers(
      missing.map((doc) => documents[doc]!),
      signal,
    );
    for (const [i, doc] of missing.entries()) loaded.set(doc, read[i]!);
  };
  const paperAt = (doc: number) => {
    const paper = loaded.get(doc);
    if (!paper) throw new Error(`The candidate ${doc} was not loaded.`);
    return paper;
  };
  return { papers, byWords, load, corpus: (known) => corpusOf(papers, { paperAt, load }, known, cluster) };
}

/** Positions of the candidates that match a query. */
export async function candidatesThatMatch(
  query: ClusterQuery,
  { papers }: Candidates,
  { client, index, signal }: ClusterCorpus,
): Promise<number[]> {
  const body = {
    query: { constant_score: { filter: allOf([query, withIds(papers.map(({ id }) => id))]) } },
    size: papers.length,
    _source: ['paper.id'],
    track_total_hits: false,
  };
  const { hits } = await client.search<StoredSource>(index, body, { signal });
  const found = new Set(hits.hits.map(({ _source }) => _source.paper!.id));
  return [...papers.keys()].filter((doc) => found.has(papers[doc]!.id));
}

/** No columns: those that are asked for are made from the papers. */
const NO_COLUMNS = Buffer.concat(packArrays(KIND, {}));

function corpusOf(
  papers: readonly IndexedPaper[],
  { paperAt, load }: { paperAt: (doc: number) => Paper; load: Candidates['load'] },
  known: Known,
  cluster: ClusterCorpus,
): Corpus {
  const { ranking, meta, sentences, rerankers, signal, encode } = cluster;
  const docs = new Map(papers.map(({ id }, doc) => [id, doc]));
  return {
    indexes: {
      lexical: new CandidateIndex(
        papers.map(({ segment }) => segment),
        new KnownVocabulary(known, cluster),
        statisticsOf(known, meta),
      ),
      dense: new RowIndex(papers.map(({ vector }) => vector)),
      vectorAt: (doc) => papers[doc]!.vector,
      cosineScale: cosineScale(ranking),
      relatedKeywordShare: ranking.relatedKeywordShare,
      feedback: ranking.feedback,
    },
    fields: new FieldIndex(aligned(NO_COLUMNS), { length: papers.length, at: paperAt }),
    map: undefined,
    sentences,
    rerankers,
    signal,
    suggestions: notRead('suggestions'),
    titles: notRead('titles'),
    fusionWeights: { lexicalShare: ranking.keywordShare },
    linkWeights: LINK_WEIGHTS,
    paperAt,
    load,
    docOf: (id) => {
      const doc = docs.get(id);
      if (doc === undefined) throw new Error(`The paper "${id}" is not a candidate.`);
      return doc;
    },
    encode,
  };
}

function aligned(bytes: Uint8Array): Uint8Array {
  return new Uint8Array(bytes);
}

/** The stages ask the cluster instead. */
function notRead<T>(what: string): LazyReading<T> {
  return new LazyReading<T>(async () => {
    throw new Error(`Candidates have no ${what} of the whole corpus.`);
  });
}
