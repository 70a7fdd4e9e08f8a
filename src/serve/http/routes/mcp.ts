import { z } from 'zod';
import { PaperSearchError } from '../../../errors.ts';
import type { Engine } from '../../../search/engine.ts';
import { answerMcp, isAllowedOrigin } from '../../mcp/http.ts';
import { json, type Operation, operation } from '../operation.ts';

const Message = z
  .looseObject({ jsonrpc: z.literal('2.0') })
  .describe('A message of JSON-RPC 2.0, as the Model Context Protocol defines it.');

/** What the protocol itself refuses: no JSON, no message, headers that it does not allow. */
const REFUSALS = [400, 406, 413, 415].map(
  (status) => [status, json(Message, 'An error of the protocol.')] as const,
);

/** The Model Context Protocol over HTTP, for agents. @param log told of errors in tools. */
export function mcpOperations(engine: Engine, log: (error: unknown) => void): Operation[] {
  return [
    operation({
      id: 'mcp',
      method: 'post',
      path: '/mcp',
      mount: 'as-is',
      tag: 'Agents',
      summary: 'The Model Context Protocol (Streamable HTTP), for agents',
      description:
        'Without sessions: every message stands for itself, and is answered in JSON. Web pages of other hosts are refused.',
      body: { kind: 'stream', description: 'A message, or several.', mediaTypes: ['application/json'] },
      unknown: 'ignore',
      needs: 'nothing',
      responses: {
        200: json(z.union([Message, z.array(Message)]), 'The answer.', {
          jsonrpc: '2.0',
          id: 1,
          result: {},
        }),
        ...Object.fromEntries(REFUSALS),
        202: { description: 'A notification was taken; there is no answer to it.' },
      },
      errors: ['FORBIDDEN'],
      handle: async (request, response) => {
        if (!isAllowedOrigin(request.get('Origin'))) {
          throw new PaperSearchError('FORBIDDEN', 'Web pages of other hosts may not use this server.');
        }
        await answerMcp(request, response, { engine, log });
      },
    }),
  ];
}
