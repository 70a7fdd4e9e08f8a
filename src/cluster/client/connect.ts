import { PaperSearchError } from '../../errors.ts';
import type { ClusterClient, ServerVersion } from './cluster-client.ts';
import { OpenSearchClient } from './opensearch-client.ts';
import { type ClusterOptions, readAccess } from './options.ts';
import { loadClient } from './package.ts';

/** The oldest version that is accepted; the tests run 2.19. */
const OLDEST = { major: 2, minor: 12 };
/** The newest major version that is accepted. */
const NEWEST_MAJOR = 3;

/**
 * Connects to a cluster: loads the client, signs in and asks for the version.
 * @throws PaperSearchError BAD_REQUEST for options or files that cannot be used and when the client is not installed;
 *   CLUSTER_UNAVAILABLE, CLUSTER_REFUSED as every request; CLUSTER_REFUSED also for a server that is not OpenSearch, or not of
 *   a supported version.
 */
export async function connect(options: ClusterOptions): Promise<ClusterClient> {
  const access = await readAccess(options);
  const client = new OpenSearchClient(await loadClient(access), access);
  try {
    client.version = versionOf(await client.request('GET', '/'));
    return client;
  } catch (error) {
    await client.close();
    throw error;
  }
}

/** Reads the answer to GET /. @throws PaperSearchError CLUSTER_REFUSED. */
function versionOf(root: unknown): ServerVersion {
  const { version, tagline } = (typeof root === 'object' && root !== null ? root : {}) as {
    readonly version?: { readonly number?: unknown; readonly distribution?: unknown };
    readonly tagline?: unknown;
  };
  const number = version?.number;
  const parts = typeof number === 'string' ? /^(\d+)\.(\d+)\./.exec(number) : null;
  if (typeof number !== 'string' || !parts) {
    throw refused(
      'The server is not OpenSearch: its answer to GET / has no version. Check the URLs of the nodes.',
    );
  }
  const [major, minor] = [Number(parts[1]), Number(parts[2])];
  if (version?.distribution !== 'opensearch') {
    const name =
      typeof tagline === 'string' && /You Know, for Search/.test(tagline)
        ? 'Elasticsearch'
        : 'another server';
    throw refused(
      `The server is ${name} ${number}, not OpenSearch. Use OpenSearch ${OLDEST.major}.${OLDEST.minor} or newer.`,
    );
  }
  if (major === 7) {
    throw refused(
      `The cluster hides its version: it says ${number}. Set compatibility.override_main_response_version to false.`,
    );
  }
  if (major < OLDEST.major || (major === OLDEST.major && minor < OLDEST.minor) || major > NEWEST_MAJOR) {
    throw refused(
      `OpenSearch ${number} is not supported. Use ${OLDEST.major}.${OLDEST.minor} or newer, up to ${NEWEST_MAJOR}.x.`,
    );
  }
  return { major, minor, number };
}

function refused(message: string): PaperSearchError {
  return new PaperSearchError('CLUSTER_REFUSED', message);
}
