import type { Paper } from '../papers/paper.ts';
import type {
  IndexStats,
  RelatedRequest,
  RelatedResponse,
  ScheduleResponse,
  SearchResponse,
} from '../search/api.ts';
import type {
  CitationsRequest,
  CitationsResponse,
  SnowballRequest,
  SnowballResponse,
} from '../search/citations/api.ts';
import type { Timetable } from '../search/schedule/timetable.ts';
import type { Suggestion } from '../search/suggest/values.ts';
import { keptToken } from './access.ts';
import { inLibrary } from './library.ts';

/** An error with a message for readers. */
export class ApiError extends Error {
  override readonly name = 'ApiError';
  /** The server's error code (`NOT_FOUND`), or `UNREACHABLE` if the server did not answer. */
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}

/** Path of the server's API, in the library that the page shows. */
const BASE = inLibrary('/v1');

type Listener = () => void;
const unauthorized = new Set<Listener>();

/** Calls a listener when the server does not answer without a valid token. @returns a function that ends that. */
export function onUnauthorized(listener: Listener): Listener {
  unauthorized.add(listener);
  return () => unauthorized.delete(listener);
}

/**
 * Requests JSON from the server's API.
 * @param path relative to the API: `/search?q=…`.
 * @throws ApiError; AbortError if the request was aborted.
 */
export async function request<T>(path: string, init: RequestInit = {}): Promise<T> {
  const response = await answerOf(path, {
    ...init,
    headers: { Accept: 'application/json', ...init.headers },
  });
  return response.json().catch(unreadable(response)) as Promise<T>;
}

/**
 * Requests bytes, with their ETag (empty without one).
 * @throws as `request`.
 */
export async function requestBytes(
  path: string,
  init: RequestInit = {},
): Promise<{ readonly bytes: ArrayBuffer; readonly etag: string }> {
  const response = await answerOf(path, init);
  return { bytes: await response.arrayBuffer(), etag: response.headers.get('ETag') ?? '' };
}

/** The server's response, if it is a success. */
async function answerOf(path: string, init: RequestInit): Promise<Response> {
  const response = await fetch(BASE + path, withToken(init)).catch((thrown: unknown) => {
    if (isAbort(thrown)) throw thrown;
    throw new ApiError('UNREACHABLE', 'The server does not answer. Is it running?');
  });
  if (response.ok) return response;
  if (response.status === 401) for (const listener of unauthorized) listener();
  const body = await response.json().catch(unreadable(response));
  const { code = 'UNKNOWN', message = `The server answered ${response.status}.` } = body?.error ?? {};
  throw new ApiError(code, message);
}

/** A request with the token that this browser stores for the library. */
function withToken(init: RequestInit): RequestInit {
  const token = keptToken();
  const headers = new Headers(init.headers);
  if (token === undefined || headers.has('Authorization')) return init;
  headers.set('Authorization', `Bearer ${token}`);
  return { ...init, headers };
}

function unreadable({ status }: Response): (thrown: unknown) => never {
  return (thrown) => {
    if (isAbort(thrown)) throw thrown;
    throw new ApiError('UNREADABLE', `The server's answer (${status}) could not be read.`);
  };
}

/** Whether an error means that a request was aborted, which is not a failure. */
export function isAbort(thrown: unknown): boolean {
  return thrown instanceof DOMException && thrown.name === 'AbortError';
}

/** As `request`, with a JSON body. */
function post<T>(path: string, body: unknown, signal?: AbortSignal): Promise<T> {
  return send<T>('POST', path, body, signal);
}

/** As `request`, with a method and a JSON body. */
export function send<T>(method: string, path: string, body?: unknown, signal?: AbortSignal): Promise<T> {
  return request<T>(path, {
    method,
    ...(body !== undefined && {
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(body),
    }),
    ...(signal && { signal }),
  });
}

/** A file that the server has. @param path relative to the API. */
export async function requestFile(path: string): Promise<ServedFile> {
  return { content: await (await answerOf(path, {})).blob(), leftOut: undefined };
}

/** A file that the server makes from a JSON body. */
async function postForFile(path: string, body: unknown): Promise<ServedFile> {
  const response = await answerOf(path, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
  });
  return { content: await response.blob(), leftOut: response.headers.get('Papers-Left-Out') ?? undefined };
}

/** A file to save. */
export interface ServedFile {
  readonly content: Blob;
  /** How many papers are not in it, by reason: `without-time=1, unknown=2`. */
  readonly leftOut: string | undefined;
}

/** The answer to `GET /v1/libraries`. */
export interface ServedLibraries {
  readonly default: string;
  readonly libraries: readonly {
    readonly name: string;
    readonly papers?: number;
    readonly error?: { readonly code: string; readonly message: string };
  }[];
}

/** Which end of a link: the papers that a paper cites, or those that cite it. */
export type LinkDirection = CitationsRequest['direction'];

/** The answer to `GET /v1/schedule`. */
export interface Schedule extends Omit<ScheduleResponse, 'hits'>, Timetable {
  readonly shown: number;
}

/** The answer to `POST /v1/schedule`. */
export interface ChosenSchedule extends Timetable {
  /** Ids that are not in the index. */
  readonly unknown: readonly string[];
}

/** The answer to `GET /v1/map/hits`: the points of relevant papers, the best first. */
export interface MapHits {
  readonly snapshot: string;
  readonly docs: readonly number[];
  readonly scores: readonly number[];
  /** Relevant papers, those without a point here included. */
  readonly total: number;
}

const get = <T>(path: string, signal?: AbortSignal) => request<T>(path, signal ? { signal } : {});

/** The requests of the views. Each throws `ApiError`. */
export const api = {
  search: (parameters: URLSearchParams, signal?: AbortSignal) =>
    get<SearchResponse>(`/search?${parameters}`, signal),
  suggest: async (text: string, limit: number, signal?: AbortSignal): Promise<readonly Suggestion[]> => {
    const parameters = new URLSearchParams({ q: text, limit: String(limit) });
    return (await get<{ suggestions: readonly Suggestion[] }>(`/suggest?${parameters}`, signal)).suggestions;
  },
  paper: (id: string, signal?: AbortSignal) => get<Paper>(`/papers/${encodeURIComponent(id)}`, signal),
  related: (body: RelatedRequest, signal?: AbortSignal) => post<RelatedResponse>('/related', body, signal),
  /** The papers at the other end of a paper's links, the most cited first. */
  citations: (id: string, direction: LinkDirection, limit: number, signal?: AbortSignal) =>
    get<CitationsResponse>(
      `/papers/${encodeURIComponent(id)}/${direction}?sort=citations&limit=${limit}`,
      signal,
    ),
  snowball: (body: SnowballRequest, signal?: AbortSignal) =>
    post<SnowballResponse>('/snowball', body, signal),
  /** The papers of a file in JSON Lines. @param path relative to the server, such as `exportUrl` gives it. */
  papersOfList: async (path: string): Promise<readonly Pick<Paper, 'id' | 'title'>[]> => {
    const response = await answerOf(path.slice(BASE.length), {});
    const lines = (await response.text()).split('\n').filter((line) => line !== '');
    return lines.map((line) => JSON.parse(line) as Paper);
  },
  /** Whether the server would fetch a paper by its identifier, and from which services. */
  fetchOffer: (identifier: string, signal?: AbortSignal) =>
    get<{ readonly allowed: boolean; readonly services: readonly string[] }>(
      `/fetch?${new URLSearchParams({ identifier })}`,
      signal,
    ),
  /** Fetches a paper by its identifier, and adds it to the index. */
  fetchPaper: (identifier: string, token: string) =>
    request<{ readonly id: string }>('/fetch', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', Authorization: `Bearer ${token}` },
      body: JSON.stringify({ identifier }),
    }),
  /** The text at a path. */
  text: async (path: string, signal?: AbortSignal): Promise<string> =>
    (await answerOf(path, signal ? { signal } : {})).text(),
  schedule: (parameters: URLSearchParams, signal?: AbortSignal) =>
    get<Schedule>(`/schedule?${parameters}`, signal),
  chosenSchedule: (ids: readonly string[], signal?: AbortSignal) =>
    post<ChosenSchedule>('/schedule', { ids }, signal),
  export: (ids: readonly string[], format: string) => postForFile('/export', { ids, format }),
  /** The papers of ids that the index has; others are left out. */
  papersById: async (ids: readonly string[]): Promise<readonly Paper[]> => {
    const { content } = await postForFile('/export', { ids, format: 'jsonl', skipUnknown: true });
    const lines = (await content.text()).split('\n').filter((line) => line !== '');
    return lines.map((line) => JSON.parse(line) as Paper);
  },
  calendar: (ids: readonly string[]) => postForFile('/schedule.ics', { ids }),
  mapHits: (parameters: URLSearchParams, signal?: AbortSignal) =>
    get<MapHits>(`/map/hits?${parameters}`, signal),
  mapPaper: (doc: number, signal?: AbortSignal) =>
    get<{ snapshot: string; paper: Paper }>(`/map/papers/${doc}`, signal),
  libraries: () => get<ServedLibraries>('/libraries'),
  stats: (signal?: AbortSignal) => get<IndexStats>('/stats', signal),
};
