import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';

/** Programs that examples may call without being run. */
const RECORDED = [
  'cat',
  'claude',
  'cp',
  'curl',
  'docker',
  'git',
  'jq',
  'mkdir',
  'npm',
  'npx',
  'paper-search',
  'sudo',
  'systemctl',
  'zcat',
] as const;

export interface ShellResult {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a script with bash, which stops at the first command that fails, also in a pipe. */
export async function runShell(
  script: string,
  { cwd, env }: { cwd: string; env: Readonly<Record<string, string>> },
): Promise<ShellResult> {
  const child = spawn('/bin/bash', ['-euo', 'pipefail', '-c', script], {
    cwd,
    env: { ...process.env, NO_COLOR: '1', FORCE_COLOR: undefined, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')]);
  return { exitCode: child.exitCode, stdout, stderr };
}

/** Puts an executable script into a folder. */
export async function writeExecutable(folder: string, name: string, script: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, name), script);
  await chmod(join(folder, name), 0o755);
}

/**
 * The commands that a script calls, each with its arguments, as bash parses them. Only bash itself is run: every
 * program is replaced by one that records how it was called.
 * @param folder an empty folder to work in.
 * @throws Error for a script that bash refuses, or a program that examples may not call.
 */
export async function commandsOf(script: string, folder: string): Promise<string[][]> {
  const bin = join(folder, 'bin');
  const record = join(folder, 'calls');
  await Promise.all([
    writeFile(record, ''),
    ...RECORDED.map((name) =>
      writeExecutable(bin, name, `#!/bin/bash\nprintf '%s\\0' "$#" ${name} "$@" >> "$CALLS"\n`),
    ),
  ]);
  const { exitCode, stderr } = await runShell(script, {
    cwd: folder,
    env: { PATH: bin, HOME: folder, CALLS: record, PAPER_SEARCH_TOKEN: 'token' },
  });
  if (exitCode !== 0) throw new Error(`bash exits with ${exitCode}: ${stderr}`);
  const parts = (await readFile(record, 'utf8')).split('\0').slice(0, -1);
  const calls: string[][] = [];
  while (parts.length > 0) calls.push(parts.splice(0, Number(parts.shift()) + 1));
  return calls;
}
