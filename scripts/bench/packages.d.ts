/**
 * Types of packages that only `scripts/bench/package.json` installs, so that the code can be type-checked without
 * them.
 */
declare module '@orama/orama' {
  export interface Database {
    readonly __brand: 'orama';
  }
  export interface Tokenizer {
    readonly language: string;
    readonly normalizationCache: Map<string, string>;
    tokenize(raw: string): string[];
  }
  export interface SearchParameters {
    readonly mode?: 'fulltext' | 'vector' | 'hybrid';
    readonly term?: string;
    readonly properties?: readonly string[];
    readonly boost?: Readonly<Record<string, number>>;
    readonly threshold?: number;
    readonly limit: number;
    readonly similarity?: number;
    readonly vector?: { readonly value: readonly number[] | Float32Array; readonly property: string };
    readonly includeVectors?: boolean;
  }
  export function create(options: {
    readonly schema: Readonly<Record<string, string>>;
    readonly components?: { readonly tokenizer: Tokenizer };
  }): Database;
  export function insert(
    database: Database,
    document: Readonly<Record<string, unknown>>,
  ): string | Promise<string>;
  export function search(
    database: Database,
    parameters: SearchParameters,
  ): { hits: { id: string }[] } | Promise<{ hits: { id: string }[] }>;
  export function save(database: Database): unknown;
}

declare module 'flexsearch' {
  export class Document {
    constructor(options: unknown);
    add(document: Readonly<Record<string, unknown>>): void;
    search(query: string, options: Readonly<Record<string, unknown>>): { id: number }[];
    export(write: (key: string, data: string | undefined) => void | Promise<void>): Promise<void> | void;
  }
  const flexsearch: { readonly Document: typeof Document; readonly Charset: Record<string, unknown> };
  export default flexsearch;
}

declare module 'lunr' {
  export interface Index {
    query(build: (query: { term(terms: unknown, options: unknown): void }) => void): { ref: string }[];
    toJSON(): unknown;
  }
  export interface Builder {
    ref(name: string): void;
    field(name: string, options?: { readonly boost?: number }): void;
    add(document: Readonly<Record<string, unknown>>): void;
    build(): Index;
    readonly pipeline: { add(...functions: unknown[]): void };
    readonly searchPipeline: { add(...functions: unknown[]): void };
  }
  const lunr: {
    readonly Builder: new () => Builder;
    readonly trimmer: unknown;
    readonly stopWordFilter: unknown;
    readonly stemmer: unknown;
    tokenizer(text: string): unknown;
    readonly version: string;
  };
  export default lunr;
}

declare module '@lancedb/lancedb' {
  export interface Rows {
    toArray(): Promise<{ doc: number }[]>;
  }
  export interface VectorQuery extends Rows {
    distanceType(type: 'cosine' | 'dot' | 'l2'): VectorQuery;
    fullTextSearch(query: string, options?: { readonly columns?: readonly string[] }): VectorQuery;
    rerank(reranker: unknown): VectorQuery;
    select(columns: readonly string[]): VectorQuery;
    limit(limit: number): VectorQuery;
  }
  export interface Table {
    add(rows: readonly Readonly<Record<string, unknown>>[]): Promise<unknown>;
    createIndex(column: string, options: { readonly config: unknown }): Promise<void>;
    query(): { nearestTo(vector: Float32Array): VectorQuery };
  }
  export interface Connection {
    createTable(name: string, rows: readonly Readonly<Record<string, unknown>>[]): Promise<Table>;
  }
  export function connect(folder: string): Promise<Connection>;
  export const Index: { fts(options?: Readonly<Record<string, unknown>>): unknown };
  export const rerankers: { readonly RRFReranker: { create(k?: number): Promise<unknown> } };
}

declare module 'autocannon' {
  export interface Result {
    readonly requests: { readonly total: number };
    readonly errors: number;
    readonly timeouts: number;
    readonly non2xx: number;
    /** Seconds. */
    readonly duration: number;
  }
  export interface Client {
    setRequests(requests: readonly { readonly path: string }[]): void;
  }
  export interface Run extends Promise<Result> {
    on(
      event: 'response',
      listener: (client: Client, status: number, bytes: number, responseMs: number) => void,
    ): void;
  }
  export default function autocannon(options: {
    readonly url: string;
    readonly connections: number;
    readonly duration: number;
    readonly setupClient: (client: Client) => void;
  }): Run;
}

declare module 'vega' {
  export function parse(spec: unknown): unknown;
  export class View {
    constructor(runtime: unknown, options: { readonly renderer: 'none' });
    toSVG(): Promise<string>;
  }
}

declare module 'vega-lite' {
  export function compile(spec: unknown): { readonly spec: unknown };
}
