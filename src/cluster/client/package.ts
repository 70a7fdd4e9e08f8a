import type { ClientRequest } from 'node:http';
import type { Client } from '@opensearch-project/opensearch';
import { messageOf, PaperSearchError } from '../../errors.ts';
import type { Access } from './options.ts';

const PACKAGE = '@opensearch-project/opensearch';

/** A failure of a connection, with what the client's own error does not keep: the code of the system's error. */
export interface ConnectionFailure {
  readonly url: URL;
  /** Such as "ECONNREFUSED" or "CERT_HAS_EXPIRED". */
  readonly code: string | undefined;
  readonly message: string;
}

/** The client of the package, and the last failure of each connection. */
export interface Loaded {
  readonly client: Client;
  /** The last failure of the connection with this id, if it has failed. */
  readonly failureOf: (connectionId: string) => ConnectionFailure | undefined;
}

/**
 * Loads the client's package, which is installed only where a cluster is used, and makes a client. Opens no connection yet.
 * @throws PaperSearchError BAD_REQUEST when the package is not installed.
 */
export async function loadClient(access: Access): Promise<Loaded> {
  const { Client, Connection } = await load();
  const failures = new Map<string, ConnectionFailure>();

  /** Two repairs of the package's connection: see the comments. */
  class OurConnection extends Connection {
    override request(...parameters: Parameters<InstanceType<typeof Connection>['request']>): ClientRequest {
      const request = super.request(...parameters);
      // A request with a wrong path is never made.
      if (typeof request.prependListener !== 'function') return request;
      // The package passes on the message of an error only. Its own listener ends the request, so ours has to be first.
      request.prependListener('error', (error: NodeJS.ErrnoException) =>
        failures.set(this.id, { url: this.url, code: codeOf(error), message: describe(error) }),
      );
      // The package prints errors after the answer's head to standard output, which belongs to the answers of commands.
      request.once('response', () => {
        request.removeAllListeners('error');
        request.on('error', () => {});
      });
      return request;
    }
  }

  const client = new Client({
    nodes: access.nodes.map((url) => ({
      url,
      // Here and not in the client's headers, so that its pings of nodes that have failed sign in, too.
      headers: access.authorization === undefined ? {} : { authorization: access.authorization },
    })),
    ...(access.ca !== undefined && { ssl: { ca: access.ca } }),
    Connection: OurConnection,
    requestTimeout: access.timeoutMs,
    // `OpenSearchClient` decides which requests are sent again.
    maxRetries: 0,
    // Papers can have any keys; JSON.parse itself is safe.
    disablePrototypePoisoningProtection: true,
  });
  return { client, failureOf: (id) => failures.get(id) };
}

async function load() {
  try {
    return await import('@opensearch-project/opensearch');
  } catch (cause) {
    if (!isAbsent(cause)) throw cause;
    throw new PaperSearchError(
      'BAD_REQUEST',
      `A cluster needs the package ${PACKAGE}, which is not installed. Install it: npm install ${PACKAGE}`,
      { cause },
    );
  }
}

function isAbsent(error: unknown): boolean {
  return (
    error instanceof Error &&
    'code' in error &&
    error.code === 'ERR_MODULE_NOT_FOUND' &&
    error.message.includes(PACKAGE)
  );
}

/** A name with several addresses fails with an error for each of them. */
function firstOf(error: NodeJS.ErrnoException): NodeJS.ErrnoException {
  return error instanceof AggregateError && error.errors.length > 0 ? error.errors[0] : error;
}

function codeOf(error: NodeJS.ErrnoException): string | undefined {
  return error.code ?? firstOf(error).code;
}

function describe(error: NodeJS.ErrnoException): string {
  return error.message || messageOf(firstOf(error));
}
