import { type Logger, pino } from 'pino';
import { PaperSearchError } from '../errors.ts';
import type { Exchange } from '../serve/http/exchange.ts';
import type { LogLevel } from './server-options.ts';

export type { Logger } from 'pino';

/** Destination of log lines, such as standard error. */
export interface LogStream {
  readonly isTTY?: boolean | undefined;
  write(text: string): unknown;
}

/**
 * A log: one JSON object per line for programs, one readable line on a terminal. Nothing that is logged can look
 * like another line or control the terminal.
 */
export function createLog(level: LogLevel, stream: LogStream): Logger {
  const options = {
    level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label: string) => ({ level: label }) },
  };
  const write = stream.isTTY
    ? (line: string) => stream.write(`${forPeople(JSON.parse(line) as Record<string, unknown>)}\n`)
    : (line: string) => stream.write(line);
  return pino(options, { write });
}

/**
 * Logs a finished request, without its query.
 * @param withQueries whether to log the URL, which contains the query.
 */
export function logExchange(log: Logger, exchange: Exchange, withQueries: boolean): void {
  const { id, method, route, library, status, durationMs, bytes, snapshot, isMonitoring, url } = exchange;
  const ms = Math.round(durationMs * 10) / 10;
  // Whoever has the link of a shared collection can read it.
  const shown = withQueries && { url: url.replace(/(\/shared\/)[^/?]+/, '$1…') };
  const fields = { id, method, route, library, status, ms, bytes, snapshot, ...shown };
  if (isMonitoring) log.debug(fields, 'request');
  else if (status >= 500) log.warn(fields, 'request');
  else log.info(fields, 'request');
}

/** Logs an internal error, with the id of the request during which it occurred. */
export function logError(log: Logger, error: unknown, id?: string): void {
  const err = error instanceof Error ? error : new PaperSearchError('INTERNAL', String(error));
  log.error({ id, err }, 'unexpected error');
}

function forPeople({ time, level, msg, err, ...fields }: Record<string, unknown>): string {
  const stack = (err as { readonly stack?: string } | undefined)?.stack;
  const named = Object.entries(fields).map(([name, value]) => `${name}=${shortOf(value)}`);
  const clock = String(time).slice(11, 19);
  const parts = [clock, String(level).toUpperCase().padEnd(5), String(msg ?? ''), ...named];
  // Continuation lines are indented, so that they do not look like log lines.
  return printable([parts.join(' '), ...(stack === undefined ? [] : [stack])].join('\n')).replaceAll(
    '\n',
    '\n    ',
  );
}

function shortOf(value: unknown): string {
  return typeof value === 'string' && /^[^\s"=]+$/.test(value) ? value : JSON.stringify(value);
}

/** Makes characters visible that control a terminal or change the direction of text. */
function printable(text: string): string {
  return text.replace(/(?!\n)[\p{Cc}\p{Cf}\u2028\u2029]/gu, (sign) => {
    return `\\u{${sign.codePointAt(0)!.toString(16)}}`;
  });
}
