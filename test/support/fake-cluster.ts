import { readErrorAnswer } from '../../src/cluster/client/answer-error.ts';
import type {
  ClusterClient,
  Method,
  RequestOptions,
  SearchBody,
  SearchResult,
} from '../../src/cluster/client/cluster-client.ts';
import { ClusterResponseError } from '../../src/cluster/client/response-error.ts';

type Json = Record<string, unknown>;
interface Stored {
  readonly source: Json;
  readonly seqNo: number;
}
interface Index {
  body: Json;
  readonly documents: Map<string, Stored>;
  /** What searches find: the documents at the last refresh. */
  searchable: Map<string, Stored>;
  seqNo: number;
}

/**
 * As much of an OpenSearch cluster as ingests need, in memory: documents with sequence numbers, refreshes, scrolls,
 * aliases, clones. Requests are answered after a pause, so that those of several clients mix.
 */
export class FakeCluster implements ClusterClient {
  readonly version = { major: 2, minor: 19, number: '2.19.6' };
  readonly indices = new Map<string, Index>();
  readonly aliases = new Map<string, string>();
  /** Requests so far, as "POST _bulk". */
  readonly requests: string[] = [];
  /** Called before each request; it may wait or throw. */
  onRequest: (request: string) => Promise<void> | void = () => {};
  readonly #scrolls = new Map<string, { hits: unknown[]; size: number }>();
  #scrollNumber = 0;

  async request<T>(method: Method, path: string, options: RequestOptions = {}): Promise<T> {
    const parts = path.split('/').filter(Boolean).map(decodeURIComponent);
    const name = `${method} ${parts.find((part) => part.startsWith('_')) ?? ''}`;
    this.requests.push(name);
    options.signal?.throwIfAborted();
    await this.onRequest(name);
    await new Promise((resolve) => setImmediate(resolve));
    // What is stored is JSON, whatever was sent.
    const body = options.body === undefined ? {} : JSON.parse(JSON.stringify(options.body));
    return this.#answer(method, parts, body, options) as T;
  }

  async search<T>(index: string, body: SearchBody): Promise<SearchResult<T>> {
    await new Promise((resolve) => setImmediate(resolve));
    const hits = this.#find(index, (body.query as Json | undefined) ?? { match_all: {} });
    const shown = hits.slice(0, body.size ?? 10).map(({ id, source }) => ({
      _index: index,
      _id: id,
      _score: null,
      _source: filtered(source, (body as Json)._source) as T,
    }));
    const aggs = Object.entries((body as Json).aggs ?? {}).map(([name, agg]) => [
      name,
      aggregated(hits, agg),
    ]);
    return {
      took: 0,
      hits: { total: { value: hits.length, relation: 'eq' }, max_score: null, hits: shown },
      aggregations: Object.fromEntries(aggs),
    };
  }

  async searchAll(
    requests: readonly { index: string; body: SearchBody }[],
  ): Promise<SearchResult<unknown>[]> {
    return Promise.all(requests.map(({ index, body }) => this.search(index, body)));
  }

  async close(): Promise<void> {}

  #answer(method: Method, parts: readonly string[], body: Json, options: RequestOptions): unknown {
    const [first = '', second, third] = parts;
    const at = `${method} ${first.startsWith('_') ? first : `INDEX${second ? `/${second}` : ''}`}`;
    switch (at) {
      case 'POST _bulk':
        return { items: this.#bulk(options.lines ?? []) };
      case 'POST _aliases':
        return this.#swap(body.actions as Json[]);
      case 'POST _search':
        return this.#page(String(body.scroll_id));
      case 'DELETE _search':
        return {};
      case 'HEAD INDEX':
        return this.indices.has(this.aliases.get(first) ?? first);
      case 'PUT INDEX': {
        if (this.indices.has(first)) throw failure(400, 'resource_already_exists_exception');
        this.indices.set(first, { body, documents: new Map(), searchable: new Map(), seqNo: 0 });
        return {};
      }
      case 'DELETE INDEX':
        this.#index(first);
        this.indices.delete(first);
        return {};
      case 'PUT INDEX/_clone': {
        const { body: settings, documents, seqNo } = this.#index(first);
        const copy = new Map(documents);
        this.indices.set(third!, { body: settings, documents: copy, searchable: new Map(copy), seqNo });
        return {};
      }
      case 'PUT INDEX/_settings':
      case 'POST INDEX/_settings':
      case 'POST INDEX/_flush':
      case 'POST INDEX/_forcemerge':
        return {};
      case 'PUT INDEX/_mapping': {
        const index = this.#index(first);
        const mappings = { ...(index.body.mappings as Json), ...body };
        index.body = { ...index.body, mappings };
        return {};
      }
      case 'GET INDEX/_mapping': {
        const found = this.#named(first);
        if (found.length === 0 && !first.includes('*')) throw failure(404, 'index_not_found_exception');
        return Object.fromEntries(found.map((name) => [name, { mappings: this.#index(name).body.mappings }]));
      }
      case 'GET _alias': {
        const index = this.aliases.get(second!);
        if (!index) throw failure(404, '');
        return { [index]: { aliases: { [second!]: {} } } };
      }
      case 'GET INDEX/_alias': {
        const own = [...this.aliases].filter(([, index]) => index === this.#existing(first));
        return { [first]: { aliases: Object.fromEntries(own.map(([alias]) => [alias, {}])) } };
      }
      case 'GET INDEX/_stats':
        return {
          _shards: { successful: 1 },
          _all: { primaries: { store: { size_in_bytes: 1 } } },
          indices: {},
        };
      case 'GET _cluster':
        return { status: 'green' };
      case 'POST INDEX/_refresh': {
        const index = this.#index(first);
        index.searchable = new Map(index.documents);
        return {};
      }
      case 'POST INDEX/_mget':
        return { docs: this.#many(first, body) };
      case 'POST INDEX/_delete_by_query': {
        const { documents, searchable } = this.#index(first);
        for (const { id } of this.#find(first, body.query as Json)) {
          documents.delete(id);
          searchable.delete(id);
        }
        return {};
      }
      default:
        if (second === '_search') return this.#open(first, body);
        if (second === '_doc') return this.#document(method, first, third!, body, options);
        throw new Error(`The fake cluster has no ${method} /${parts.join('/')}`);
    }
  }

  /** The indices of a name, an alias or a pattern. */
  #named(pattern: string): string[] {
    const name = this.aliases.get(pattern) ?? pattern;
    if (!name.includes('*')) return this.indices.has(name) ? [name] : [];
    return [...this.indices.keys()].filter((each) => each.startsWith(name.replace('*', '')));
  }

  #existing(name: string): string {
    this.#index(name);
    return name;
  }

  #index(name: string): Index {
    const index = this.indices.get(this.aliases.get(name) ?? name);
    if (!index) throw failure(404, 'index_not_found_exception');
    return index;
  }

  #document(method: Method, name: string, id: string, body: Json, { query = {} }: RequestOptions): unknown {
    const { documents } = this.#index(name);
    const found = documents.get(id);
    if (method === 'HEAD') return found !== undefined;
    if (method === 'GET') {
      if (!found) throw failure(404, '');
      return { _id: id, _source: found.source, _seq_no: found.seqNo, _primary_term: 1 };
    }
    const action = method === 'DELETE' ? 'delete' : query.op_type === 'create' ? 'create' : 'index';
    const answer = this.#write(name, action, id, query, body);
    if (answer.status >= 400) throw failure(answer.status, 'version_conflict_engine_exception');
    return answer;
  }

  #write(name: string, action: string, id: string, when: Json, source: Json) {
    const index = this.#index(name);
    const found = index.documents.get(id);
    const isAsRead = when.if_seq_no === undefined || found?.seqNo === when.if_seq_no;
    if (!isAsRead || (action === 'create' && found)) {
      return { status: 409, error: { type: 'version_conflict_engine_exception', reason: id } };
    }
    if (action === 'delete') {
      index.documents.delete(id);
      return found ? { status: 200, result: 'deleted' } : { status: 404, result: 'not_found' };
    }
    index.documents.set(id, { source, seqNo: ++index.seqNo });
    return { status: 200, result: found ? 'updated' : 'created' };
  }

  #bulk(lines: readonly unknown[]): unknown[] {
    const parsed = lines.map((line) => (typeof line === 'string' ? JSON.parse(line) : line) as Json);
    const items: unknown[] = [];
    for (let at = 0; at < parsed.length; at++) {
      const [action, head] = Object.entries(parsed[at]!)[0] as [string, Json];
      const source = action === 'delete' ? {} : parsed[++at]!;
      items.push({
        [action]: this.#write(String(head._index), action, String(head._id), head, source),
      });
    }
    return items;
  }

  #many(name: string, body: Json): unknown[] {
    const { documents } = this.#index(name);
    const wanted = (body.docs as Json[] | undefined) ?? (body.ids as string[]).map((_id) => ({ _id }));
    return wanted.map((each: Json) => {
      const found = documents.get(String(each._id));
      if (!found) return { _id: each._id, found: false };
      const _source = filtered(found.source, each._source);
      return { _id: each._id, found: true, _seq_no: found.seqNo, _primary_term: 1, _source };
    });
  }

  #open(name: string, body: Json): unknown {
    const id = `scroll-${++this.#scrollNumber}`;
    const hits = this.#find(name, body.query as Json).map(({ id: _id, source }) => ({
      _id,
      _source: filtered(source, body._source),
    }));
    this.#scrolls.set(id, { hits, size: Number(body.size) });
    return this.#page(id);
  }

  #page(id: string): unknown {
    const scroll = this.#scrolls.get(id)!;
    const hits = scroll.hits.splice(0, scroll.size);
    return { _scroll_id: id, timed_out: false, _shards: { failed: 0 }, hits: { hits } };
  }

  #find(name: string, query: Json): { id: string; source: Json }[] {
    return [...this.#index(name).searchable].flatMap(([id, { source }]) =>
      matches(query, id, source) ? [{ id, source }] : [],
    );
  }

  #swap(actions: readonly Json[]): unknown {
    for (const { add } of actions as { add?: { index: string; alias: string } }[]) {
      if (add) this.aliases.set(add.alias, add.index);
    }
    return {};
  }
}

function failure(status: number, type: string): ClusterResponseError {
  return new ClusterResponseError(readErrorAnswer(status, { error: { type, reason: type } }), 'a request');
}

/** The members of a source that a request asks for. */
function filtered(source: Json, wanted: unknown): Json {
  if (wanted === undefined || wanted === true) return structuredClone(source);
  const names = Array.isArray(wanted) ? wanted : [];
  return structuredClone(Object.fromEntries(Object.entries(source).filter(([name]) => names.includes(name))));
}

function matches(query: Json, id: string, source: Json): boolean {
  const [kind, body] = Object.entries(query)[0] as [string, Json];
  const list = (value: unknown) => (value === undefined ? [] : [value].flat()) as Json[];
  switch (kind) {
    case 'match_all':
      return true;
    case 'ids':
      return (body.values as string[]).includes(id);
    case 'exists':
      return valuesAt(source, String(body.field)).length > 0;
    case 'term':
    case 'terms': {
      const [field, wanted] = Object.entries(body)[0]!;
      return valuesAt(source, field).some((value) => [wanted].flat().includes(value));
    }
    case 'range': {
      const [field, { gt }] = Object.entries(body)[0] as [string, { gt: number }];
      return valuesAt(source, field).some((value) => Number(value) > gt);
    }
    case 'bool': {
      const should = list(body.should);
      return (
        list(body.filter).every((each) => matches(each, id, source)) &&
        !list(body.must_not).some((each) => matches(each, id, source)) &&
        (should.length === 0 || should.some((each) => matches(each, id, source)))
      );
    }
    default:
      throw new Error(`The fake cluster has no query "${kind}"`);
  }
}

function valuesAt(source: Json, path: string): unknown[] {
  let found: unknown = source;
  for (const part of path.split('.')) found = (found as Json | undefined)?.[part];
  return found === undefined ? [] : [found].flat();
}

function aggregated(hits: readonly { id: string; source: Json }[], agg: Json): unknown {
  const [kind, body] = Object.entries(agg)[0] as [string, Json];
  if (kind === 'filter')
    return { doc_count: hits.filter(({ id, source }) => matches(body, id, source)).length };
  const values = hits.flatMap(({ source }) => valuesAt(source, String(body.field)));
  if (kind === 'sum') return { value: values.reduce((sum: number, value) => sum + Number(value), 0) };
  const counts = new Map<unknown, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return { buckets: Array.from(counts, ([key, doc_count]) => ({ key, doc_count })) };
}
