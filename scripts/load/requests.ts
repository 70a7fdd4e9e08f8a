import type { Snapshot } from '../../src/search/engine.ts';
import type { SearchMode } from '../../src/search/mode.ts';
import { shuffled } from '../../src/util/random.ts';

export const KINDS = ['keyword', 'semantic', 'hybrid', 'related', 'paper', 'suggest'] as const;
export type Kind = (typeof KINDS)[number];

/** A request, and how the same is asked of a snapshot. */
export interface LoadRequest {
  readonly kind: Kind;
  readonly path: string;
  /** Sent as JSON; without it the request is a GET. */
  readonly body?: unknown;
  /** Whether the answer may need the model. */
  readonly needsModel: boolean;
  /** What the server should answer, as JSON has it. Throws what the server should answer with as an error. */
  expected(snapshot: Snapshot): Promise<unknown>;
}

/** Of a hundred requests. */
const SHARES: Readonly<Record<Kind, number>> = {
  keyword: 35,
  semantic: 12,
  hybrid: 23,
  related: 12,
  paper: 10,
  suggest: 8,
};

/** Without end, requests of all kinds. @param ids papers to ask for; some may be gone. */
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
    else if (random() < 0.5) yield kinRequest(any(ids()));
    else yield relatedRequest(shuffled(ids(), random).slice(0, 2), any(questions));
  }
}

/** A search. A weak answer is not looked at a second time: that would encode sentences, ten papers a request. */
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

/** Papers related to a paper: by its own vector, so that nothing is encoded. */
function kinRequest(id: string): LoadRequest {
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
