import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createSecureServer, type ServerOptions } from 'node:https';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';

/** A request that a scripted node has received. */
export interface Received {
  readonly method: string;
  /** With its query. */
  readonly url: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

/** An answer in JSON (or text, if it is a string), or a function that does what it wants with the connection. */
export type Answer =
  | { readonly status?: number; readonly body?: unknown; readonly headers?: Record<string, string> }
  | ((response: ServerResponse) => void);

export interface ScriptedNode {
  readonly url: string;
  /** All requests but the first `GET /`, which asks for the version. */
  readonly received: Received[];
  /** Stops listening and cuts all connections. */
  readonly kill: () => void;
}

/** What OpenSearch 2.19.6 answers to GET /. */
export const ROOT = {
  name: 'node1',
  version: { distribution: 'opensearch', number: '2.19.6' },
  tagline: 'The OpenSearch Project: https://opensearch.org/',
};

/** A node that speaks HTTP and answers by a script. It ends with the test. */
export async function scriptedNode(
  script: (request: Received, n: number) => Answer,
  { root = { body: ROOT } as Answer, tls }: { root?: Answer; tls?: ServerOptions } = {},
): Promise<ScriptedNode> {
  const received: Received[] = [];
  const listener = async (request: IncomingMessage, response: ServerResponse) => {
    let body = '';
    for await (const chunk of request) body += chunk;
    const { method = '', url = '', headers } = request;
    const isRoot = method === 'GET' && url === '/';
    if (!isRoot) received.push({ method, url, headers, body });
    const answer = isRoot ? root : script(received.at(-1)!, received.length - 1);
    if (typeof answer === 'function') return answer(response);
    const { status = 200, body: content = {}, headers: more } = answer;
    const isText = typeof content === 'string';
    response.writeHead(status, { 'content-type': isText ? 'text/plain' : 'application/json', ...more });
    response.end(isText ? content : JSON.stringify(content));
  };
  const server = tls ? createSecureServer(tls, listener) : createServer(listener);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const kill = () => {
    server.close();
    server.closeAllConnections();
  };
  onTestFinished(kill);
  const { port } = server.address() as AddressInfo;
  return { url: `${tls ? 'https' : 'http'}://127.0.0.1:${port}`, received, kill };
}
