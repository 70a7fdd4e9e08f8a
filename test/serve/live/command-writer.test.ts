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
    place: ['--index=the index'],
    placeText: 'the index',
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

test('passes bytes to the standard input of ingest, and returns its report', async () => {
  const before = temporary();
  const { writer, said } = writerOf('console.error("Reading"); print({ args, input: input() })');
  expect(await writer.add(bytesOf('{"title":', '"A"}'), { venue: '-x', year: 2025 })).toEqual({
    args: ['ingest', '--json', '--index=the index', '--venue=-x', '--year=2025', '-'],
    input: '{"title":"A"}',
  });
  expect(said.join('')).toBe('Reading\n');
  expect(temporary()).toEqual(before);
});

test('never passes files or ids as options', async () => {
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

test('returns the report after onWritten has ended', async () => {
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
])('%s rejects the change, and onWritten is not called', async (_, script, error) => {
  const onWritten = vi.fn(async () => {});
  const { writer } = writerOf(script, onWritten);
  await expect(writer.remove(['a'])).rejects.toMatchObject(error);
  expect(onWritten).not.toHaveBeenCalled();
});

test('returns the report for any exit code', async () => {
  const { writer } = writerOf('print({ rejected: [1] }); process.exitCode = 1');
  expect(await writer.add(bytesOf('x'))).toEqual({ rejected: [1] });
});

test('rejects when the program cannot be started', async () => {
  const writer = new CommandWriter({
    program: { file: '/nowhere/program', args: [] },
    place: ['--index=i'],
    placeText: '"i"',
    onWritten: async () => {},
    onOutput: () => {},
  });
  await expect(writer.remove(['a'])).rejects.toMatchObject({ code: 'INTERNAL' });
});

test('runs one change at a time, and asks another one to retry', async () => {
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
  // A slow upload does not block other changes.
  const uploading = writer.add(
    (async function* () {
      yield Buffer.from('x');
      await written;
      expect(await writer.add(bytesOf('y'))).toBe('y');
    })(),
  );
  expect(await uploading).toBe('x');
});

test('does not start a command for incomplete or empty input, and leaves no files', async () => {
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

test('waits for a running change when closed, and starts no other', async () => {
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

test('stops a long change when closed, and rejects it at once', async () => {
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
