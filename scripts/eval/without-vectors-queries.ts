import { join } from 'node:path';
import { bm25Engine } from '../../src/indexes/keyword/bm25/engine.ts';
import type { KeywordIndex } from '../../src/indexes/keyword/keyword-index.ts';
import { queryTerms, splitSolidWords } from '../../src/indexes/keyword/query-terms.ts';
import { innerProduct } from '../../src/indexes/vectors/inner-product.ts';
import type { Paper } from '../../src/papers/paper.ts';
import { readCollection } from '../../src/quality/evaluate/collection.ts';
import { knownItemQueries } from '../../src/quality/evaluate/known-item.ts';
import { contentOf } from '../../src/query/intent.ts';
import { DEFAULT_FUSION_WEIGHTS } from '../../src/search/fuse/methods.ts';
import { corpusFile, papersOf, REAL_PAPERS } from '../bench/corpora.ts';
import { product } from '../bench/product.ts';
import { cachedVectors } from '../bench/vectors.ts';
import { withTemporaryCorpus } from './temporary-corpus.ts';
import type { QueryScores } from './without-vectors-methods.ts';

/** Sets of judged queries: those of SciFact's `train` are for tuning. */
export const QUERY_SETS = ['scifact-train', 'scifact', 'cranfield', 'bench'] as const;
type QuerySet = (typeof QUERY_SETS)[number];

const MAX_KNOWN_ITEMS = 150;
const DIMENSION = 384;

/** A judged query with the scores of all papers. */
export interface ScoredQuery extends QueryScores {
  /** Gains of judged papers by position, as `ndcgAt` takes them. */
  readonly gains: ReadonlyMap<string, number>;
}

/** Queries over the same papers. */
interface ScoredQueries {
  readonly queries: readonly ScoredQuery[];
  readonly size: number;
}

/** The keyword scores and cosines of every paper for every query of a set. @param papers how many of the bench's. */
export function scoredQueries(name: QuerySet, collections: string, papers: number): Promise<ScoredQueries> {
  if (name === 'bench') return benchQueries(papers);
  return collectionQueries(
    join(collections, name.replace('-train', '')),
    name === 'scifact-train' ? 'train' : 'test',
  );
}

async function collectionQueries(folder: string, qrels: string): Promise<ScoredQueries> {
  const judged = await readCollection(folder, { qrels, related: false });
  return withTemporaryCorpus(join(folder, 'corpus.jsonl'), async ({ indexes, docOf, encode }) => {
    // Records without a text are judged, and not in an index.
    const positionOf = (id: string) => {
      try {
        return String(docOf(id));
      } catch {
        return `not indexed: ${id}`;
      }
    };
    const queries: ScoredQuery[] = [];
    for (const { text, gains } of judged) {
      const asked = askedOf(text, indexes.lexical);
      const cosines = indexes.dense.score(await encode(asked.content)).scores.slice();
      const byPosition = [...gains].map(([id, gain]) => [positionOf(id), gain] as const);
      queries.push({ ...asked, cosines, gains: new Map(byPosition) });
    }
    return { queries, size: indexes.dense.size };
  });
}

async function benchQueries(count: number): Promise<ScoredQueries> {
  const papers: Paper[] = [];
  for await (const paper of papersOf(await corpusFile(REAL_PAPERS), count)) papers.push(paper);
  const vectors = await cachedVectors(count);
  if (vectors.length < count * DIMENSION)
    throw new Error(`Encode the papers first: npx tsx scripts/bench/vectors.ts ${count}`);
  const lexical = await bm25Engine.build(papers);
  const docs = new Map(papers.map(({ id }, doc) => [id, doc]));
  const known = await knownItemQueries(
    {
      papers: async function* () {
        yield* papers;
      },
      paper: async (id) => papers[docs.get(id)!]!,
    },
    MAX_KNOWN_ITEMS,
    1,
  );
  const encoder = product.createProcessEncoder();
  const queries: ScoredQuery[] = [];
  for (const { text, paper } of known) {
    const asked = askedOf(text, lexical);
    const query = await encoder.encode([asked.content]);
    const cosines = Float32Array.from(papers, (_, doc) =>
      innerProduct(query, vectors.subarray(doc * DIMENSION, (doc + 1) * DIMENSION)),
    );
    queries.push({ ...asked, cosines, gains: new Map([[String(docs.get(paper)), 1]]) });
  }
  await encoder.close();
  return { queries, size: papers.length };
}

/** A query as a search ranks by it, and the keyword score of every paper. */
function askedOf(text: string, lexical: KeywordIndex) {
  const content = splitSolidWords(contentOf(text), lexical);
  const { scores, maxScore } = lexical.score(queryTerms(content, lexical));
  const keyword = scores.map((score) => (maxScore > 0 ? score / maxScore : 0));
  return { content, keyword, share: DEFAULT_FUSION_WEIGHTS.lexicalShare };
}
