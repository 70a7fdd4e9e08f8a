import type { Readable, Writable } from 'node:stream';
import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js';
import { isJSONRPCRequest, type JSONRPCMessage, type RequestId } from '@modelcontextprotocol/sdk/types.js';
import type { Engine } from '../../search/engine.ts';
import { LOCAL_USER } from '../access/access.ts';
import type { Kept, Log } from './result.ts';
import { createMcpServer } from './server.ts';

export interface StdioOptions {
  /** Must not write to standard output, which carries the protocol. */
  readonly log: Log;
  /** Aborting ends the session at once. */
  readonly signal: AbortSignal;
  /** Default: nothing is kept, and there are no tools for it. */
  readonly kept?: Kept;
  /** Default: standard input and output of the process. */
  readonly input?: Readable;
  readonly output?: Writable;
}

/**
 * Serves the protocol on standard input and output until the input ends and every request is answered.
 * @param engine is not closed.
 */
export async function serveMcpOverStdio(engine: Engine, options: StdioOptions): Promise<void> {
  const { log, signal, kept, input = process.stdin, output = process.stdout } = options;
  const server = createMcpServer(engine, log, LOCAL_USER, kept);
  const closed = new Promise<void>((resolve) => {
    server.server.onclose = resolve;
  });
  server.server.onerror = log;
  signal.addEventListener('abort', () => void server.close(), { once: true });
  const ended = new Promise<void>((resolve) => input.once('end', resolve));
  const transport = new StdioServerTransport(input, output);
  await server.connect(transport);
  const idle = trackRequests(transport);
  void ended.then(() => idle(() => void server.close()));
  await closed;
}

/**
 * Counts the requests that are not answered yet.
 * @returns a function that calls its argument as soon as there are none.
 */
function trackRequests(transport: StdioServerTransport): (then: () => void) => void {
  const open = new Set<RequestId>();
  let whenIdle: (() => void) | undefined;
  const done = (id: unknown) => {
    open.delete(id as RequestId);
    if (open.size === 0) whenIdle?.();
  };
  const receive = transport.onmessage;
  transport.onmessage = (message: JSONRPCMessage) => {
    if (isJSONRPCRequest(message)) open.add(message.id);
    receive?.(message);
    // A cancelled request gets no answer.
    if ('method' in message && message.method === 'notifications/cancelled') done(message.params?.requestId);
  };
  const send = transport.send.bind(transport);
  transport.send = async (message: JSONRPCMessage) => {
    await send(message);
    if (!('method' in message)) done(message.id);
  };
  return (then) => {
    whenIdle = then;
    if (open.size === 0) then();
  };
}
