import type { IncomingMessage, ServerResponse } from 'node:http';
import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js';
import type { Service } from './result.ts';
import { createMcpServer } from './server.ts';

/** Limit of a message in bytes. The longest useful one, a request of related with full lists, is far shorter. */
const MAX_MESSAGE = 256 * 1024;

/**
 * Answers one POST of the Streamable HTTP transport, in JSON and without sessions: any process can answer any message,
 * and no state is kept for clients that do not come back.
 * @param request its body is not read yet.
 * @param service its engine is not closed.
 */
export async function answerMcp(
  request: IncomingMessage,
  response: ServerResponse,
  { engine, log, caller, ...kept }: Service,
): Promise<void> {
  const server = createMcpServer(engine, log, caller, kept);
  const transport = new StreamableHTTPServerTransport({
    enableJsonResponse: true,
    maxRequestBodySize: MAX_MESSAGE,
  });
  response.on('close', () => void server.close());
  await server.connect(transport as Parameters<typeof server.connect>[0]);
  await transport.handleRequest(request, response);
}
