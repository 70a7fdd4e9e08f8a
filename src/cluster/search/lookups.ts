import { LRUCache } from 'lru-cache';
import type { ClusterClient, SearchBody, SearchResult } from '../client/cluster-client.ts';

/** A query of the cluster's own language, as `query` in the body of a search. */
export type ClusterQuery = Readonly<Record<string, unknown>>;

/** A question that one search of the snapshot answers. */
interface SearchQuestion<T> {
  /** Equal bodies are one question. */
  readonly body: SearchBody;
  /** Reads the answer. Called once: answers are kept. */
  readonly read: (result: SearchResult<unknown>) => T;
  /** What is answered until the answer is known: best what makes the code ask all its other questions at once. */
  readonly unknown: T;
}

/**
 * What is known of a snapshot. Code that needs answers at once asks here: what is not known yet is answered with an
 * assumption, and remembered. `Lookups.resolve` fetches the answers and runs the code again.
 */
export interface Known {
  /** How many papers match a query, exactly. @param unknown what is assumed. Default: 1. */
  count(query: ClusterQuery, unknown?: number): number;
  /** The answer to any other question that a search answers. */
  search<T>(question: SearchQuestion<T>): T;
  /**
   * The answer to a question that no search answers. @param key equal for equal questions.
   * @param fetch asks the cluster. @param unknown what is assumed.
   */
  fetch<T>(key: string, fetch: () => Promise<T>, unknown: T): T;
}

/** Answers to questions about one snapshot, which never change. */
export interface Lookups {
  /**
   * Runs code until everything it asked is known, and returns what the last run returned. It runs several times, so it
   * must not change anything; an error that it throws while something is unknown is ignored.
   * @throws what the last run throws; errors of the cluster.
   */
  resolve<T>(run: (known: Known) => T | Promise<T>): Promise<T>;
}

/** Answers that are kept: a query asks a few dozen; some hundred bytes each. */
const MAX_ANSWERS = 100_000;
/** Each round answers everything that could be asked with the answers before; queries take two or three. */
const MAX_ROUNDS = 100;

/** A question with its place in a round of questions. */
interface Pending {
  readonly counts: Map<string, ClusterQuery>;
  readonly searches: Map<string, SearchQuestion<unknown>>;
  readonly fetches: Map<string, () => Promise<unknown>>;
}

/** Lookups in one index of a cluster: all questions of a round are one request. */
export class ClusterLookups implements Lookups {
  readonly #client: ClusterClient;
  readonly #index: string;
  readonly #answers: LRUCache<string, { readonly value: unknown }>;

  /** @param index the concrete index of a snapshot. @param maxAnswers answers that are kept. */
  constructor(client: ClusterClient, index: string, maxAnswers = MAX_ANSWERS) {
    this.#client = client;
    this.#index = index;
    this.#answers = new LRUCache({ max: maxAnswers });
  }

  async resolve<T>(run: (known: Known) => T | Promise<T>): Promise<T> {
    // What this call has fetched stays known to it, whatever the cache drops meanwhile.
    const own = new Map<string, unknown>();
    for (let round = 0; round < MAX_ROUNDS; round++) {
      const pending: Pending = { counts: new Map(), searches: new Map(), fetches: new Map() };
      let result: T;
      try {
        result = await run(this.#known(own, pending));
      } catch (error) {
        if (isEmpty(pending)) throw error;
        await this.#fetchAll(pending, own);
        continue;
      }
      if (isEmpty(pending)) return result;
      await this.#fetchAll(pending, own);
    }
    throw new Error(`A query still asks new questions about the vocabulary after ${MAX_ROUNDS} rounds.`);
  }

  #known(own: ReadonlyMap<string, unknown>, { counts, searches, fetches }: Pending): Known {
    const answer = <T>(key: string, unknown: T, ask: () => void): T => {
      if (own.has(key)) return own.get(key) as T;
      const kept = this.#answers.get(key);
      if (kept) return kept.value as T;
      ask();
      return unknown;
    };
    return {
      count: (query, unknown = 1) => {
        const key = `count ${JSON.stringify(query)}`;
        return answer(key, unknown, () => counts.set(key, query));
      },
      search: (question) => {
        const key = `search ${JSON.stringify(question.body)}`;
        return answer(key, question.unknown, () => searches.set(key, question));
      },
      fetch: (name, fetch, unknown) => {
        const key = `fetch ${name}`;
        return answer(key, unknown, () => fetches.set(key, fetch));
      },
    };
  }

  async #fetchAll(pending: Pending, own: Map<string, unknown>): Promise<void> {
    const searches = [
      ...Array.from(pending.counts, ([key, query]) => [key, countOf(query)] as const),
      ...pending.searches,
    ];
    const requests = searches.map(([, { body }]) => ({ index: this.#index, body }));
    const keep = (key: string, value: unknown) => {
      own.set(key, value);
      this.#answers.set(key, { value });
    };
    await Promise.all([
      this.#search(requests).then((results) => {
        for (const [i, [key, { read }]] of searches.entries()) keep(key, read(results[i]!));
      }),
      ...Array.from(pending.fetches, async ([key, fetch]) => keep(key, await fetch())),
    ]);
  }

  async #search(requests: readonly { readonly index: string; readonly body: SearchBody }[]) {
    return requests.length === 0 ? [] : this.#client.searchAll(requests);
  }
}

/** A count as a search without hits: the cluster answers those of single terms from its dictionary. */
function countOf(query: ClusterQuery): SearchQuestion<number> {
  return {
    body: { query, size: 0, track_total_hits: true },
    read: ({ hits }) => hits.total!.value,
    unknown: 1,
  };
}

function isEmpty({ counts, searches, fetches }: Pending): boolean {
  return counts.size + searches.size + fetches.size === 0;
}
