import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js';
import type { Searcher } from '../search/searcher.ts';
import type { Log } from './result.ts';
import { createMcpServer } from './server.ts';

/**
 * Speaks the protocol on standard input and output until the input ends or the signal aborts.
 * @param searcher stays open. @param log must not write to standard output, which is the protocol's.
 */
export async function serveMcpOverStdio(searcher: Searcher, log: Log, signal: AbortSignal): Promise<void> {
  const server = createMcpServer(searcher, log);
  const closed = new Promise<void>((resolve) => {
    server.server.onclose = resolve;
  });
  server.server.onerror = log;
  const end = () => void server.close();
  process.stdin.once('end', end);
  signal.addEventListener('abort', end, { once: true });
  await server.connect(new StdioServerTransport());
  await closed;
}
