import { readFile } from 'node:fs/promises';
import { messageOf, PaperSearchError } from '../../errors.ts';

/** Where a cluster is, and how to sign in. */
export interface ClusterOptions {
  /** URLs of nodes, such as "https://search.example.org:9200". One is enough, several survive the loss of one. */
  readonly nodes: readonly string[];
  /** A user with a password. */
  readonly user?: string | undefined;
  /** A file that contains only the password. */
  readonly passwordFile?: string | undefined;
  /** A file that contains an API key, or a whole `Authorization` header such as "Bearer …". Instead of a user. */
  readonly apiKeyFile?: string | undefined;
  /** A file with the certificates (PEM) of the authorities that are trusted. Default: those of Node.js. */
  readonly caFile?: string | undefined;
  /** How long one node may take to answer, in milliseconds. Default: 30,000. */
  readonly timeoutMs?: number | undefined;
  /** How often a request is sent again, to the next node each time. Default: 3, or once for each node if that is more. */
  readonly retries?: number | undefined;
}

/** Options with what the files contain. */
export interface Access {
  readonly nodes: readonly URL[];
  /** The header `Authorization`. */
  readonly authorization?: string | undefined;
  readonly ca?: string | undefined;
  readonly timeoutMs: number;
  readonly retries: number;
}

const DEFAULT_TIMEOUT_MS = 30_000;
const MIN_RETRIES = 3;
/** A header with its scheme, such as "Bearer eyJ…" or "ApiKey c2Vj…". */
const WITH_SCHEME = /^(?:ApiKey|Bearer|Basic) [\x21-\x7e]+$/;

/**
 * Checks the options and reads their files.
 * @throws PaperSearchError BAD_REQUEST for an option or a file that cannot be used.
 */
export async function readAccess(options: ClusterOptions): Promise<Access> {
  const nodes = options.nodes.map(nodeUrl);
  if (nodes.length === 0)
    throw wrong('A cluster needs the URL of at least one node, such as http://127.0.0.1:9200.');
  const { timeoutMs = DEFAULT_TIMEOUT_MS, retries = Math.max(MIN_RETRIES, nodes.length) } = options;
  if (!(timeoutMs > 0))
    throw wrong(`The timeout must be a positive number of milliseconds, but it is ${timeoutMs}.`);
  return {
    // A URL that is named twice would be refused by the client.
    nodes: [...new Map(nodes.map((url) => [url.href, url])).values()],
    authorization: await authorizationOf(options),
    ca: options.caFile === undefined ? undefined : await certificatesIn(options.caFile),
    timeoutMs,
    retries,
  };
}

function nodeUrl(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url || !['http:', 'https:'].includes(url.protocol)) {
    throw wrong(`"${text}" is not the URL of a node. Expected http://HOST:PORT or https://HOST:PORT.`);
  }
  if (url.username || url.password) {
    url.username = '';
    url.password = '';
    throw wrong(
      `The URL of the node ${url.href} contains a user or a password, which lists of processes show. Name the user and a file with the password instead.`,
    );
  }
  if (url.search || url.hash) throw wrong(`The URL of the node ${url.href} must end before "?" and "#".`);
  return url;
}

async function authorizationOf(options: ClusterOptions): Promise<string | undefined> {
  const { user, passwordFile, apiKeyFile } = options;
  if (apiKeyFile !== undefined) {
    if (user !== undefined || passwordFile !== undefined) {
      throw wrong('Name a user with a password file, or a file with an API key, but not both.');
    }
    const key = await onlyLineOf(apiKeyFile, 'API key');
    if (WITH_SCHEME.test(key)) return key;
    if (/^[\x21-\x7e]+$/.test(key)) return `ApiKey ${key}`;
    throw wrong(`The file "${apiKeyFile}" must contain one API key of ASCII characters without spaces.`);
  }
  if (user === undefined && passwordFile === undefined) return undefined;
  if (user === undefined || passwordFile === undefined) {
    throw wrong(
      user === undefined
        ? 'A password file needs the name of the user.'
        : `The user "${user}" needs a file with the password.`,
    );
  }
  if (user.includes(':')) throw wrong(`The user "${user}" contains ":", which HTTP does not allow.`);
  const password = await onlyLineOf(passwordFile, 'password');
  return `Basic ${Buffer.from(`${user}:${password}`, 'utf8').toString('base64')}`;
}

/** The content of a file without its last line end. Spaces can be part of a password. */
async function onlyLineOf(file: string, what: string): Promise<string> {
  const content = (await textOf(file, what)).replace(/\r?\n$/, '');
  if (content === '' || /[\r\n\0]/.test(content)) {
    throw wrong(`The file "${file}" must contain one line: the ${what}.`);
  }
  return content;
}

async function certificatesIn(file: string): Promise<string> {
  const pem = await textOf(file, 'certificate');
  if (pem.includes('-----BEGIN CERTIFICATE-----')) return pem;
  throw wrong(
    `The file "${file}" contains no certificate. Expected PEM: "-----BEGIN CERTIFICATE-----" and so on.`,
  );
}

async function textOf(file: string, what: string): Promise<string> {
  return await readFile(file, 'utf8').catch((cause: unknown) => {
    throw new PaperSearchError('BAD_REQUEST', `Cannot read the ${what} file: ${messageOf(cause)}`, {
      details: { file },
      cause,
    });
  });
}

function wrong(message: string): PaperSearchError {
  return new PaperSearchError('BAD_REQUEST', message);
}
