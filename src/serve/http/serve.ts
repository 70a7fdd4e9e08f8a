import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { type AddressInfo, isIP } from 'node:net';
import { messageOf, PaperSearchError } from '../../errors.ts';
import { Admission } from './admission.ts';
import { type AppOptions, createApp } from './app.ts';
import { answerClientError, MAX_HEAD } from './client-errors.ts';

export interface ServeOptions extends AppOptions {
  readonly host: string;
  /** 0 takes any free port. */
  readonly port: number;
  /** What of `TIMES` should be otherwise. */
  readonly times?: Partial<typeof TIMES> | undefined;
}

export interface RunningServer {
  readonly url: string;
  /** Takes no new requests, lets those under way finish, closes the engine. */
  stop(): Promise<void>;
}

/** How long a server waits for others (milliseconds). */
const TIMES = {
  /** For the head of a request, from the connection or the request before. A client that connects and is silent is gone then. */
  headMs: 10_000,
  /** For a request with its body: 64 MB of papers over a slow line. */
  requestMs: 300_000,
  /**
   * For the next request of a connection: longer than clients and proxies keep theirs, so that it is they who close it,
   * and no request meets a connection that is just being closed.
   */
  keepAliveMs: 65_000,
  /** For a client to take the next piece of an answer that is ready. */
  readMs: 60_000,
  /** Between two looks at who takes too long to send. */
  lookMs: 1000,
  /** When the server stops, for the requests under way; then they are told, and after half a second more cut off. */
  graceMs: 5000,
};

const TELLING_MS = 500;
/** Beyond, connections are closed at once. What one costs in memory is some ten kilobytes. */
const MAX_CONNECTIONS = 2000;

/**
 * Listens.
 * @throws PaperSearchError BAD_REQUEST when the address is taken or not ours.
 */
export async function serve({ host, port, times, ...options }: ServeOptions): Promise<RunningServer> {
  const { engine, admission = new Admission() } = options;
  const { headMs, requestMs, keepAliveMs, readMs, lookMs, graceMs } = { ...TIMES, ...times };
  let stopping = false;
  const app = createApp({ ...options, admission });
  const limits = {
    maxHeaderSize: MAX_HEAD,
    headersTimeout: headMs,
    requestTimeout: requestMs,
    keepAliveTimeout: keepAliveMs,
    connectionsCheckingInterval: lookMs,
  };
  const server = createServer(limits, (request, response) => {
    if (stopping) response.setHeader('Connection', 'close');
    // One whose answer was under way when the server began to stop would be kept alive.
    response.once('finish', () => stopping && request.socket.destroySoon());
    // From when the answer is ready: until then, it is we who are waited for.
    response.once('prefinish', () => request.socket.setTimeout(readMs));
    app(request, response);
  });
  server.maxConnections = MAX_CONNECTIONS;
  server.on('clientError', answerClientError);
  const url = await listen(server, host, port);
  return {
    url,
    stop: async () => {
      stopping = true;
      admission.stop();
      const ending = setTimeout(() => admission.endAll(), graceMs);
      const cutOff = setTimeout(() => server.closeAllConnections(), graceMs + TELLING_MS);
      await new Promise((resolve) => {
        server.close(resolve);
        server.closeIdleConnections();
      });
      clearTimeout(ending);
      clearTimeout(cutOff);
      await engine.close();
    },
  };
}

/** Whether an address can be reached from this machine only. */
export function isLoopback(host: string): boolean {
  if (host === 'localhost' || host === '::1') return true;
  return isIP(host) === 4 && host.startsWith('127.');
}

/** @returns where it listens. */
async function listen(server: Server, host: string, port: number): Promise<string> {
  server.listen(port, host);
  await once(server, 'listening').catch((cause: NodeJS.ErrnoException) => {
    const reason =
      cause.code === 'EADDRINUSE' ? 'the port is taken; choose another with --port' : messageOf(cause);
    throw new PaperSearchError('BAD_REQUEST', `Cannot listen on ${host}:${port}: ${reason}.`, { cause });
  });
  const { address, port: actual, family } = server.address() as AddressInfo;
  return `http://${family === 'IPv6' ? `[${address}]` : address}:${actual}`;
}
