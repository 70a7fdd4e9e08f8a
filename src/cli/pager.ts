import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { stripVTControlCharacters } from 'node:util';

/** Quits at once what fits, keeps colours and links, and leaves the text on the screen. Windows has none of the kind. */
const DEFAULT_PAGER = process.platform === 'win32' ? '' : 'less -FRX';

/** Where a text goes. */
export interface Screen {
  readonly isTTY?: boolean | undefined;
  readonly columns?: number | undefined;
  readonly rows?: number | undefined;
  write(text: string): unknown;
}

/**
 * Writes a text, through a pager where it is longer than the screen. What is no terminal gets the text as it is.
 * @param command of a pager, run by the shell as git does; empty or `cat` for none. One that does not start is passed over.
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

/** Rows that a text takes on a screen, without the marks that take none. */
export function rowsOf(text: string, columns: number): number {
  return stripVTControlCharacters(text)
    .replace(/\n$/, '')
    .split('\n')
    .reduce((rows, line) => rows + Math.max(1, Math.ceil(line.length / columns)), 0);
}

/** What a shell says of a command that it does not find, or cannot run. */
const NOT_STARTED = [126, 127];

async function page(text: string, command: string): Promise<boolean> {
  const pager = spawn(command, { shell: true, stdio: ['pipe', 'inherit', 'inherit'] });
  // A reader who has seen enough closes it before the end.
  pager.stdin.on('error', () => {});
  // Ctrl-C is the pager's while it runs.
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
