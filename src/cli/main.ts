#!/usr/bin/env node
import { type Command, CommanderError } from 'commander';
import { ERRORS, errorBody, messageOf, PaperSearchError } from '../errors.ts';
import { visibleText } from '../text/visible-text.ts';
import { applyConfig } from './config/apply-config.ts';
import { configPlaces, expectSound, readConfig } from './config/config.ts';
import { jsonText } from './json-text.ts';
import { createProgram } from './program.ts';
import { writeError } from './write-error.ts';

const USAGE_EXIT_CODE = 2;

const program = createProgram();
let running: Command | undefined;
program.hook('preAction', async (_program, command) => {
  running = command;
  // These tell what is wrong with the configuration, and run without it.
  if (['config', 'doctor', 'completion'].includes(command.name())) return;
  const config = await readConfig(configPlaces());
  expectSound(config);
  applyConfig(command, config);
});

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
  writeError(messageOf(error));
  const { json, format } = running?.opts() ?? {};
  if (json || format === 'json') {
    const known =
      error instanceof PaperSearchError ? error : new PaperSearchError('INTERNAL', messageOf(error));
    process.stdout.write(`${jsonText(errorBody(known), 0)}\n`);
  }
  if (error instanceof PaperSearchError) return ERRORS[error.code].exitCode;
  if (error instanceof Error) process.stderr.write(`${visibleText(String(error.stack))}\n`);
  return ERRORS.INTERNAL.exitCode;
}
