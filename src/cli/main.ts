#!/usr/bin/env node
import { Command, CommanderError } from 'commander';
import { visibleText } from '../analysis/visible-text.ts';
import { ERRORS, errorBody, messageOf, PaperSearchError } from '../errors.ts';
import { VERSION } from '../version.ts';
import { completionCommand } from './commands/completion.ts';
import { configCommand } from './commands/config.ts';
import { doctorCommand } from './commands/doctor.ts';
import { evaluateCommand } from './commands/evaluate.ts';
import { fetchCommand } from './commands/fetch.ts';
import { ingestCommand } from './commands/ingest.ts';
import { mcpCommand } from './commands/mcp.ts';
import { relatedCommand } from './commands/related.ts';
import { removeCommand } from './commands/remove.ts';
import { searchCommand } from './commands/search.ts';
import { serveCommand } from './commands/serve.ts';
import { statsCommand } from './commands/stats.ts';
import { syncCommand } from './commands/sync.ts';
import { tuneCommand } from './commands/tune.ts';
import { verifyCommand } from './commands/verify.ts';
import { whyCommand } from './commands/why.ts';
import { applyConfig } from './config/apply-config.ts';
import { configPlaces, expectSound, readConfig } from './config/config.ts';
import { jsonText } from './json-text.ts';

// What a command alone needs, it imports when it runs: a search should not wait for the server's libraries.
const USAGE_EXIT_CODE = 2;

const program = new Command('paper-search')
  .description('A search engine over paper abstracts: by keyword, by meaning, and by kinship.')
  .version(VERSION)
  .exitOverride()
  .addCommand(ingestCommand())
  .addCommand(fetchCommand())
  .addCommand(syncCommand())
  .addCommand(removeCommand())
  .addCommand(searchCommand())
  .addCommand(relatedCommand())
  .addCommand(serveCommand())
  .addCommand(mcpCommand())
  .addCommand(statsCommand())
  .addCommand(verifyCommand())
  .addCommand(whyCommand())
  .addCommand(evaluateCommand())
  .addCommand(tuneCommand())
  .addCommand(doctorCommand())
  .addCommand(configCommand())
  .addCommand(completionCommand())
  .addHelpText(
    'after',
    `
Exit codes: 0 done, 1 bad input or unknown id, 2 wrong usage, 3 no usable index, 4 model unavailable,
5 a service refuses or does not answer, 6 done but for rejected records, 130 interrupted.
Results go to standard output, all else to standard error.
With --json or --format json, an error is printed to standard output too, as {"error": {"code", "message", "details"}}.`,
  );
let running: Command | undefined;
program.hook('preAction', async (_program, command) => {
  running = command;
  // These tell what is wrong with the configuration, and run without it.
  if (['config', 'doctor', 'completion'].includes(command.name())) return;
  const config = await readConfig(configPlaces());
  expectSound(config);
  applyConfig(command, config);
});
for (const command of program.commands)
  command.exitOverride().showHelpAfterError('(--help shows how it is used)');

// Progress that nobody reads is no reason to stop.
process.stderr.on('error', () => {});
// A reader that has seen enough (head, less) closes the pipe: that is no error.
process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 1));

try {
  await program.parseAsync();
} catch (error) {
  process.exitCode = exitCodeOf(error);
}

/** Says what went wrong, unless commander has, and gives the exit code. */
function exitCodeOf(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : USAGE_EXIT_CODE;
  process.stderr.write(`paper-search: ${visibleText(messageOf(error))}\n`);
  const { json, format } = running?.opts() ?? {};
  if (json || format === 'json') {
    const known =
      error instanceof PaperSearchError ? error : new PaperSearchError('INTERNAL', messageOf(error));
    process.stdout.write(`${jsonText(errorBody(known), 0)}\n`);
  }
  if (error instanceof PaperSearchError) return ERRORS[error.code].exitCode;
  if (error instanceof Error) process.stderr.write(`${error.stack}\n`);
  return ERRORS.INTERNAL.exitCode;
}
