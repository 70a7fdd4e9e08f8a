/*
 * Content lines of iCalendar (RFC 5545). Written here, since the libraries that were tried hold the server up: with
 * abstracts, ical-generator takes 3 ms an event and ics more, and ics folds by characters where octets count.
 */

/** Octets of a line without its end (RFC 5545 3.1). */
const MAX_LINE_LENGTH = 75;

/** What a text cannot hold (TSAFE-CHAR of RFC 5545 3.1). */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is taken out
const CONTROLS = /[\0-\x08\x0b\x0c\x0e-\x1f\x7f]/g;

/** A property with a value that needs no escapes: a date, a URI. */
export function propertyLine(name: string, value: string): string {
  return folded(`${name}:${value}`);
}

/** A property with a text (RFC 5545 3.3.11). */
export function textLine(name: string, text: string): string {
  const escaped = text
    .replace(CONTROLS, '')
    .replace(/[\\;,]/g, '\\$&')
    .replace(/\r\n|\r|\n/g, '\\n');
  return folded(`${name}:${escaped}`);
}

/** A line in parts of at most 75 octets; no character is cut in two. */
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
      // The blank that a part begins with counts.
      octets = 1;
    }
    octets += size;
    at += character.length;
  }
  return `${parts}${line.slice(start)}\r\n`;
}

/** In UTF-8. */
function octetsOf(codePoint: number): number {
  if (codePoint < 0x80) return 1;
  if (codePoint < 0x800) return 2;
  return codePoint < 0x10000 ? 3 : 4;
}
