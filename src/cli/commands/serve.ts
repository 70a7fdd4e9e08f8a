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
  readonly rateLimit?: number;
  readonly trustProxy?: number | readonly string[];
  readonly cors?: readonly string[];
  readonly allowHost?: readonly string[];
  readonly logLevel: LogLevel;
  readonly logQueries?: boolean;
}

/** When it has been told to stop, the process ends after this time (milliseconds), whatever still runs. */
const MAX_STOP_MS = 9500;

/** `paper-search serve`: the HTTP API, over an index that may change meanwhile. */
export function serveCommand(): Command {
  return new Command('serve')
    .description('answer queries over HTTP')
    .option('--port <n>', 'port to listen on; 0 takes any free one', wholeNumber(0, 65535), 3000)
    .option('--host <address>', 'address to listen on', '127.0.0.1')
    .option('--watch <folder...>', 'folders that are ingested now and whenever something in them changes')
    .option('--token-file <file>', 'file with the token that allows changes over HTTP')
    .option(
      '--rate-limit <n>',
      'requests a minute that each client may send; 0 for any number (default: 600, but any number on a loopback address without a proxy)',
      wholeNumber(0),
    )
    .option(
      '--trust-proxy <proxies>',
      'whose X-Forwarded-For is believed: how many proxies stand in front, or their addresses',
      trustedProxies,
    )
    .option('--cors <origin>', 'origin whose pages may read answers, * for all; may be repeated', origin)
    .option(
      '--allow-host <name>',
      'name in the header Host that is answered beside addresses and localhost; may be repeated (default: none on a loopback address without a proxy, else any)',
      hostName,
    )
    .addOption(new Option('--log-level <level>', 'what is logged').choices(LOG_LEVELS).default('info'))
    .option('--log-queries', 'log the URLs of requests, which tell what was asked for')
    .addOption(indexOption())
    .addHelpText(
      'after',
      `
What an ingest adds is served as soon as it is there, without a restart. POST /papers and DELETE /papers/:id are
refused unless there is a token, in --token-file or in the environment variable PAPER_SEARCH_TOKEN.

Examples:
  $ paper-search serve --port 8080
  $ curl 'http://127.0.0.1:8080/search?q=papers+about+self-improvement'
  $ paper-search serve --watch my-papers
  $ paper-search serve --token-file token
  $ curl -H "Authorization: Bearer $(cat token)" --data-binary @new.bib http://127.0.0.1:3000/papers
  $ curl -H "Authorization: Bearer $(cat token)" -X DELETE http://127.0.0.1:3000/papers/arxiv:2101.11408`,
    )
    .action(async (options: Options) => {
      const [{ LiveIndex }, { keepUsable }, { createLog, logError }, { startServer }] = await Promise.all([
        import('../live-index.ts'),
        import('../../serve/live/keep-usable.ts'),
        import('../log.ts'),
        import('../start-server.ts'),
      ]);
      const log = createLog(options.logLevel, process.stderr);
      const token = await tokenOf(options, (warning) => log.warn(warning));
      const stop = new AbortController();
      const onSignal = () => stop.abort();
      // Who waits at a terminal may end it at once by a second Ctrl-C. A second SIGTERM comes from a process group that
      // is told as a whole and by its head, and must not cut off what is being finished.
      process.once('SIGINT', onSignal).on('SIGTERM', onSignal);

      const { index, watch } = options;
      const live = await LiveIndex.open(index, {
        watch,
        signal: stop.signal,
        say: (line) => log.info(line),
      });
      const { engine, encoder } = live;
      const server = await startServer({ ...options, live, token, log }).catch(async (error) => {
        await live.close();
        await engine.close();
        throw error;
      });
      // The first question should not wait for the model; without it, keyword search still answers.
      const keeping = keepUsable({
        trouble: () => encoder.trouble(),
        warmUp: () => engine.warmUp(),
        onTrouble: (error) => log.warn(`Semantic search is not ready: ${messageOf(error)}`),
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
      // Changes end first, so that who asked for one hears of it.
      await Promise.all([live.close(), server.stop(), watching, keeping]);
      clearTimeout(lastResort);
    });
}

/** The token that allows changes. The processes that are started have no use for the variable. */
async function tokenOf({ tokenFile }: Options, warn: (text: string) => void): Promise<string | undefined> {
  const { isReadableByOthers, readAccessToken } = await import('../../serve/live/access-token.ts');
  const token = await readAccessToken(tokenFile, process.env.PAPER_SEARCH_TOKEN);
  delete process.env.PAPER_SEARCH_TOKEN;
  if (tokenFile !== undefined && (await isReadableByOthers(tokenFile))) {
    warn(`Everybody on this machine can read the token in ${tokenFile}: chmod 600 ${tokenFile}`);
  }
  return token;
}
