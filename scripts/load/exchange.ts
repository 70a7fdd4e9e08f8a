import { messageOf } from '../../src/errors.ts';
import type { LoadRequest } from './requests.ts';

/** A request, and its answer. Times are milliseconds of `performance.now`. */
export interface Exchange {
  readonly request: LoadRequest;
  readonly sentAt: number;
  readonly answeredAt: number;
  readonly answer: Answer | { readonly broken: string };
}

/** A complete answer. */
export interface Answer {
  readonly status: number;
  /** The snapshot that it names. */
  readonly snapshot: string | undefined;
  readonly body: unknown;
}

/** Sends a request and reads the complete answer. Never rejects. */
export async function exchange(url: string, request: LoadRequest): Promise<Exchange> {
  const sentAt = performance.now();
  const answer = await answered(url, request);
  return { request, sentAt, answeredAt: performance.now(), answer };
}

async function answered(url: string, { path, body }: LoadRequest): Promise<Exchange['answer']> {
  try {
    const response = await fetch(url + path, body === undefined ? {} : posted(body));
    const text = await response.text();
    const snapshot = response.headers.get('X-Paper-Search-Snapshot') ?? undefined;
    return { status: response.status, snapshot, body: JSON.parse(text) };
  } catch (error) {
    const cause = error instanceof Error && error.cause ? `: ${messageOf(error.cause)}` : '';
    return { broken: messageOf(error) + cause };
  }
}

function posted(body: unknown): RequestInit {
  return {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
  };
}
