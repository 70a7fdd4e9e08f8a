import { Command } from 'commander';
import { VERSION } from '../version.ts';
import { citationsCommand } from './commands/citations.ts';
import { collectionCommand } from './commands/collection.ts';
import { completionCommand } from './commands/completion.ts';
import { configCommand } from './commands/config.ts';
import { doctorCommand } from './commands/doctor.ts';
import { evaluateCommand } from './commands/evaluate.ts';
import { fetchCommand } from './commands/fetch.ts';
import { ingestCommand } from './commands/ingest.ts';
import { joinCommand } from './commands/join.ts';
import { mcpCommand } from './commands/mcp.ts';
import { modelCommand } from './commands/model.ts';
import { relatedCommand } from './commands/related.ts';
import { removeCommand } from './commands/remove.ts';
import { reviewCommand } from './commands/review/review.ts';
import { searchCommand } from './commands/search.ts';
import { serveCommand } from './commands/serve.ts';
import { snowballCommand } from './commands/snowball.ts';
import { splitCommand } from './commands/split.ts';
import { statsCommand } from './commands/stats.ts';
import { syncCommand } from './commands/sync.ts';
import { tokenCommand } from './commands/token.ts';
import { tuneCommand } from './commands/tune.ts';
import { upgradeCommand } from './commands/upgrade.ts';
import { verifyCommand } from './commands/verify.ts';
import { watchCommand } from './commands/watch.ts';
import { whyCommand } from './commands/why.ts';
import { addClusterOptions } from './place.ts';
import { ERROR_PREFIX } from './write-error.ts';

// A command imports what only it needs when it runs, so that a search does not wait for the server's libraries.

/** The command line with all its commands, not run yet. It throws CommanderError instead of exiting. */
export function createProgram(): Command {
  const program = new Command('paper-search')
    .description(
      'A search engine over paper abstracts: search by keyword or meaning, and find related papers.',
    )
    .version(VERSION)
    .addCommand(ingestCommand())
    .addCommand(fetchCommand())
    .addCommand(syncCommand())
    .addCommand(removeCommand())
    .addCommand(searchCommand())
    .addCommand(relatedCommand())
    .addCommand(citationsCommand())
    .addCommand(snowballCommand())
    .addCommand(watchCommand())
    .addCommand(collectionCommand())
    .addCommand(reviewCommand())
    .addCommand(serveCommand())
    .addCommand(tokenCommand())
    .addCommand(mcpCommand())
    .addCommand(statsCommand())
    .addCommand(verifyCommand())
    .addCommand(upgradeCommand())
    .addCommand(whyCommand())
    .addCommand(splitCommand())
    .addCommand(joinCommand())
    .addCommand(evaluateCommand())
    .addCommand(tuneCommand())
    .addCommand(modelCommand())
    .addCommand(doctorCommand())
    .addCommand(configCommand())
    .addCommand(completionCommand())
    .addHelpText(
      'after',
      `
Exit codes: 0 done, 1 bad input or unknown id, 2 wrong usage, 3 no usable index, 4 model unavailable,
5 a service refused or did not answer, 6 done, but some records were rejected, 130 interrupted.
Results are printed to standard output, everything else to standard error.
With --json or --format json, an error is printed to standard output too, as {"error": {"code", "message", "details"}}.`,
    );
  for (const command of allCommands(program)) {
    addClusterOptions(command);
    reportLikeUs(command);
  }
  return program;
}

/** A command with those below it, each before its own. */
export function allCommands(command: Command): Command[] {
  return [command, ...command.commands.flatMap(allCommands)];
}

/** Gives commander's own errors (unknown options, missing arguments) our prefix, and a hint where to read on. */
function reportLikeUs(command: Command): void {
  command
    .exitOverride()
    .showHelpAfterError('(add --help for usage)')
    .configureOutput({
      outputError: (text, write) =>
        write(text.replace(/^error: (.)/, (_, first: string) => ERROR_PREFIX + first.toUpperCase())),
    });
}
