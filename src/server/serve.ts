import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { messageOf, PaperSearchError } from '../errors.ts';
import type { Searcher } from '../search/searcher.ts';
import { createApp } from './app.ts';
import { answerClientError, LARGEST_HEAD } from './client-errors.ts';
import type { Writing } from './routes/write-papers.ts';

export interface ServeOptions {
  readonly searcher: Searcher;
  /** Default: the papers cannot be changed over HTTP. */
  readonly writing?: Writing | undefined;
  readonly host: string;
  /** 0 takes any free port. */
  readonly port: number;
}

export interface RunningServer {
  readonly url: string;
  /** Takes no new requests, lets those under way finish, closes the searcher. */
  stop(): Promise<void>;
}

/** A request that is still running when the server stops is cut off after this time (milliseconds). */
const GRACE_MS = 5000;
/**
 * How long a connection may rest between two requests (milliseconds): longer than clients and proxies keep theirs,
 * so that it is they who close it, and no request meets a connection that is just being closed.
 */
const KEEP_ALIVE_MS = 65_000;

/** Listens. @throws PaperSearchError BAD_REQUEST when the address is taken or not ours. */
export async function serve({ searcher, writing, host, port }: ServeOptions): Promise<RunningServer> {
  let stopping = false;
  const app = createApp({ searcher, writing });
  const server = createServer({ maxHeaderSize: LARGEST_HEAD }, (request, response) => {
    // A connection that is kept alive ends with the answer that is under way.
    if (stopping) response.setHeader('Connection', 'close');
    app(request, response);
  });
  server.on('clientError', answerClientError);
  server.keepAliveTimeout = KEEP_ALIVE_MS;
  server.listen(port, host);
  await once(server, 'listening').catch((cause: NodeJS.ErrnoException) => {
    const reason =
      cause.code === 'EADDRINUSE' ? 'the port is taken; choose another with --port' : messageOf(cause);
    throw new PaperSearchError('BAD_REQUEST', `Cannot listen on ${host}:${port}: ${reason}.`, { cause });
  });
  const { address, port: actual, family } = server.address() as AddressInfo;
  const url = `http://${family === 'IPv6' ? `[${address}]` : address}:${actual}`;
  return {
    url,
    stop: async () => {
      stopping = true;
      const cutOff = setTimeout(() => server.closeAllConnections(), GRACE_MS);
      await new Promise((resolve) => {
        server.close(resolve);
        server.closeIdleConnections();
      });
      clearTimeout(cutOff);
      await searcher.close();
    },
  };
}
