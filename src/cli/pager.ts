import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { stripVTControlCharacters } from 'node:util';

/** Exits at once if the text fits, keeps colours and links, and leaves the text on the screen. Windows has no such pager. */
const DEFAULT_PAGER = process.platform === 'win32' ? '' : 'less -FRX';

/** Where a text is written. */
export interface Screen {
  readonly isTTY?: boolean | undefined;
  readonly columns?: number | undefined;
  readonly rows?: number | undefined;
  write(text: string): unknown;
}

/**
 * Writes a text, through a pager if it is longer than the screen. A stream that is not a terminal gets the plain text.
 * @param command the pager, run by the shell as git does; empty or `cat` for none. A pager that does not start is ignored.
 */
export async function writePaged(
  text: string,
  {
    screen = process.stdout,
    paged = true,
    command = process.env.PAGER ?? DEFAULT_PAGER,
  }: { screen?: Screen; paged?: boolean; command?: string } = {},
): Promise<void> {
  const wanted = paged && screen.isTTY === true && !/^(?:|cat)$/.test(command.trim());
  if (wanted && rowsOf(text, screen.columns ?? 80) >= (screen.rows ?? 24) && (await page(text, command)))
    return;
  screen.write(text);
}

/** Rows that a text takes on a screen; escape sequences take none. */
export function rowsOf(text: string, columns: number): number {
  return stripVTControlCharacters(text)
    .replace(/\n$/, '')
    .split('\n')
    .reduce((rows, line) => rows + Math.max(1, Math.ceil(line.length / columns)), 0);
}

/** Exit codes of a shell for a command that it cannot find or run. */
const NOT_STARTED = [126, 127];

async function page(text: string, command: string): Promise<boolean> {
  const pager = spawn(command, { shell: true, stdio: ['pipe', 'inherit', 'inherit'] });
  // The reader may quit the pager before the end.
  pager.stdin.on('error', () => {});
  // While the pager runs, Ctrl-C is for it.
  const ignore = () => {};
  process.on('SIGINT', ignore);
  pager.stdin.end(text);
  try {
    const [code] = await once(pager, 'close');
    return !NOT_STARTED.includes(code);
  } catch {
    return false;
  } finally {
    process.off('SIGINT', ignore);
  }
}
