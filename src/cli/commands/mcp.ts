import { Command } from 'commander';
import { messageOf } from '../../errors.ts';
import { visibleText } from '../../text/visible-text.ts';
import { indexOption } from '../options.ts';

/** `paper-search mcp`: offers the index to agents as tools. */
export function mcpCommand(): Command {
  return new Command('mcp')
    .description('offer search to agents: the Model Context Protocol on standard input and output')
    .addOption(indexOption())
    .addHelpText(
      'after',
      `
The agent's program starts this command. Tools: search, related, get_paper, export, describe_corpus; papers are
resources, paper://<id>. "paper-search serve" offers the same over HTTP at /mcp. Newly ingested papers are found without a restart.

Examples:
  $ paper-search mcp --index my-index
  $ claude mcp add papers -- paper-search mcp --index /home/me/my-index`,
    )
    .action(async ({ index }: { index: string }) => {
      const [{ serveMcpOverStdio }, { LiveSearcher }] = await Promise.all([
        import('../../serve/mcp/stdio.ts'),
        import('../../serve/live/live-searcher.ts'),
      ]);
      const say = (error: unknown) =>
        process.stderr.write(`paper-search: ${visibleText(messageOf(error))}\n`);
      const stop = new AbortController();
      process.once('SIGINT', () => stop.abort()).once('SIGTERM', () => stop.abort());
      const searcher = await LiveSearcher.open(index, { onError: say });
      // The agent should not wait for the model: keyword search answers without it.
      let ended = false;
      searcher.warmUp().catch((error) => ended || say(error));
      await serveMcpOverStdio(searcher, { log: say, signal: stop.signal }).finally(() => {
        ended = true;
        return searcher.close();
      });
    });
}
