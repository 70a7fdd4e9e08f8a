import { readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { expect, test, vi } from 'vitest';
import { CommandWriter } from '../../../src/serve/live/command-writer.ts';

/** A writer whose program is a script; `args` and `input` are its arguments and its standard input. */
function writerOf(script: string, onWritten = async () => {}, graceMs?: number) {
  const said: string[] = [];
  const program = {
    file: process.execPath,
    args: [
      '-e',
      `const args = process.argv.slice(1); const print = (value) => console.log(JSON.stringify(value));
       const input = () => require('node:fs').readFileSync(0, 'utf8');
       ${script}`,
      '--',
    ],
  };
  const writer = new CommandWriter({
    program,
    index: 'the index',
    onWritten,
    onOutput: (piece) => said.push(piece),
    graceMs,
  });
  return { writer, said };
}

async function* bytesOf(...pieces: string[]) {
  for (const piece of pieces) yield Buffer.from(piece);
}

const temporary = () => readdirSync(tmpdir()).filter((name) => /^paper-search-[^-]+$/.test(name));

test('bytes go to the standard input of ingest, and its report comes back', async () => {
  const before = temporary();
  const { writer, said } = writerOf('console.error("Reading"); print({ args, input: input() })');
  expect(await writer.add(bytesOf('{"title":', '"A"}'), { venue: '-x', year: 2025 })).toEqual({
    args: ['ingest', '--json', '--index=the index', '--venue=-x', '--year=2025', '-'],
    input: '{"title":"A"}',
  });
  expect(said.join('')).toBe('Reading\n');
  expect(temporary()).toEqual(before);
});

test('files, and ids to remove, are never taken for options', async () => {
  const { writer } = writerOf('print(args)');
  expect(await writer.replaceFiles(['--papers'])).toEqual([
    'ingest',
    '--json',
    '--index=the index',
    '--replace-source',
    '--',
    '--papers',
  ]);
  expect(await writer.remove(['-a', 'b'])).toEqual([
    'remove',
    '--json',
    '--index=the index',
    '--',
    '-a',
    'b',
  ]);
});

test('the report is given after what follows a change', async () => {
  const order: string[] = [];
  const { writer } = writerOf('print({})', async () => {
    await Promise.resolve();
    order.push('written');
  });
  await writer.remove(['a']).then(() => order.push('report'));
  expect(order).toEqual(['written', 'report']);
});

test.each([
  [
    'its own error',
    'print({ error: { code: "BAD_INPUT", message: "No format.", details: { file: "-" } } })',
    { code: 'BAD_INPUT', message: 'No format.', details: { file: '-' } },
  ],
  [
    'a crash',
    'console.error("out of memory"); process.exit(70)',
    { code: 'INTERNAL', message: expect.stringMatching(/exit code 70.*out of memory/) },
  ],
  ['a kill', 'process.kill(process.pid, "SIGKILL")', { message: expect.stringContaining('SIGKILL') }],
])('%s is what the change rejects with, and nothing follows it', async (_, script, error) => {
  const onWritten = vi.fn(async () => {});
  const { writer } = writerOf(script, onWritten);
  await expect(writer.remove(['a'])).rejects.toMatchObject(error);
  expect(onWritten).not.toHaveBeenCalled();
});

test('a report is one, whatever the exit code', async () => {
  const { writer } = writerOf('print({ rejected: [1] }); process.exitCode = 1');
  expect(await writer.add(bytesOf('x'))).toEqual({ rejected: [1] });
});

test('a program that cannot be started is an error', async () => {
  const writer = new CommandWriter({
    program: { file: '/nowhere/program', args: [] },
    index: 'i',
    onWritten: async () => {},
    onOutput: () => {},
  });
  await expect(writer.remove(['a'])).rejects.toMatchObject({ code: 'INTERNAL' });
});

test('one change at a time: another one is told to come again', async () => {
  const { writer } = writerOf('print(input())');
  let finish = () => {};
  const written = new Promise<void>((resolve) => {
    finish = resolve;
  });
  const { writer: slow } = writerOf('print(1)', () => written);
  const first = slow.remove(['a']);
  await expect(slow.add(bytesOf('x'))).rejects.toMatchObject({ code: 'INDEX_LOCKED' });
  await expect(slow.replaceFiles(['x'])).rejects.toMatchObject({ code: 'INDEX_LOCKED' });
  finish();
  expect(await first).toBe(1);
  expect(await slow.remove(['a'])).toBe(1);
  // Bytes that come slowly hold nobody up.
  const uploading = writer.add(
    (async function* () {
      yield Buffer.from('x');
      await written;
      expect(await writer.add(bytesOf('y'))).toBe('y');
    })(),
  );
  expect(await uploading).toBe('x');
});

test('bytes that break off, and none at all, start nothing and leave nothing', async () => {
  const before = temporary();
  const { writer } = writerOf('print("started")');
  const broken = async function* () {
    yield Buffer.from('x');
    throw new Error('broke off');
  };
  await expect(writer.add(broken())).rejects.toThrow('broke off');
  await expect(writer.add(bytesOf())).rejects.toMatchObject({ code: 'BAD_REQUEST' });
  expect(temporary()).toEqual(before);
});

test('when it is closed, a change under way may still end, and none begins', async () => {
  const { writer } = writerOf('print({ input: input() })');
  const adding = writer.add(bytesOf('x'));
  const { said, writer: stopped } = writerOf('console.error("up"); setTimeout(() => print("done"), 50)');
  const removing = stopped.remove(['a']);
  await vi.waitFor(() => expect(said.join('')).toContain('up'), 10_000);
  await stopped.close();
  expect(await removing).toBe('done');
  await expect(stopped.remove(['a'])).rejects.toMatchObject({ code: 'STOPPED' });
  expect(await adding).toEqual({ input: 'x' });
});

test('when it is closed, a change that takes long is asked to stop, and who waits hears at once', async () => {
  const { writer, said } = writerOf(
    `process.once("SIGTERM", () => setTimeout(() => { console.error("ending"); process.exit(130); }, 200));
     setInterval(() => {}, 1000);
     console.error("up");`,
    undefined,
    0,
  );
  const heard = writer.remove(['a']).catch((error) => ({ error, said: said.join('') }));
  await vi.waitFor(() => expect(said.join('')).toContain('up'), 10_000);
  await writer.close();
  expect(await heard).toEqual({ error: expect.objectContaining({ code: 'STOPPED' }), said: 'up\n' });
  expect(said.join('')).toBe('up\nending\n');
});
