import { Command, Option } from 'commander';
import type { ModelInfo } from '../../encode/model-info.ts';
import { messageOf, PaperSearchError } from '../../errors.ts';
import { dataOption } from '../fetch-and-ingest.ts';
import { indexOption, wholeNumber } from '../options.ts';
import { type PlaceOptions, placeOf } from '../place.ts';
import type { ServedLibrary } from '../served-library.ts';
import {
  hostName,
  type LibraryFolder,
  LOG_LEVELS,
  type LogLevel,
  libraryFolder,
  origin,
  trustedProxies,
} from '../server-options.ts';
import { onFirstSignal } from '../stop-on-signals.ts';

interface Options extends PlaceOptions {
  readonly library?: readonly LibraryFolder[];
  readonly libraries?: string;
  readonly default?: string;
  readonly host: string;
  readonly port: number;
  readonly watch?: string[];
  readonly runWatches?: boolean;
  readonly tokenFile?: string;
  readonly private?: boolean;
  readonly allowFetch?: boolean;
  readonly data: string;
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
    .option('--run-watches', 'deliver what is new for the watches that have a folder or a webhook')
    .option('--token-file <file>', 'file with a token that allows every change over HTTP')
    .option(
      '--allow-fetch',
      'let clients with a token of scope "add" fetch papers by identifier: POST /v1/fetch',
    )
    .addOption(dataOption())
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
    .option(
      '--library <name=dir>',
      'an index and its name, instead of --index; may be repeated',
      libraryFolder,
    )
    .option('--libraries <folder>', 'a folder of indexes, each named as its folder, instead of --index')
    .option('--default <name>', 'the library at the paths without a library (default: the first)')
    .addHelpText(
      'after',
      `
Newly ingested papers are served without a restart. With several libraries, each is at /v1/libraries/NAME/ and on the page at
/libraries/NAME/; one that cannot be opened does not stop the others. --watch is for the default library. POST /papers and DELETE /papers/:id need a token: see
"paper-search token". The token in PAPER_SEARCH_TOKEN or --token-file allows everything, in every library.

Examples:
  $ paper-search serve --port 8080
  $ curl 'http://127.0.0.1:8080/search?q=papers+about+self-improvement'
  $ paper-search serve --watch my-papers
  $ paper-search serve --library vision=indexes/vision --library speech=indexes/speech
  $ paper-search serve --libraries indexes --default speech
  $ paper-search token create importer --scope add > token
  $ curl -H "Authorization: Bearer $(cat token)" --data-binary @new.bib http://127.0.0.1:3000/papers
  $ curl -H "Authorization: Bearer $(cat token)" -X DELETE http://127.0.0.1:3000/papers/arxiv:2101.11408`,
    )
    .action(async (options: Options, command: Command) => {
      const [
        { EncoderQueues },
        { keepModelReady },
        { createLog, logError },
        { startServer },
        { openLibrary },
        { libraryFolders },
      ] = await Promise.all([
        import('../../serve/live/encoder-queues.ts'),
        import('../../serve/live/keep-model-ready.ts'),
        import('../log.ts'),
        import('../start-server.ts'),
        import('../served-library.ts'),
        import('../library-folders.ts'),
      ]);
      const log = createLog(options.logLevel, process.stderr);
      const serverToken = await tokenOf(options, (warning) => log.warn(warning));
      const stop = new AbortController();
      const onSignal = () => stop.abort();
      // A second Ctrl-C at a terminal ends the process at once. A second SIGTERM does not: process managers signal the
      // group and its leader, and the second signal must not cut off requests that are being finished.
      onFirstSignal(['SIGINT'], onSignal);
      process.on('SIGTERM', onSignal);

      expectOneWay(options, command);
      const { cluster } = placeOf(options);
      const folders = await libraryFolders(options);
      const encoders = new EncoderQueues();
      const cache = { hits: 0, misses: 0 };
      const shared = {
        log,
        signal: stop.signal,
        encoderOf: (model: ModelInfo) => encoders.of(model),
        onCacheLookup: (found: boolean) => {
          cache[found ? 'hits' : 'misses']++;
        },
        isOneOfSeveral: folders.length > 1,
        serverToken,
        isPrivate: options.private,
        fetchInto: options.allowFetch ? options.data : undefined,
        runWatches: options.runWatches,
      };
      const { watch } = options;
      const [folder, ...rest] = folders;
      const first = await openLibrary(folder, { ...shared, cluster, watch }).catch((error: unknown) => {
        throw explained(error, folder, folders.length > 1);
      });
      const libraries: [ServedLibrary, ...ServedLibrary[]] = [first];
      // One after another: each reads its index into memory.
      for (const other of rest) {
        libraries.push(await openLibrary(other, { ...shared, watch: undefined, retries: true }));
      }
      const server = await startServer({
        ...options,
        fetchInto: shared.fetchInto,
        libraries,
        encoders,
        cache,
        log,
      }).catch(async (error) => {
        await Promise.all(libraries.flatMap((library) => [library.close(), library.engine.close()]));
        throw error;
      });
      // The first query should not wait for the model: keyword search answers without it.
      const keeping = keepModelReady({
        lastError: () => encoders.lastError(),
        warmUp: async () => {
          for (const { engine } of libraries) await engine.warmUp();
        },
        onError: (error) => log.warn(`Semantic search is not ready: ${messageOf(error)}`),
        signal: stop.signal,
      });
      const watching = first.live.watch();
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
      const stopped = libraries.map((library) => library.close());
      await Promise.all([...stopped, server.stop(), watching, keeping]);
      // What the last requests changed.
      await Promise.all(libraries.map((library) => library.close()));
      clearTimeout(lastResort);
    });
}

/** An index and libraries cannot both be named; a setting or variable for the index does not count. */
function expectOneWay({ library, libraries, engine }: Options, command: Command): void {
  const named = library ? '--library' : libraries === undefined ? undefined : '--libraries';
  if (named !== undefined && engine === 'opensearch') {
    throw new PaperSearchError(
      'BAD_REQUEST',
      `${named} is for indexes on this machine. With --engine opensearch, start one server for each corpus.`,
    );
  }
  if (named === undefined || command.getOptionValueSource('index') !== 'cli') return;
  throw new PaperSearchError(
    'BAD_REQUEST',
    `--index cannot be used with ${named}. Use --library NAME=DIR for it.`,
  );
}

/** An error of the default library, with what to do before it can be served. */
function explained(error: unknown, { name, index }: LibraryFolder, isOneOfSeveral: boolean): unknown {
  if (!(error instanceof PaperSearchError)) return error;
  const { code, details, message } = error;
  const again = { details: { ...details }, cause: error };
  if (isOneOfSeveral) {
    const advice = `The library "${name}" is at the short paths and has to open; --default names another one.`;
    return new PaperSearchError(code, `${message}\n${advice}`, again);
  }
  if (code !== 'INDEX_MISSING') return error;
  return new PaperSearchError(
    code,
    `There is no index in "${index}", so there is nothing to serve. Make one of your files, then serve it:
  paper-search ingest my-papers.bib --index ${index}
  paper-search serve --index ${index}
Or serve a folder of files and keep its index up to date: paper-search serve --watch my-papers --index ${index}
If you have an index elsewhere, name its folder: --index DIR. Several: --library NAME=DIR.`,
    again,
  );
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
