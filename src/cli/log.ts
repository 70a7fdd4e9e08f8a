import { type Logger, pino } from 'pino';
import { PaperSearchError } from '../errors.ts';
import type { Exchange } from '../serve/http/exchange.ts';
import type { LogLevel } from './server-options.ts';

/** Where log lines go, as standard error does. */
export interface LogStream {
  readonly isTTY?: boolean | undefined;
  write(text: string): unknown;
}

/**
 * A log: JSON, one object a line, for programs; on a terminal, one line for eyes. Whatever is logged, it cannot look
 * like another line or steer the terminal.
 */
export function createLog(level: LogLevel, stream: LogStream): Logger {
  const options = {
    level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label: string) => ({ level: label }) },
  };
  const write = stream.isTTY
    ? (line: string) => stream.write(`${forEyes(JSON.parse(line) as Record<string, unknown>)}\n`)
    : (line: string) => stream.write(line);
  return pino(options, { write });
}

/**
 * Logs a request that has ended: what was served, not what was asked for.
 * @param withQueries whether the URL is logged, which tells that.
 */
export function logExchange(log: Logger, exchange: Exchange, withQueries: boolean): void {
  const { id, method, route, status, durationMs, bytes, snapshot, isMonitoring, url } = exchange;
  const ms = Math.round(durationMs * 10) / 10;
  const fields = { id, method, route, status, ms, bytes, snapshot, ...(withQueries && { url }) };
  if (isMonitoring) log.debug(fields, 'request');
  else if (status >= 500) log.warn(fields, 'request');
  else log.info(fields, 'request');
}

/** Logs an error that is nobody's request's fault, with the id of the request that met it. */
export function logError(log: Logger, error: unknown, id?: string): void {
  const err = error instanceof Error ? error : new PaperSearchError('INTERNAL', String(error));
  log.error({ id, err }, 'unexpected error');
}

function forEyes({ time, level, msg, err, ...fields }: Record<string, unknown>): string {
  const stack = (err as { readonly stack?: string } | undefined)?.stack;
  const named = Object.entries(fields).map(([name, value]) => `${name}=${shortOf(value)}`);
  const clock = String(time).slice(11, 19);
  const parts = [clock, String(level).toUpperCase().padEnd(5), String(msg ?? ''), ...named];
  // What has several lines goes on indented, so that none of them can be taken for one of ours.
  return printable([parts.join(' '), ...(stack === undefined ? [] : [stack])].join('\n')).replaceAll(
    '\n',
    '\n    ',
  );
}

function shortOf(value: unknown): string {
  return typeof value === 'string' && /^[^\s"=]+$/.test(value) ? value : JSON.stringify(value);
}

/** Signs that steer a terminal or turn the direction of a text, made visible. */
function printable(text: string): string {
  return text.replace(/(?!\n)[\p{Cc}\p{Cf}\u2028\u2029]/gu, (sign) => {
    return `\\u{${sign.codePointAt(0)!.toString(16)}}`;
  });
}
