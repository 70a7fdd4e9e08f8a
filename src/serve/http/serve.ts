import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { type AddressInfo, isIP } from 'node:net';
import { messageOf, PaperSearchError } from '../../errors.ts';
import { Admission } from './admission.ts';
import { type AppOptions, createApp } from './app.ts';
import { answerClientError, MAX_HEAD } from './client-errors.ts';

export interface ServeOptions extends AppOptions {
  readonly host: string;
  /** 0 chooses a free port. */
  readonly port: number;
  /** Overrides of `TIMES`. */
  readonly times?: Partial<typeof TIMES> | undefined;
}

export interface RunningServer {
  readonly url: string;
  /** Refuses new requests, waits for those in flight and closes the engines. */
  stop(): Promise<void>;
}

/** How long the server waits for clients (milliseconds). */
const TIMES = {
  /**
   * For the head of a request, from the start of the connection or the end of the request before. A silent client is
   * disconnected then.
   */
  headMs: 10_000,
  /** For a request with its body: 64 MB over a slow line. */
  requestMs: 300_000,
  /**
   * For the next request on a connection. It is longer than the keep-alive of clients and proxies, so that they close
   * the connection and no request arrives at one that is being closed.
   */
  keepAliveMs: 65_000,
  /** For a client to read the next part of a finished answer. */
  readMs: 60_000,
  /** Interval of the checks for clients that are too slow. */
  checkMs: 1000,
  /**
   * For the requests in flight when the server stops. Then they get an error, and half a second later their connections
   * are closed.
   */
  graceMs: 5000,
};

const FINAL_ANSWER_MS = 500;
/** Further connections are closed at once. One needs about ten kilobytes of memory. */
const MAX_CONNECTIONS = 2000;

/**
 * Starts the server.
 * @throws PaperSearchError BAD_REQUEST when the port is in use or the address is not one of this machine.
 */
export async function serve({ host, port, times, ...options }: ServeOptions): Promise<RunningServer> {
  const { engine, others = [], admission = new Admission() } = options;
  const { headMs, requestMs, keepAliveMs, readMs, checkMs, graceMs } = { ...TIMES, ...times };
  let stopping = false;
  const app = createApp({ ...options, admission });
  const limits = {
    maxHeaderSize: MAX_HEAD,
    headersTimeout: headMs,
    requestTimeout: requestMs,
    keepAliveTimeout: keepAliveMs,
    connectionsCheckingInterval: checkMs,
  };
  const server = createServer(limits, (request, response) => {
    if (stopping) response.setHeader('Connection', 'close');
    // A connection whose answer was being sent when the stop began would otherwise be kept alive.
    response.once('finish', () => stopping && request.socket.destroySoon());
    // Only from when the answer is finished; until then the client waits for us.
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
      const cutOff = setTimeout(() => server.closeAllConnections(), graceMs + FINAL_ANSWER_MS);
      await new Promise((resolve) => {
        server.close(resolve);
        server.closeIdleConnections();
      });
      clearTimeout(ending);
      clearTimeout(cutOff);
      await Promise.all([engine, ...others.map((library) => library.engine)].map((each) => each.close()));
    },
  };
}

/** Whether an address is reachable from this machine only. */
export function isLoopback(host: string): boolean {
  if (host === 'localhost' || host === '::1') return true;
  return isIP(host) === 4 && host.startsWith('127.');
}

/**  @returns the URL. */
async function listen(server: Server, host: string, port: number): Promise<string> {
  server.listen(port, host);
  await once(server, 'listening').catch((cause: NodeJS.ErrnoException) => {
    const reason =
      cause.code === 'EADDRINUSE' ? 'the port is in use; choose another one with --port' : messageOf(cause);
    throw new PaperSearchError('BAD_REQUEST', `Cannot listen on ${host}:${port}: ${reason}.`, { cause });
  });
  const { address, port: actual, family } = server.address() as AddressInfo;
  return `http://${family === 'IPv6' ? `[${address}]` : address}:${actual}`;
}
