import type { IncomingMessage, ServerResponse } from 'node:http';
import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js';
import type { Engine } from '../../search/engine.ts';
import type { Log } from './result.ts';
import { createMcpServer } from './server.ts';

/** Bytes of a message. The longest that is of use, a related request with full lists, stays far below. */
const MAX_MESSAGE = 256 * 1024;

/**
 * Answers one POST of the Streamable HTTP transport, in JSON and without sessions: every message stands for itself,
 * so that any process can answer it and nothing is kept for clients that do not come back.
 * @param request its body not yet read. @param engine stays open.
 */
export async function answerMcp(
  request: IncomingMessage,
  response: ServerResponse,
  { engine, log }: { readonly engine: Engine; readonly log: Log },
): Promise<void> {
  const server = createMcpServer(engine, log);
  const transport = new StreamableHTTPServerTransport({
    enableJsonResponse: true,
    maxRequestBodySize: MAX_MESSAGE,
  });
  response.on('close', () => void server.close());
  await server.connect(transport as Parameters<typeof server.connect>[0]);
  await transport.handleRequest(request, response);
}

/** Names by which a browser on this machine can call a server that listens on loopback. */
const LOOPBACK = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])$/;

/**
 * Whether a request with this Origin may be answered: none (no browser sent it), or a page of this machine. A page of
 * another host must not reach the server through a browser, whatever name it makes its own address resolve to.
 * (Model Context Protocol, Transports, "Security Warning".)
 */
export function isAllowedOrigin(origin: string | undefined): boolean {
  if (origin === undefined) return true;
  return URL.canParse(origin) && LOOPBACK.test(new URL(origin).hostname);
}
