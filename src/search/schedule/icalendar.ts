/*
 * Content lines of iCalendar (RFC 5545). Our own, since the libraries that were tried block the server: with abstracts,
 * ical-generator takes 3 ms per event and ics more, and ics folds lines by characters instead of octets.
 */

/** Octets of a line without its line end (RFC 5545 3.1). */
const MAX_LINE_LENGTH = 75;

/** Characters that a text must not contain (TSAFE-CHAR of RFC 5545 3.1). */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these characters are removed
const CONTROLS = /[\0-\x08\x0b\x0c\x0e-\x1f\x7f]/g;

/** A property whose value needs no escapes: a date, a URI. */
export function propertyLine(name: string, value: string): string {
  return folded(`${name}:${value}`);
}

/** A property whose value is text (RFC 5545 3.3.11). */
export function textLine(name: string, text: string): string {
  const escaped = text
    .replace(CONTROLS, '')
    .replace(/[\\;,]/g, '\\$&')
    .replace(/\r\n|\r|\n/g, '\\n');
  return folded(`${name}:${escaped}`);
}

/** A line in parts of at most 75 octets; characters are not split. */
function folded(line: string): string {
  let parts = '';
  let octets = 0;
  let start = 0;
  let at = 0;
  for (const character of line) {
    const size = octetsOf(character.codePointAt(0)!);
    if (octets + size > MAX_LINE_LENGTH) {
      parts += `${line.slice(start, at)}\r\n `;
      start = at;
      // The space at the beginning of a part counts.
      octets = 1;
    }
    octets += size;
    at += character.length;
  }
  return `${parts}${line.slice(start)}\r\n`;
}

/** The length in UTF-8. */
function octetsOf(codePoint: number): number {
  if (codePoint < 0x80) return 1;
  if (codePoint < 0x800) return 2;
  return codePoint < 0x10000 ? 3 : 4;
}
