import { Command } from 'commander';
import { visibleText } from '../../analysis/visible-text.ts';
import { messageOf } from '../../errors.ts';
import { indexOption, wholeNumber } from '../options.ts';

interface Options {
  readonly index: string;
  readonly host: string;
  readonly port: number;
  readonly watch?: string[];
  readonly tokenFile?: string;
}

/** `paper-search serve`: the HTTP API, over an index that may change meanwhile. */
export function serveCommand(): Command {
  return new Command('serve')
    .description('answer queries over HTTP')
    .option('--port <n>', 'port to listen on; 0 takes any free one', wholeNumber(0, 65535), 3000)
    .option('--host <address>', 'address to listen on', '127.0.0.1')
    .option('--watch <folder...>', 'folders that are ingested now and whenever something in them changes')
    .option('--token-file <file>', 'file with the token that allows changes over HTTP')
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
    .action(async ({ index, host, port, watch, tokenFile }: Options) => {
      const [{ serve }, { LiveIndex }, { readAccessToken }] = await Promise.all([
        import('../../server/serve.ts'),
        import('../live-index.ts'),
        import('../../live/access-token.ts'),
      ]);
      const token = await readAccessToken(tokenFile, process.env.PAPER_SEARCH_TOKEN);
      // The processes that are started have no use for it.
      delete process.env.PAPER_SEARCH_TOKEN;
      const stop = new AbortController();
      const onSignal = () => stop.abort();
      process.once('SIGINT', onSignal).once('SIGTERM', onSignal);

      const live = await LiveIndex.open(index, { watch, signal: stop.signal, say });
      const { searcher, writer } = live;
      const writing = token === undefined ? undefined : { token, writer };
      const server = await serve({ searcher, writing, host, port }).catch(async (error) => {
        await live.close();
        await searcher.close();
        throw error;
      });
      const { papers } = await searcher.stats();
      say(
        `Serving ${papers} papers at ${server.url}\nTry ${server.url}/search?q=papers+about+self-improvement`,
      );
      // The first question should not wait for the model; without it, keyword search still answers.
      searcher.warmUp().catch((error) => say(`Semantic search is not ready: ${messageOf(error)}`));
      const watching = live.watch();
      await new Promise<void>((resolve) => {
        if (stop.signal.aborted) resolve();
        stop.signal.addEventListener('abort', () => resolve());
      });
      // Changes end first, so that who asked for one hears of it.
      await Promise.all([live.close(), server.stop(), watching]);
    });
}

function say(line: string): void {
  process.stderr.write(`${visibleText(line)}\n`);
}
