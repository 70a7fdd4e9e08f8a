import { Command } from 'commander';
import { messageOf } from '../../errors.ts';
import { openIndex } from '../../search/open-index.ts';
import { indexOption, wholeNumber } from '../options.ts';

interface Options {
  readonly index: string;
  readonly host: string;
  readonly port: number;
}

/** `paper-search serve`: the HTTP API. */
export function serveCommand(): Command {
  return new Command('serve')
    .description('answer queries over HTTP')
    .option('--port <n>', 'port to listen on; 0 takes any free one', wholeNumber(0, 65535), 3000)
    .option('--host <address>', 'address to listen on', '127.0.0.1')
    .addOption(indexOption())
    .addHelpText(
      'after',
      `
Examples:
  $ paper-search serve --port 8080
  $ curl 'http://127.0.0.1:8080/search?q=papers+about+self-improvement'`,
    )
    .action(async ({ index, host, port }: Options) => {
      const { serve } = await import('../../server/serve.ts');
      const searcher = await openIndex(index);
      const { url, stop } = await serve({ searcher, host, port });
      const { papers } = await searcher.stats();
      process.stderr.write(
        `Serving ${papers} papers at ${url}\nTry ${url}/search?q=papers+about+self-improvement\n`,
      );
      // The first question should not wait for the model; without it, keyword search still answers.
      searcher
        .warmUp()
        .catch((error) => process.stderr.write(`Semantic search is not ready: ${messageOf(error)}\n`));
      await new Promise<void>((resolve) => {
        process.once('SIGINT', () => resolve()).once('SIGTERM', () => resolve());
      });
      await stop();
    });
}
