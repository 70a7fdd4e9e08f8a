/**
 * How long a `Retry-After` header asks to wait: a number of seconds or an HTTP date (RFC 9110, section 10.2.3).
 * @param header its value, if there is one. @param now milliseconds since 1970.
 * @returns milliseconds, 0 for a date that has passed; undefined where the header says nothing usable.
 */
export function retryAfterMs(header: string | null, now: number): number | undefined {
  const text = header?.trim() ?? '';
  if (/^\d+$/.test(text)) return Number(text) * 1000;
  // Date.parse reads nearly anything ("-5" is a month); an HTTP date begins with the name of a day.
  if (!/^[A-Za-z]{3,9},? /.test(text)) return undefined;
  const date = Date.parse(text);
  return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}
