export const KINDS = ['keyword', 'dense', 'hybrid'] as const;
export type Kind = (typeof KINDS)[number];

/** The description of an engine before it runs. */
export interface EngineEntry {
  readonly name: string;
  readonly kind: Kind;
  /** File under `engines/`: TypeScript, or Python under `engines/python/`. */
  readonly module: string;
  readonly options?: Readonly<Record<string, unknown>>;
  /**
   * The analysis of the texts: `own` (the engine's), `same` (paper-search's, within the engine's time), `given`
   * (paper-search's, done before: its time is added), `none` (vectors only).
   */
  readonly analysis: 'own' | 'same' | 'given' | 'none';
  /** Its configuration in a few words. */
  readonly configuration: string;
}

/** The engine that each kind is compared with: always measured, and the base of all ratios. */
export const BASE: Readonly<Record<Kind, string>> = {
  keyword: 'paper-search',
  dense: 'paper-search-dense',
  hybrid: 'paper-search-hybrid',
};

/** The exact engine: recall@10 of dense engines is measured against it. */
export const EXACT = 'float-scan';

const BOOSTS = { title: 1.5, abstract: 1 };

/** Every engine that can be measured. A new one needs a file and an entry here. */
export const ENGINES: readonly EngineEntry[] = [
  {
    name: 'paper-search',
    kind: 'keyword',
    module: 'paper-search-keyword.ts',
    analysis: 'same',
    configuration: 'all five fields, compounds, filler phrases removed',
  },
  {
    name: 'minisearch',
    kind: 'keyword',
    module: 'minisearch.ts',
    options: { analysis: 'own' },
    analysis: 'own',
    configuration: 'defaults: no stemming, no stop words',
  },
  {
    name: 'minisearch-same',
    kind: 'keyword',
    module: 'minisearch.ts',
    options: { analysis: 'same', boosts: BOOSTS },
    analysis: 'same',
    configuration: 'Porter stems and stop words by our analyzer',
  },
  {
    name: 'orama',
    kind: 'keyword',
    module: 'orama-keyword.ts',
    options: { analysis: 'own', boosts: BOOSTS },
    analysis: 'own',
    configuration: 'BM25, its English tokenizer; prefix matches as by default',
  },
  {
    name: 'orama-same',
    kind: 'keyword',
    module: 'orama-keyword.ts',
    options: { analysis: 'same', boosts: BOOSTS },
    analysis: 'same',
    configuration: 'BM25, our analyzer as tokenizer; prefix matches as by default',
  },
  {
    name: 'flexsearch',
    kind: 'keyword',
    module: 'flexsearch.ts',
    analysis: 'own',
    configuration:
      'Document, its English encoder, suggest (it has no BM25 and otherwise requires every word)',
  },
  {
    name: 'lunr',
    kind: 'keyword',
    module: 'lunr.ts',
    options: { boosts: BOOSTS },
    analysis: 'own',
    configuration: 'its Porter stemmer and stop words',
  },
  {
    name: 'sqlite-fts5',
    kind: 'keyword',
    module: 'python/fts5_engine.py',
    options: { boosts: BOOSTS },
    analysis: 'given',
    configuration: 'Python sqlite3, contentless, terms joined by OR, file on disk',
  },
  {
    name: 'tantivy',
    kind: 'keyword',
    module: 'python/tantivy_engine.py',
    options: { boosts: BOOSTS },
    analysis: 'given',
    configuration:
      'Python binding, whitespace tokenizer, frequencies without positions, memory-mapped from disk',
  },
  {
    name: 'bm25s',
    kind: 'keyword',
    module: 'python/bm25s_engine.py',
    analysis: 'given',
    configuration: 'Lucene variant, title and abstract as one field; numba where it installs, else numpy',
  },
  {
    name: 'paper-search-dense',
    kind: 'dense',
    module: 'paper-search-dense.ts',
    analysis: 'none',
    configuration:
      '8-bit codes in memory, scanned by WASM SIMD; likely candidates compared by float vectors on disk',
  },
  {
    name: EXACT,
    kind: 'dense',
    module: 'float-scan.ts',
    analysis: 'none',
    configuration: 'every float vector compared in plain JavaScript: exact',
  },
  {
    name: 'orama-vector',
    kind: 'dense',
    module: 'orama-vector.ts',
    analysis: 'none',
    configuration: 'mode vector, similarity 0',
  },
  {
    name: 'lancedb',
    kind: 'dense',
    module: 'lancedb-vector.ts',
    analysis: 'none',
    configuration: 'flat scan (no vector index), on disk',
  },
  {
    name: 'usearch-exact',
    kind: 'dense',
    module: 'usearch.ts',
    options: { exact: true },
    analysis: 'none',
    configuration: 'exactSearch over float32',
  },
  {
    name: 'usearch-hnsw',
    kind: 'dense',
    module: 'usearch.ts',
    options: { exact: false },
    analysis: 'none',
    configuration: 'HNSW, connectivity 16, expansion 128 and 64, float32',
  },
  {
    name: 'faiss-flat',
    kind: 'dense',
    module: 'python/faiss_engine.py',
    options: { factory: 'Flat' },
    analysis: 'none',
    configuration: 'Python, IndexFlatIP, one thread',
  },
  {
    name: 'faiss-hnsw',
    kind: 'dense',
    module: 'python/faiss_engine.py',
    options: { factory: 'HNSW32,Flat', efSearch: 64 },
    analysis: 'none',
    configuration: 'Python, IndexHNSWFlat, M 32, efSearch 64, one thread',
  },
  {
    name: 'paper-search-hybrid',
    kind: 'hybrid',
    module: 'paper-search-hybrid.ts',
    analysis: 'same',
    configuration: 'Snapshot.search with highlights, index on disk; built from existing vectors',
  },
  {
    name: 'query-encoding',
    kind: 'hybrid',
    module: 'query-encoding.ts',
    analysis: 'none',
    configuration: 'only encodes the query: the first step of every hybrid engine here',
  },
  {
    name: 'orama-hybrid',
    kind: 'hybrid',
    module: 'orama-hybrid.ts',
    analysis: 'own',
    configuration: 'mode hybrid, its English tokenizer, our encoder',
  },
  {
    name: 'lancedb-hybrid',
    kind: 'hybrid',
    module: 'lancedb-hybrid.ts',
    analysis: 'own',
    configuration: 'full-text index and flat scan, RRF reranker, our encoder, on disk',
  },
];

/** Engines in groups of this size, each with the base engines. @param together at least 1. */
export function grouped(
  engines: readonly EngineEntry[],
  always: readonly string[],
  together: number,
): EngineEntry[][] {
  const constant = engines.filter(({ name }) => always.includes(name));
  const others = engines.filter(({ name }) => !always.includes(name));
  const size = Math.min(together, Math.max(1, others.length));
  const groups = Array.from({ length: Math.ceil(others.length / size) }, (_, i) =>
    others.slice(i * size, (i + 1) * size),
  );
  return groups.length === 0 ? [constant] : groups.map((group) => [...constant, ...group]);
}
