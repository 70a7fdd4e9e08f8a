#!/usr/bin/env node
import { type Command, CommanderError } from 'commander';
import { ERRORS, errorBody, messageOf, PaperSearchError } from '../errors.ts';
import { visibleText } from '../text/visible-text.ts';
import { applyConfig } from './config/apply-config.ts';
import { jsonText } from './json-text.ts';
import { expectPlace } from './place.ts';
import { createProgram } from './program.ts';
import { writeError } from './write-error.ts';

const USAGE_EXIT_CODE = 2;

const program = createProgram();
let running: Command | undefined;
program.hook('preAction', async (_program, command) => {
  running = command;
  // These commands report what is wrong with the configuration, so they run without it.
  if (['config', 'doctor', 'completion'].includes(command.name())) return;
  const { configPlaces, expectSound, readConfig } = await import('./config/config.ts');
  const config = await readConfig(configPlaces());
  expectSound(config);
  applyConfig(command, config);
  expectPlace(command);
});

// A closed standard error must not stop the command.
process.stderr.on('error', () => {});
// A reader such as head or less may close the pipe early; that is not an error.
process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 1));

try {
  await program.parseAsync();
} catch (error) {
  process.exitCode = exitCodeOf(error);
}

/** Reports an error, unless commander did, and returns the exit code. */
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
