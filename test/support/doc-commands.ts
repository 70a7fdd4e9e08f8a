import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CommanderError } from 'commander';
import { allCommands, createProgram } from '../../src/cli/program.ts';
import { apiOperations } from '../../src/serve/http/api.ts';
import { FakeEngine, FakeSnapshot } from './fake-engine.ts';
import { type CodeBlock, ROOT } from './markdown.ts';

/** A command of a `console` block and the output that the page shows for it. */
export interface Example {
  readonly command: string;
  readonly shown: string;
}

const PROMPT = '$ ';
const SERVER = /^http:\/\/(?:127\.0\.0\.1|localhost):\d+/;

/**
 * The commands of a `console` block. A command begins with `$ ` and continues while a line ends with a backslash or a
 * pipe, or a single quotation mark is open; the lines after it are its output.
 */
export function examplesOf({ text }: Pick<CodeBlock, 'text'>): Example[] {
  const examples: { command: string[]; shown: string[] }[] = [];
  let unfinished = false;
  for (const line of text.split('\n')) {
    const last = examples.at(-1);
    if (line.startsWith(PROMPT)) examples.push({ command: [line.slice(PROMPT.length)], shown: [] });
    else if (!last)
      throw new Error(`A console block begins with a command, not with ${JSON.stringify(line)}.`);
    else if (unfinished) last.command.push(line);
    else last.shown.push(line);
    const written = examples.at(-1)!;
    unfinished = written.shown.length === 0 && isUnfinished(written.command);
  }
  return examples.map(({ command, shown }) => ({ command: command.join('\n'), shown: shown.join('\n') }));
}

function isUnfinished(command: readonly string[]): boolean {
  const marks = command.join('\n').split("'").length - 1;
  return marks % 2 === 1 || /[\\|]$/.test(command.at(-1)!);
}

/**
 * Checks that a command could be run: the sub-command, each option and each value of `paper-search`, the script of
 * `npm run`, the file that `npx tsx` runs, and the route that `curl` requests exist.
 * @throws Error that says what does not exist.
 */
export async function expectCallable([name, ...args]: readonly string[]): Promise<void> {
  if (name === 'sudo') return expectCallable(args);
  if (name === 'paper-search') return parsePaperSearch(args);
  if (name === 'npx' && args[0] === 'paper-search') return parsePaperSearch(args.slice(1));
  if (name === 'npx' && args[0] === 'tsx') return expectFile(args[1]!);
  if (name === 'npx') return expectInstalled(args[0]!);
  if (name === 'npm') return expectNpm(args);
  if (name === 'claude' && args.includes('--')) return expectCallable(args.slice(args.indexOf('--') + 1));
  if (name === 'curl') expectRoute(args);
}

/**
 * Commands in the texts that `--help` prints: the lines that begin with a prompt. The files that a command reads or
 * writes are not checked: they belong to the reader.
 */
export function helpExamples(help: string): string[] {
  return Array.from(help.matchAll(/^ *\$ (.+)$/gm), ([, command]) =>
    command!.replace(/ [<>] (?:"[^"]*"|\S+)$/, ''),
  );
}

async function parsePaperSearch(args: readonly string[]): Promise<void> {
  const program = createProgram();
  for (const command of allCommands(program)) {
    command.exitOverride().configureOutput({ writeErr: () => {}, writeOut: () => {} });
    if (command.commands.length === 0) command.action(() => {});
  }
  await program.parseAsync([...args], { from: 'user' }).catch((error: unknown) => {
    // --help and --version end a program without an error.
    if (!(error instanceof CommanderError) || error.exitCode !== 0) throw error;
  });
}

function expectNpm([verb = '', script = '']: readonly string[]): void {
  const { scripts } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
  if (['ci', 'install', 'audit', 'pack', 'publish'].includes(verb)) return;
  const wanted = verb === 'run' ? script : verb;
  if (!Object.hasOwn(scripts, wanted)) throw new Error(`package.json has no script "${wanted}"`);
}

function expectFile(path: string): void {
  if (!existsSync(join(ROOT, path))) throw new Error(`There is no file ${path}`);
}

function expectInstalled(program: string): void {
  if (existsSync(join(ROOT, 'node_modules/.bin', program))) return;
  throw new Error(`npx runs ${program}, which is not a program of this project`);
}

function expectRoute(args: readonly string[]): void {
  const url = args.find((arg) => SERVER.test(arg));
  if (!url) return;
  const path = url
    .replace(SERVER, '')
    .replace(/[?#].*$/, '')
    .replace(/^\/v1(?=\/)/, '');
  const given = args[args.indexOf('-X') + 1];
  const method = args.includes('-X')
    ? given!
    : args.some((arg) => /^--?d(?:ata|$)/.test(arg))
      ? 'POST'
      : 'GET';
  const known = apiOperations({ engine: new FakeEngine(new FakeSnapshot()) }).some(
    (operation) =>
      operation.method.toUpperCase() === method &&
      new RegExp(`^${operation.path.replace(/:\w+|\{\w+\}/g, '[^/]+')}$`).test(path),
  );
  if (!known) throw new Error(`The server has no ${method} ${path}`);
}
