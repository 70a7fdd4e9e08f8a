import { describe, expect, test } from 'vitest';
import { createLog, logError, logExchange } from '../../src/cli/log.ts';
import type { LogLevel } from '../../src/cli/server-options.ts';
import type { Exchange } from '../../src/serve/http/exchange.ts';

/** A log and what it wrote. */
function written(isTTY: boolean, level: LogLevel = 'info') {
  let text = '';
  const log = createLog(level, { isTTY, write: (piece) => (text += piece) });
  return { log, text: () => text, lines: () => text.trimEnd().split('\n') };
}

const exchange: Exchange = {
  id: 'abc',
  method: 'GET',
  route: '/papers/{id}',
  library: undefined,
  status: 200,
  durationMs: 1.234,
  bytes: 567,
  snapshot: 's',
  mode: undefined,
  isMonitoring: false,
  url: '/papers/secret-id?q=secret+query',
};

describe('a request', () => {
  test('is one JSON object without the query', () => {
    const { log, text } = written(false);
    logExchange(log, exchange, false);
    expect(JSON.parse(text())).toEqual({
      level: 'info',
      time: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
      msg: 'request',
      id: 'abc',
      method: 'GET',
      route: '/papers/{id}',
      status: 200,
      ms: 1.2,
      bytes: 567,
      snapshot: 's',
    });
    expect(text()).not.toContain('secret');
  });

  test('is one line on a terminal', () => {
    const { log, text } = written(true);
    logExchange(log, exchange, false);
    expect(text()).toMatch(
      /^\d\d:\d\d:\d\d INFO {2}request id=abc method=GET route=\/papers\/\{id\} status=200 ms=1.2 bytes=567 snapshot=s\n$/,
    );
  });

  test('is logged with its URL only with --log-queries', () => {
    const { log, text } = written(false);
    logExchange(log, exchange, true);
    expect(JSON.parse(text()).url).toBe(exchange.url);
  });

  test('is logged without the secret of a shared collection', () => {
    const { log, text } = written(false);
    logExchange(log, { ...exchange, url: '/v1/shared/secret/export?format=ris' }, true);
    expect(JSON.parse(text()).url).toBe('/v1/shared/…/export?format=ris');
  });

  test.each([
    [{ status: 503 }, 'warn'],
    [{ status: 404 }, 'info'],
    [{ status: 499 }, 'info'],
    [{ isMonitoring: true }, 'debug'],
    [{ isMonitoring: true, status: 503 }, 'debug'],
  ] as const)('of %o is logged at level %s', (fields, level) => {
    const { log, text } = written(false, 'debug');
    logExchange(log, { ...exchange, ...fields }, false);
    expect(JSON.parse(text()).level).toBe(level);
  });

  test('of monitoring is logged only at level debug', () => {
    const { log, text } = written(false);
    logExchange(log, { ...exchange, isMonitoring: true }, false);
    expect(text()).toBe('');
  });
});

describe('a logged text cannot look like another line', () => {
  const hostile = 'a\n{"level":"fatal"}\r\n\u001b[2J\u009b31m\u202egnp\u2028x';

  test('in JSON', () => {
    const { log, lines } = written(false);
    log.info({ url: hostile }, hostile);
    expect(lines()).toHaveLength(1);
    expect(JSON.parse(lines()[0]!)).toMatchObject({ level: 'info', url: hostile, msg: hostile });
  });

  test('on a terminal, and cannot control it', () => {
    const { log, text, lines } = written(true);
    log.info({ url: hostile }, hostile);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
    expect(text()).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e\u2028]/);
    for (const line of lines().slice(1)) expect(line).toMatch(/^ {4}/);
    expect(text()).toContain('\\u{1b}[2J');
  });
});

test.each([true, false])('an error is logged with its stack and its request (terminal: %s)', (isTTY) => {
  const { log, text } = written(isTTY);
  logError(log, new Error('It broke'), 'abc');
  expect(text()).toContain('abc');
  expect(text()).toContain('Error: It broke');
  expect(text()).toContain('log.test.ts');
  logError(log, 'just a text');
  expect(text()).toContain('just a text');
});
