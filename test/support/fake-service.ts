import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';

/** A request as the real service would see it. */
export interface SeenRequest {
  readonly url: URL;
  readonly headers: IncomingHttpHeaders;
}

export interface Reply {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

export interface FakeService {
  /** The value for PAPER_SEARCH_FETCH_BASE. */
  readonly base: string;
  readonly seen: readonly SeenRequest[];
}

/**
 * Replaces the services at a local address. It treats a request for `/host/path` as one for that host.
 * @param reply returns the answer, or writes it itself and returns undefined. `number` counts requests from 1.
 */
export async function startFakeService(
  reply: (request: SeenRequest, number: number, response: ServerResponse) => Reply | undefined,
): Promise<FakeService> {
  const seen: SeenRequest[] = [];
  const server = createServer((incoming, response) => {
    const request = { url: new URL(`https:/${incoming.url}`), headers: incoming.headers };
    seen.push(request);
    const answer = reply(request, seen.length, response);
    if (answer) response.writeHead(answer.status ?? 200, answer.headers).end(answer.body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { base: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, seen };
}

export const json = (content: unknown, headers: Record<string, string> = {}): Reply => ({
  headers: { 'content-type': 'application/json', ...headers },
  body: JSON.stringify(content),
});

export const xml = (body: string, headers: Record<string, string> = {}): Reply => ({
  headers: { 'content-type': 'text/xml; charset=utf-8', ...headers },
  body,
});
