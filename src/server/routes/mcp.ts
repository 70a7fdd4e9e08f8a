import { z } from 'zod';
import { PaperSearchError } from '../../errors.ts';
import { answerMcp, isAllowedOrigin } from '../../mcp/http.ts';
import type { Searcher } from '../../search/searcher.ts';
import { json, type Operation, operation } from '../operation.ts';
import { ErrorBody } from '../schemas/error.ts';

const Message = z
  .looseObject({ jsonrpc: z.literal('2.0') })
  .describe('A message of JSON-RPC 2.0, as the Model Context Protocol defines it.');

/** The Model Context Protocol over HTTP, for agents. @param log told of errors in tools. */
export function mcpOperations(searcher: Searcher, log: (error: unknown) => void): Operation[] {
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
      responses: {
        200: json(z.union([Message, z.array(Message)]), 'The answer.', {
          jsonrpc: '2.0',
          id: 1,
          result: {},
        }),
        default: json(
          z.union([ErrorBody, Message]),
          'A refusal. What reaches the protocol is refused in its form: not both types of answer in Accept (406), another type of content (415), a version that is not known (400).',
        ),
        400: json(z.union([ErrorBody, Message]), 'A message that is none, or of another version.'),
        202: { description: 'A notification was taken; there is no answer to it.' },
      },
      errors: ['FORBIDDEN'],
      handle: async (request, response) => {
        if (!isAllowedOrigin(request.get('Origin'))) {
          throw new PaperSearchError('FORBIDDEN', 'Web pages of other hosts may not use this server.');
        }
        await answerMcp(request, response, { searcher, log });
      },
    }),
  ];
}
