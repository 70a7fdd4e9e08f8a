import { Command, Option } from 'commander';
import { messageOf } from '../../errors.ts';
import { indexOption, wholeNumber } from '../options.ts';
import { hostName, LOG_LEVELS, type LogLevel, origin, trustedProxies } from '../server-options.ts';

interface Options {
  readonly index: string;
  readonly host: string;
  readonly port: number;
  readonly watch?: string[];
  readonly tokenFile?: string;
  readonly private?: boolean;
  readonly rateLimit?: number;
  readonly trustProxy?: number | readonly string[];
  readonly cors?: readonly string[];
  readonly allowHost?: readonly string[];
  readonly logLevel: LogLevel;
  readonly logQueries?: boolean;
}

/** Time after a stop signal until the process exits, even if work is still running (milliseconds). */
const MAX_STOP_MS = 9500;

/** `paper-search serve`: the HTTP API over an index that may change while it runs. */
export function serveCommand(): Command {
  return new Command('serve')
    .description('answer queries over HTTP')
    .option('--port <n>', 'port to listen on; 0 takes any free one', wholeNumber(0, 65535), 3000)
    .option('--host <address>', 'address to listen on', '127.0.0.1')
    .option('--watch <folder...>', 'folders to ingest now and whenever their content changes')
    .option('--token-file <file>', 'file with a token that allows every change over HTTP')
    .option('--private', 'only answer requests with a token, except for monitoring')
    .option(
      '--rate-limit <n>',
      'requests per minute and client; 0 for no limit (default: 600; no limit on a loopback address without a proxy)',
      wholeNumber(0),
    )
    .option(
      '--trust-proxy <proxies>',
      'proxies whose X-Forwarded-For header is trusted: how many there are, or their addresses',
      trustedProxies,
    )
    .option(
      '--cors <origin>',
      'origin whose web pages may read answers, or * for all; may be repeated',
      origin,
    )
    .option(
      '--allow-host <name>',
      'host name to accept in the Host header besides IP addresses and localhost; may be repeated (default: none on a loopback address without a proxy, else any)',
      hostName,
    )
    .addOption(
      new Option('--log-level <level>', 'least severe level to log').choices(LOG_LEVELS).default('info'),
    )
    .option('--log-queries', 'log the URLs of requests, which contain the queries')
    .addOption(indexOption())
    .addHelpText(
      'after',
      `
Newly ingested papers are served without a restart. POST /papers and DELETE /papers/:id need a token: see
"paper-search token". The token in PAPER_SEARCH_TOKEN or --token-file allows everything, in every library.

Examples:
  $ paper-search serve --port 8080
  $ curl 'http://127.0.0.1:8080/search?q=papers+about+self-improvement'
  $ paper-search serve --watch my-papers
  $ paper-search token create importer --scope add > token
  $ curl -H "Authorization: Bearer $(cat token)" --data-binary @new.bib http://127.0.0.1:3000/papers
  $ curl -H "Authorization: Bearer $(cat token)" -X DELETE http://127.0.0.1:3000/papers/arxiv:2101.11408`,
    )
    .action(async (options: Options) => {
      const [
        { LiveIndex },
        { keepModelReady },
        { createLog, logError },
        { startServer },
        { libraryAccess },
        { AuditLog },
        { Tokens },
      ] = await Promise.all([
        import('../live-index.ts'),
        import('../../serve/live/keep-model-ready.ts'),
        import('../log.ts'),
        import('../start-server.ts'),
        import('../../serve/access/access.ts'),
        import('../../serve/access/audit.ts'),
        import('../../serve/access/tokens.ts'),
      ]);
      const log = createLog(options.logLevel, process.stderr);
      const serverToken = await tokenOf(options, (warning) => log.warn(warning));
      const stop = new AbortController();
      const onSignal = () => stop.abort();
      // A second Ctrl-C at a terminal ends the process at once. A second SIGTERM does not: process managers signal the
      // group and its leader, and the second signal must not cut off requests that are being finished.
      process.once('SIGINT', onSignal).on('SIGTERM', onSignal);

      const { index, watch } = options;
      const live = await LiveIndex.open(index, {
        watch,
        signal: stop.signal,
        say: (line) => log.info(line),
      });
      const { engine, encoders } = live;
      const tokens = await Tokens.open(index, { onNotice: (text) => log.warn(text) });
      const audit = new AuditLog(index, { onError: (error) => logError(log, error) });
      const access = libraryAccess({ tokens, serverToken, audit, isPrivate: options.private });
      const server = await startServer({ ...options, live, access, log }).catch(async (error) => {
        await live.close();
        await engine.close();
        throw error;
      });
      // The first query should not wait for the model: keyword search answers without it.
      const keeping = keepModelReady({
        lastError: () => encoders.lastError(),
        warmUp: () => engine.warmUp(),
        onError: (error) => log.warn(`Semantic search is not ready: ${messageOf(error)}`),
        signal: stop.signal,
      });
      const watching = live.watch();
      await new Promise<void>((resolve) => {
        if (stop.signal.aborted) resolve();
        stop.signal.addEventListener('abort', () => resolve());
      });
      log.info('Stopping');
      const lastResort = setTimeout(() => {
        logError(log, new Error(`Not stopped after ${MAX_STOP_MS} ms`));
        process.exit(1);
      }, MAX_STOP_MS);
      // Changes are finished first, so that their clients get an answer.
      await Promise.all([live.close(), server.stop(), watching, keeping]);
      await audit.flush();
      clearTimeout(lastResort);
    });
}

/** The token that allows everything. Its variable is removed from the environment, since child processes do not need it. */
async function tokenOf({ tokenFile }: Options, warn: (text: string) => void): Promise<string | undefined> {
  const { isReadableByOthers, readAccessToken } = await import('../../serve/live/access-token.ts');
  const token = await readAccessToken(tokenFile, process.env.PAPER_SEARCH_TOKEN);
  delete process.env.PAPER_SEARCH_TOKEN;
  if (tokenFile !== undefined && (await isReadableByOthers(tokenFile))) {
    warn(`Every user of this machine can read the token in ${tokenFile}. Run: chmod 600 ${tokenFile}`);
  }
  return token;
}
