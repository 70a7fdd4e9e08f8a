import type { Snapshot } from '../../src/search/engine.ts';
import type { SearchMode } from '../../src/search/mode.ts';
import { shuffled } from '../../src/util/random.ts';

export const KINDS = ['keyword', 'semantic', 'hybrid', 'related', 'paper', 'suggest'] as const;
export type Kind = (typeof KINDS)[number];

/** A request, and the same request to a snapshot. */
export interface LoadRequest {
  readonly kind: Kind;
  readonly path: string;
  /** Sent as JSON; without a body the request is a GET. */
  readonly body?: unknown;
  /** Whether the answer may need the model. */
  readonly needsModel: boolean;
  /** The expected answer as JSON. Throws the expected error. */
  expected(snapshot: Snapshot): Promise<unknown>;
}

/** Per hundred requests. */
const SHARES: Readonly<Record<Kind, number>> = {
  keyword: 35,
  semantic: 12,
  hybrid: 23,
  related: 12,
  paper: 10,
  suggest: 8,
};

/** Endless requests of all kinds. @param ids papers to request; some may be removed meanwhile. */
export function* mixed(
  questions: readonly string[],
  ids: () => readonly string[],
  random: () => number,
): Generator<LoadRequest, never> {
  const kinds = KINDS.flatMap((kind) => Array<Kind>(SHARES[kind]).fill(kind));
  const any = <T>(items: readonly T[]) => items[Math.floor(random() * items.length)]!;
  for (;;) {
    const kind = any(kinds);
    if (kind === 'paper') yield paperRequest(any(ids()));
    else if (kind === 'suggest') yield suggestRequest(any(questions).slice(0, 2 + Math.floor(random() * 6)));
    else if (kind !== 'related') yield searchRequest(any(questions), kind);
    else if (random() < 0.5) yield paperRelatedRequest(any(ids()));
    else yield relatedRequest(shuffled(ids(), random).slice(0, 2), any(questions));
  }
}

/** A search, without a fallback: reranking would encode the sentences of ten papers per request. */
export function searchRequest(query: string, mode: SearchMode): LoadRequest {
  const fallback = false;
  return {
    kind: mode,
    path: `/v1/search?${new URLSearchParams({ q: query, mode, fallback: String(fallback) })}`,
    needsModel: mode !== 'keyword',
    expected: (snapshot) => snapshot.search({ query, mode, fallback }),
  };
}

export function paperRequest(id: string): LoadRequest {
  return {
    kind: 'paper',
    path: `/v1/papers/${encodeURIComponent(id)}`,
    needsModel: false,
    expected: (snapshot) => snapshot.paper(id),
  };
}

/** Papers related to a paper: by its stored vector, so that nothing is encoded. */
function paperRelatedRequest(id: string): LoadRequest {
  return {
    kind: 'related',
    path: `/v1/papers/${encodeURIComponent(id)}/related`,
    needsModel: false,
    expected: (snapshot) => snapshot.related({ positive: [id] }),
  };
}

function relatedRequest(positive: readonly string[], text: string): LoadRequest {
  return {
    kind: 'related',
    path: '/v1/related',
    body: { positive, text, limit: 5 },
    needsModel: true,
    expected: (snapshot) => snapshot.related({ positive, negative: [], text, limit: 5 }),
  };
}

function suggestRequest(text: string): LoadRequest {
  return {
    kind: 'suggest',
    path: `/v1/suggest?${new URLSearchParams({ q: text })}`,
    needsModel: false,
    expected: async (snapshot) => ({ query: text, suggestions: await snapshot.suggest(text) }),
  };
}
