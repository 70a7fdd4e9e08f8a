import { visibleText } from '../text/visible-text.ts';

/** What every error on standard error begins with. */
export const ERROR_PREFIX = 'paper-search: ';

/** Writes an error to standard error, without characters that could control the terminal. */
export function writeError(message: string): void {
  process.stderr.write(`${ERROR_PREFIX}${visibleText(message)}\n`);
}
