import { z } from 'zod';
import { PaperSearchError } from '../../../errors.ts';
import type { Engine } from '../../../search/engine.ts';
import { isAllowedOrigin } from '../../mcp/origin.ts';
import type { Kept } from '../../mcp/result.ts';
import type { Authorize } from '../authorize.ts';
import { json, type Operation, operation } from '../operation.ts';

const Message = z
  .looseObject({ jsonrpc: z.literal('2.0') })
  .describe('A JSON-RPC 2.0 message of the Model Context Protocol.');

/** Errors of the transport: the body is not JSON or not a message, or a header is not allowed. */
const PROTOCOL_ERRORS = [400, 406, 413, 415].map(
  (status) => [status, json(Message, 'An error of the protocol.')] as const,
);

/** The Model Context Protocol over HTTP, for agents. @param log receives errors of tools. */
export function mcpOperations(
  engine: Engine,
  log: (error: unknown) => void,
  authorize: Authorize,
  kept: Kept,
): Operation[] {
  return [
    operation({
      id: 'mcp',
      method: 'post',
      path: '/mcp',
      mount: 'as-is',
      tag: 'Agents',
      summary: 'Answers a message of the Model Context Protocol (Streamable HTTP)',
      description:
        'Stateless: there are no sessions, and every message is answered in JSON. Requests from web pages of other hosts are refused. Tools that change something need a token.',
      body: {
        kind: 'stream',
        description: 'One message, or a list of messages.',
        mediaTypes: ['application/json'],
      },
      unknown: 'ignore',
      needs: 'nothing',
      identify: authorize.identify,
      responses: {
        200: json(z.union([Message, z.array(Message)]), 'The answer.', {
          jsonrpc: '2.0',
          id: 1,
          result: {},
        }),
        ...Object.fromEntries(PROTOCOL_ERRORS),
        202: { description: 'A notification was received; it has no answer.' },
      },
      errors: ['UNAUTHORIZED', 'FORBIDDEN'],
      handle: async (request, response) => {
        if (!isAllowedOrigin(request.get('Origin'))) {
          throw new PaperSearchError(
            'FORBIDDEN',
            'The header Origin names another host. Web pages of other hosts cannot use this server.',
          );
        }
        // Loaded by the first message: a tenth of what a server would load before its first answer.
        const { answerMcp } = await import('../../mcp/http.ts');
        await answerMcp(request, response, {
          engine,
          log,
          caller: authorize.callerOf(response),
          ...kept,
        });
      },
    }),
  ];
}
