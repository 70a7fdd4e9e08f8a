import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { serveCommand } from '../../src/cli/commands/serve.ts';
import { servedApp } from '../support/app.ts';

const ROOT = new URL('../../', import.meta.url);
const fileOf = (path: string) => fileURLToPath(new URL(path, ROOT));
const read = (path: string) => readFileSync(fileOf(path), 'utf8');
const UNIT = 'scripts/deploy/paper-search.service';
const dockerfile = read('scripts/deploy/Dockerfile');
const unit = read(UNIT);

/** Throws for options that `serve` does not accept. */
function parseServe(args: readonly string[]) {
  const command = serveCommand()
    .exitOverride()
    .configureOutput({ writeErr: () => {} });
  command.action(() => {});
  expect(args[0]).toBe('serve');
  command.parse(args.slice(1), { from: 'user' });
  return command.opts();
}
/** The text after `name=` in a unit. */
const settings = (name: string) =>
  Array.from(unit.matchAll(new RegExp(`^${name}=(.*)$`, 'gm')), ([, value]) => value!);
/** A JSON list after a keyword in the Dockerfile. */
const listAfter = (start: RegExp) =>
  JSON.parse(new RegExp(`${start.source} (\\[.*\\])$`, 'm').exec(dockerfile)![1]!) as string[];

describe('the unit of systemd', () => {
  test('starts the server with valid options, and folders that it may write to', () => {
    const [command = ''] = settings('ExecStart');
    const args = command.split(' ');
    const options = parseServe(args.slice(args.indexOf('serve')));
    expect(options).toMatchObject({ host: '127.0.0.1', port: 3000 });
    const written = settings('StateDirectory').flatMap((value) => value.split(' '));
    for (const folder of [options.index, ...options.watch]) {
      expect(
        written.some((each) => folder.startsWith(`/var/lib/${each}`)),
        folder,
      ).toBe(true);
    }
    expect(settings('Environment')[0]).toContain(
      `PAPER_SEARCH_CACHE=/var/cache/${settings('CacheDirectory')[0]}`,
    );
  });

  test('is valid for systemd, and has a small attack surface', ({ skip }) => {
    if (spawnSync('systemd-analyze', ['--version']).status !== 0) skip('systemd-analyze is not installed');
    const analyze = (...args: string[]) =>
      execFileSync('systemd-analyze', args, { encoding: 'utf8', stdio: 'pipe' });
    expect(analyze('verify', fileOf(UNIT))).toBe('');
    const [, exposure] = /exposure level[^:]*: ([\d.]+)/.exec(
      analyze('security', '--offline=true', '--no-pager', fileOf(UNIT)),
    )!;
    expect(Number(exposure)).toBeLessThan(2);
  });
});

describe('the container', () => {
  test('starts the server with valid options', () => {
    expect(parseServe(listAfter(/^CMD/))).toMatchObject({ host: '0.0.0.0', port: 3000, index: '/index' });
    expect(dockerfile).toMatch(/^USER node$/m);
  });

  test('copies files that exist and that .dockerignore does not exclude', () => {
    const admitted = read('.dockerignore').split('\n');
    const copied = Array.from(dockerfile.matchAll(/^COPY (?!--from)(.*) \S+$/gm), ([, paths]) =>
      paths!.split(' '),
    );
    expect(copied.flat().length).toBeGreaterThan(4);
    for (const path of copied.flat()) {
      expect(existsSync(fileOf(path)), path).toBe(true);
      expect(admitted).toContain(`!${path}`);
    }
  });

  test('prepares the model with existing functions', () => {
    const [, path, name] = /import\('\/app\/dist\/(\S+)\.js'\)\.then\(\(\{ (\w+) \}\)/.exec(dockerfile)!;
    expect(read(`src/${path}.ts`)).toContain(`export async function ${name}(`);
  });

  test('has a health check that distinguishes a running server from a dead one', async () => {
    const [node, flag, code] = listAfter(/^ +CMD/);
    expect([node, flag]).toEqual(['node', '-e']);
    const { url } = await servedApp();
    const statusAt = async (place: string) => {
      const child = spawn(process.execPath, ['-e', code!.replace('http://127.0.0.1:3000', place)]);
      return new Promise((resolve) => child.once('exit', resolve));
    };
    expect(await statusAt(url)).toBe(0);
    expect(await statusAt(`${url}/nowhere`)).toBe(1);
    expect(await statusAt('http://127.0.0.1:1')).toBe(1);
  });
});
