import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { serveMcpOverStdio } from '../../../src/serve/mcp/stdio.ts';
import { FakeEngine, FakeSnapshot } from '../../support/fake-engine.ts';

/** What a session that ends right after these lines answers. */
async function session(lines: readonly string[], snapshot = new FakeSnapshot()) {
  const input = new PassThrough();
  const output = new PassThrough();
  const logged: unknown[] = [];
  // Read all the while: a client that does not read is waited for.
  const written = text(output);
  input.end(lines.map((line) => `${line}\n`).join(''));
  await serveMcpOverStdio(new FakeEngine(snapshot), {
    log: (error) => logged.push(error),
    signal: new AbortController().signal,
    input,
    output,
  });
  output.end();
  const answers = (await written)
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line));
  return { answers, logged };
}

const INITIALIZE = JSON.stringify({
  jsonrpc: '2.0',
  id: 1,
  method: 'initialize',
  params: { protocolVersion: '2025-06-18', capabilities: {}, clientInfo: { name: 't', version: '1' } },
});
const call = (id: number, name: string, args: object) =>
  JSON.stringify({ jsonrpc: '2.0', id, method: 'tools/call', params: { name, arguments: args } });

/** A snapshot that takes its time. */
class SlowSnapshot extends FakeSnapshot {
  override async search(...request: Parameters<FakeSnapshot['search']>) {
    await new Promise((resolve) => setImmediate(() => setImmediate(resolve)));
    return super.search(...request);
  }
}

test('answers requests sent before the input ended', async () => {
  const { answers } = await session(
    [INITIALIZE, call(2, 'search', { query: 'x' }), call(3, 'get_paper', { id: 'a' })],
    new SlowSnapshot(),
  );
  expect(answers.map(({ id }) => id).sort()).toEqual([1, 2, 3]);
});

test('ends the session for an empty input', async () => {
  expect(await session([])).toEqual({ answers: [], logged: [] });
});

test('skips and logs lines that are not messages', async () => {
  const { answers, logged } = await session(['{', '{"jsonrpc":"2.0"}', 'null', INITIALIZE]);
  expect(answers.map(({ id }) => id)).toEqual([1]);
  expect(logged.length).toBeGreaterThan(0);
});

test('ends at once when the signal aborts', async () => {
  const input = new PassThrough();
  const stop = new AbortController();
  const ended = serveMcpOverStdio(new FakeEngine(new FakeSnapshot()), {
    log: () => {},
    signal: stop.signal,
    input,
    output: new PassThrough(),
  });
  stop.abort();
  await ended;
});

const method = fc.constantFrom(
  'tools/call',
  'tools/list',
  'resources/read',
  'initialize',
  'ping',
  'no/such',
  '',
);
const name = fc.constantFrom(
  'search',
  'related',
  'get_paper',
  'export',
  'describe_corpus',
  '__proto__',
  'constructor',
);
const wildMessage = fc.oneof(
  fc.jsonValue(),
  fc.record({ jsonrpc: fc.constant('2.0'), id: fc.nat(), method, params: fc.jsonValue() }),
  fc.record({
    jsonrpc: fc.constant('2.0'),
    id: fc.nat(),
    method: fc.constant('tools/call'),
    params: fc.record({ name, arguments: fc.jsonValue() }),
  }),
  fc.record({
    jsonrpc: fc.constant('2.0'),
    id: fc.nat(),
    method: fc.constant('resources/read'),
    params: fc.record({ uri: fc.string().map((id) => `paper://${id}`) }),
  }),
);

test('answers any input with valid messages, and ends the session', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(wildMessage, { maxLength: 5 }), async (messages) => {
      const { answers } = await session([INITIALIZE, ...messages.map((each) => JSON.stringify(each))]);
      expect(answers.every(({ jsonrpc }) => jsonrpc === '2.0')).toBe(true);
      // It still answers what is right.
      expect(answers.some(({ id, result }) => id === 1 && result?.serverInfo?.name === 'paper-search')).toBe(
        true,
      );
    }),
    { numRuns: 60 },
  );
});
