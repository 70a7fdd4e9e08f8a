import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import { expect, test } from 'vitest';
import { serveMcpOverStdio } from '../../src/mcp/stdio.ts';
import { FakeSearcher } from '../support/fake-searcher.ts';

/** What a session that ends right after these lines answers. */
async function session(lines: readonly string[], searcher = new FakeSearcher()) {
  const input = new PassThrough();
  const output = new PassThrough();
  const logged: unknown[] = [];
  input.end(lines.map((line) => `${line}\n`).join(''));
  await serveMcpOverStdio(searcher, {
    log: (error) => logged.push(error),
    signal: new AbortController().signal,
    input,
    output,
  });
  output.end();
  const answers = (await text(output))
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

/** A searcher that takes its time. */
class SlowSearcher extends FakeSearcher {
  override async search(...request: Parameters<FakeSearcher['search']>) {
    await new Promise((resolve) => setImmediate(() => setImmediate(resolve)));
    return super.search(...request);
  }
}

test('what was asked before the input ended is answered', async () => {
  const { answers } = await session(
    [INITIALIZE, call(2, 'search', { query: 'x' }), call(3, 'get_paper', { id: 'a' })],
    new SlowSearcher(),
  );
  expect(answers.map(({ id }) => id).sort()).toEqual([1, 2, 3]);
});

test('an input without a message ends the session', async () => {
  expect(await session([])).toEqual({ answers: [], logged: [] });
});

test('lines that are no messages are passed over, and logged', async () => {
  const { answers, logged } = await session(['{', '{"jsonrpc":"2.0"}', 'null', INITIALIZE]);
  expect(answers.map(({ id }) => id)).toEqual([1]);
  expect(logged.length).toBeGreaterThan(0);
});

test('an aborted signal ends it at once', async () => {
  const input = new PassThrough();
  const stop = new AbortController();
  const ended = serveMcpOverStdio(new FakeSearcher(), {
    log: () => {},
    signal: stop.signal,
    input,
    output: new PassThrough(),
  });
  stop.abort();
  await ended;
});
