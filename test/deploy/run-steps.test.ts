import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

// What can be tried of the image and the unit without Docker and systemd: the steps of the Dockerfile in plain folders,
// and the commands of both as an unprivileged user.
const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const read = (path: string) => readFileSync(join(ROOT, path), 'utf8');
const dockerfile = read('scripts/deploy/Dockerfile').replaceAll('\\\n', ' ');
const unit = read('scripts/deploy/paper-search.service');
/** An unprivileged user and group, where the tests may become one and it may enter the folders above this clone. */
const UNPRIVILEGED = process.getuid?.() === 0 && isOpenToAll(ROOT) ? { uid: 65_534, gid: 65_534 } : {};

function isOpenToAll(folder: string): boolean {
  const above = dirname(folder);
  return (statSync(folder).mode & 0o001) !== 0 && (above === folder || isOpenToAll(above));
}

type Step = readonly [keyword: string, rest: string];
/** The steps of each stage. */
const [buildSteps = [], imageSteps = []] = dockerfile
  .split(/^FROM .*$/m)
  .slice(1)
  .map((stage) =>
    Array.from(stage.matchAll(/^([A-Z]+) (.*)$/gm), ([, keyword, rest]): Step => [keyword!, rest!]),
  );

/** Does the steps of a stage in a folder, which is the root of its file system. */
function runStage(steps: readonly Step[], root: string, earlier: string): Record<string, string> {
  const env: Record<string, string> = {};
  const inside = (text: string) => text.replaceAll('/app', join(root, 'app'));
  const app = join(root, 'app');
  mkdirSync(app, { recursive: true });
  for (const [keyword, rest] of steps) {
    if (keyword === 'ENV') {
      for (const [, name, value] of rest.matchAll(/(\w+)=(\S+)/g)) env[name!] = inside(value!);
    } else if (keyword === 'COPY') {
      const [, from, paths] = /^(--from=build )?(.*)$/.exec(rest)!;
      const sources = paths!.split(' ');
      const target = sources.pop()!;
      for (const source of sources) {
        const to = /\/$/.test(target) ? join(app, target, source.split('/').at(-1)!) : join(app, target);
        cpSync(from ? join(earlier, source) : join(ROOT, source), to, {
          recursive: true,
          verbatimSymlinks: true,
        });
      }
    } else if (keyword === 'RUN' && rest.startsWith('npm ci')) {
      // The packages of this clone are those that `npm ci` installs; links take no time and no network.
      execFileSync('cp', ['-al', realpathSync(join(ROOT, 'node_modules')), join(app, 'node_modules')]);
    } else if (keyword === 'RUN') {
      execFileSync('sh', ['-c', inside(rest)], { cwd: app, env: { ...process.env, ...env }, stdio: 'pipe' });
    }
  }
  return env;
}

/** Starts a server as an unprivileged user, in a folder that it cannot write to. */
async function started(command: readonly string[], env: Record<string, string>) {
  const child = spawn(process.execPath, command, {
    cwd: '/',
    env: { PATH: process.env.PATH, HOME: '/nonexistent', ...env },
    ...UNPRIVILEGED,
  });
  let said = '';
  for await (const chunk of child.stderr) {
    said += chunk;
    const url = /http:\/\/\S+?:\d+/.exec(said)?.[0].replace('0.0.0.0', '127.0.0.1');
    if (url === undefined) continue;
    child.stderr.resume();
    return { child, url };
  }
  throw new Error(`The server did not start: ${said}`);
}

/** Sends SIGTERM. @returns the exit code, and how long it took (seconds). */
async function stopped(child: ChildProcess) {
  const began = performance.now();
  child.kill('SIGTERM');
  const [code] = await once(child, 'exit');
  return { code, seconds: (performance.now() - began) / 1000 };
}

async function answers(url: string) {
  const response = await fetch(`${url}/v1/search?q=models+that+correct+themselves&mode=semantic&limit=1`);
  expect(response.status).toBe(200);
  const { hits } = (await response.json()) as { hits: { paper: { title: string } }[] };
  expect(hits[0]!.paper.title).toMatch(/self/i);
  const page = await fetch(url, { headers: { Accept: 'text/html' } });
  expect(page.headers.get('content-type')).toContain('text/html');
}

const isBuilt = existsSync(join(ROOT, 'dist/cli/main.js'));
describe.skipIf(!isBuilt || process.platform !== 'linux')('deployment', () => {
  let folder = '';
  let image = '';
  let env: Record<string, string> = {};
  const list = (keyword: string) => JSON.parse(imageSteps.find(([each]) => each === keyword)![1]) as string[];

  beforeAll(() => {
    // Beside the packages, so that they can be linked.
    const beside = join(dirname(realpathSync(join(ROOT, 'node_modules'))), 'coverage');
    mkdirSync(beside, { recursive: true });
    folder = mkdtempSync(join(beside, 'deploy-'));
    chmodSync(folder, 0o755);
    image = join(folder, 'image');
    const build = join(folder, 'build');
    runStage(buildSteps, build, '');
    env = runStage(imageSteps, image, build);
  }, 300_000);
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test('the image has no packages for development, and the model', () => {
    expect(existsSync(join(image, 'app/node_modules/commander'))).toBe(true);
    expect(existsSync(join(image, 'app/node_modules/vitest'))).toBe(false);
    expect(existsSync(join(image, 'app/src'))).toBe(false);
    expect(env.PAPER_SEARCH_CACHE).toBe(join(image, 'app/cache'));
  });

  test('the command of the container serves an index that it cannot write, as another user', async () => {
    const main = list('ENTRYPOINT')[1]!.replace('/app', join(image, 'app'));
    const index = join(folder, 'index');
    const data = join(ROOT, 'data');
    execFileSync(process.execPath, [main, 'ingest', data, '--index', index], {
      env: { ...process.env, ...env },
      stdio: 'pipe',
    });
    const args = list('CMD').map((arg) => (arg === '/index' ? index : arg === '3000' ? '0' : arg));
    const { child, url } = await started([main, ...args], env);
    try {
      await answers(url);
    } finally {
      expect((await stopped(child)).code).toBe(0);
    }
  });

  test('the command of the unit makes an index of its folder, and stops in time', async () => {
    const setting = (name: string) => new RegExp(`^${name}=(.*)$`, 'm').exec(unit)![1]!;
    const state = mkdtempSync(join(tmpdir(), 'paper-search-unit-'));
    const moved = (text: string) =>
      text
        .replaceAll('/opt/paper-search/node_modules/paper-search', join(image, 'app'))
        .replaceAll('/var/lib/paper-search', state)
        .replaceAll('/var/cache/paper-search', join(state, 'cache'))
        .replace('--port 3000', '--port 0');
    cpSync(join(ROOT, 'data'), join(state, 'papers'), { recursive: true });
    if (UNPRIVILEGED.uid !== undefined)
      execFileSync('chown', ['-R', `${UNPRIVILEGED.uid}:${UNPRIVILEGED.gid}`, state]);
    const [node, ...args] = moved(setting('ExecStart')).split(' ');
    expect(node).toBe('node');
    const variables = Object.fromEntries(
      Array.from(moved(setting('Environment')).matchAll(/(\w+)=(\S+)/g), ([, name, value]) => [
        name!,
        value!,
      ]),
    );
    const { child, url } = await started(args, variables);
    try {
      await answers(url);
    } finally {
      const { code, seconds } = await stopped(child);
      expect(code).toBe(0);
      expect(seconds).toBeLessThan(Number(setting('TimeoutStopSec')));
      rmSync(state, { recursive: true, force: true });
    }
  }, 120_000);
});
