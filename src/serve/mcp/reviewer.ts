import type { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { z } from 'zod';
import { MAX_VALUE_LENGTH } from '../../limits.ts';
import type { Reviewer } from '../../review/service.ts';
import { agentName } from '../../review/signed-by.ts';
import { visibleText } from '../../text/visible-text.ts';

/** The scope that tools for reviews need. */
export const SCOPE = 'review';

/** Longest name of a client's program in the log. */
const MAX_AGENT_NAME = 64;

export const reviewInput = z
  .string()
  .min(1)
  .max(MAX_VALUE_LENGTH)
  .describe('Id of the review, from list_reviews.');

/**
 * The agent as a reviewer: the name of its program, and of the token that it uses. Its name is then never that of a person
 * with the same token, whose decisions it must not replace.
 */
export function agentOf(server: McpServer, token: string): Reviewer {
  // Over HTTP, every message has its own server, which does not know the client.
  const program = server.server.getClientVersion()?.name ?? 'agent';
  return {
    name: agentName(visibleText(program.replace(/\s+/g, ' ')).slice(0, MAX_AGENT_NAME), token),
    agent: true,
  };
}
