import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';

const MAIN = fileURLToPath(new URL('../../dist/cli/main.js', import.meta.url));

export interface CliResult {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Starts the built command line as a separate process. */
export function startCli(
  args: readonly string[],
  cwd?: string,
  env: Readonly<Record<string, string>> = {},
): ChildProcess {
  return spawn(process.execPath, [MAIN, ...args], {
    cwd,
    env: { ...process.env, NO_COLOR: '1', FORCE_COLOR: undefined, ...env },
  });
}

/** Runs the built command line to its end. */
export async function runCli(
  args: readonly string[],
  { input = '', cwd, env }: { input?: string; cwd?: string; env?: Readonly<Record<string, string>> } = {},
): Promise<CliResult> {
  const child = startCli(args, cwd, env);
  child.stdin!.on('error', () => {});
  child.stdin!.end(input);
  const [stdout, stderr] = await Promise.all([
    text(child.stdout!),
    text(child.stderr!),
    once(child, 'close'),
  ]);
  return { exitCode: child.exitCode, stdout, stderr };
}

/** Starts `serve` on a free port and waits until it listens. */
export async function startServer(
  args: readonly string[],
  { cwd, env }: { cwd?: string; env?: Readonly<Record<string, string>> } = {},
): Promise<{ child: ChildProcess; url: string }> {
  const child = startCli(['serve', '--port', '0', ...args], cwd, env);
  let said = '';
  for await (const chunk of child.stderr!) {
    said += chunk;
    const url = /http:\/\/\S+?:\d+/.exec(said)?.[0];
    if (url) {
      child.stderr!.resume();
      return { child, url };
    }
  }
  throw new Error(`The server did not start: ${said}`);
}
