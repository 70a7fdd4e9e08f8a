import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';

/** A request as the service it was meant for would see it. */
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
  /** What PAPER_SEARCH_FETCH_BASE has to be. */
  readonly base: string;
  readonly seen: readonly SeenRequest[];
}

/**
 * Stands in for the services at a local address. What it is asked at `/host/path`, it takes as for that host.
 * @param reply gives the answer, or writes it itself and gives nothing. `number` counts requests from 1.
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
