/** How the bytes of a text were read, where they were not plain UTF-8. */
export interface EncodingNote {
  /** `windows-1252`, `utf-16le`. */
  readonly encoding: string;
  /** Whether the whole text was read so, or single bytes of it. */
  readonly found: 'guessed' | 'stray-bytes';
}

/** Bytes that are looked at for UTF-16 without a mark and for the declaration of an XML document. */
export const SAMPLE_BYTES = 512;

/**
 * The encoding that the first bytes of a text state: a byte-order mark, the zero bytes of UTF-16, or the declaration of
 * an XML document. Undefined when they state none, so that the text is UTF-8 until a byte says otherwise.
 */
function statedEncoding(
  start: Uint8Array,
): { readonly encoding: string; readonly found?: 'guessed' } | undefined {
  if (start[0] === 0xff && start[1] === 0xfe) return { encoding: 'utf-16le' };
  if (start[0] === 0xfe && start[1] === 0xff) return { encoding: 'utf-16be' };
  const wide = utf16WithoutMark(start.subarray(0, SAMPLE_BYTES));
  if (wide) return { encoding: wide, found: 'guessed' };
  const declared = declaredEncoding(start);
  return declared === undefined ? undefined : { encoding: declared };
}

/** The decoder for a text that begins with these bytes (SAMPLE_BYTES, or all that there are). */
export function decoderFor(start: Uint8Array): Decoder {
  const stated = statedEncoding(start);
  if (!stated) return new Utf8OrWindows1252();
  const { encoding, found } = stated;
  const decoder = new TextDecoder(encoding);
  return {
    decode: (piece) => decoder.decode(piece, { stream: true }),
    end: () => decoder.decode(),
    note: found && { encoding, found },
  };
}

/** Text in Latin letters as UTF-16 has a zero in nearly every second byte, and in no other. */
function utf16WithoutMark(bytes: Uint8Array): string | undefined {
  const pairs = Math.floor(bytes.length / 2);
  if (pairs < 4) return undefined;
  let even = 0;
  let odd = 0;
  for (let at = 0; at < pairs * 2; at += 2) {
    if (bytes[at] === 0) even++;
    if (bytes[at + 1] === 0) odd++;
  }
  if (even === 0 && odd > pairs * 0.7) return 'utf-16le';
  if (odd === 0 && even > pairs * 0.7) return 'utf-16be';
  return undefined;
}

/** The name in `<?xml … encoding="ISO-8859-1"?>`; undefined for UTF-8 and for names that no decoder has. */
function declaredEncoding(start: Uint8Array): string | undefined {
  const head = Buffer.from(start.subarray(0, SAMPLE_BYTES)).toString('latin1');
  const name = /^(?:\xef\xbb\xbf)?\s*<\?xml\s[^>]*?\bencoding\s*=\s*["']([\w.:-]{1,40})["']/.exec(head)?.[1];
  if (name === undefined) return undefined;
  try {
    const { encoding } = new TextDecoder(name);
    // The bytes distinguish Latin-1 from UTF-8. A declaration in single bytes that says UTF-16 is wrong.
    return /^utf-|^windows-1252$/.test(encoding) ? undefined : encoding;
  } catch {
    return undefined;
  }
}

/** The decoder of a text. It can be given pieces that end inside a character. */
export interface Decoder {
  decode(piece: Uint8Array): string;
  end(): string;
  /** How the text was read so far; undefined while it is plain UTF-8. */
  readonly note: EncodingNote | undefined;
}

/** Longest sequence of bytes of one character in UTF-8. */
const MAX_SEQUENCE = 4;
const MIN_LETTER = 0xa0;

/**
 * Reads UTF-8 up to the first byte that is not valid UTF-8. If every byte before it was ASCII, the text is read as
 * Windows-1252 (a superset of Latin-1) from there on. If there were other UTF-8 characters before it, single bytes of
 * Windows-1252 were pasted into the text: a byte that is a letter in Windows-1252 is read as that letter, and other
 * damage becomes U+FFFD.
 */
class Utf8OrWindows1252 implements Decoder {
  note: EncodingNote | undefined;
  #seenUtf8 = false;
  #begun = true;
  #rest = new Uint8Array(0);

  decode(piece: Uint8Array): string {
    if (this.note?.found === 'guessed') return fromWindows1252(piece);
    const bytes = this.#rest.length > 0 ? Buffer.concat([this.#rest, piece]) : piece;
    // An unfinished character is kept until the next piece arrives.
    const end = bytes.length - unfinishedLength(bytes);
    this.#rest = Uint8Array.from(bytes.subarray(end));
    return this.#withoutMark(this.#read(bytes.subarray(0, end)));
  }

  end(): string {
    const rest = this.#rest;
    this.#rest = new Uint8Array(0);
    if (rest.length === 0) return '';
    // A file cut off inside a character, unless all before it was ASCII: then it is a letter at the end.
    return this.#withoutMark(this.#seenUtf8 ? '\ufffd' : this.#read(rest));
  }

  #withoutMark(text: string): string {
    if (!this.#begun || text === '') return text;
    this.#begun = false;
    return text.startsWith('\ufeff') ? text.slice(1) : text;
  }

  #read(bytes: Uint8Array): string {
    const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
    if (!text.includes('\ufffd')) {
      this.#seenUtf8 ||= text.length < bytes.length;
      return text;
    }
    return this.#mended(bytes);
  }

  /** Decodes bytes of which some are not UTF-8. */
  #mended(bytes: Uint8Array): string {
    let text = '';
    let from = 0;
    const whole = (end: number) =>
      Buffer.from(bytes.buffer, bytes.byteOffset + from, end - from).toString('utf8');
    for (let at = 0; at < bytes.length; ) {
      const length = sequenceLength(bytes, at);
      if (length > 1) this.#seenUtf8 = true;
      if (length > 0) {
        at += length;
        continue;
      }
      text += whole(at);
      if (!this.#seenUtf8) {
        this.note = { encoding: 'windows-1252', found: 'guessed' };
        return text + fromWindows1252(bytes.subarray(at));
      }
      const isLetter = bytes[at]! >= MIN_LETTER;
      if (isLetter) this.note ??= { encoding: 'windows-1252', found: 'stray-bytes' };
      text += isLetter ? fromWindows1252(bytes.subarray(at, at + 1)) : '\ufffd';
      from = ++at;
    }
    return text + whole(bytes.length);
  }
}

/** What Windows-1252 has where Latin-1 has control characters, from 0x80 to 0x9f (WHATWG Encoding Standard). */
const WINDOWS_1252 =
  '\u20ac\u0081\u201a\u0192\u201e\u2026\u2020\u2021\u02c6\u2030\u0160\u2039\u0152\u008d\u017d\u008f' +
  '\u0090\u2018\u2019\u201c\u201d\u2022\u2013\u2014\u02dc\u2122\u0161\u203a\u0153\u009d\u017e\u0178';

/** Node's own decoder (v20) takes the name and decodes Latin-1. */
function fromWindows1252(bytes: Uint8Array): string {
  const latin1 = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('latin1');
  return latin1.replace(/[\u0080-\u009f]/g, (sign) => WINDOWS_1252[sign.charCodeAt(0) - 0x80]!);
}

/** How many bytes at the end begin a character that they do not finish. */
function unfinishedLength(bytes: Uint8Array): number {
  for (let back = 1; back < MAX_SEQUENCE && back <= bytes.length; back++) {
    const byte = bytes[bytes.length - back]!;
    if (byte < 0x80) return 0;
    if (byte >= 0xc2) return expectedLength(byte) > back ? back : 0;
  }
  return 0;
}

function expectedLength(byte: number): number {
  if (byte < 0x80) return 1;
  if (byte >= 0xc2 && byte <= 0xdf) return 2;
  if (byte >= 0xe0 && byte <= 0xef) return 3;
  return byte >= 0xf0 && byte <= 0xf4 ? 4 : 0;
}

/** The length of the character of UTF-8 at a place (RFC 3629); 0 when there is none. */
function sequenceLength(bytes: Uint8Array, at: number): number {
  const first = bytes[at]!;
  const length = expectedLength(first);
  if (length <= 1) return length;
  const second = bytes[at + 1] ?? 0;
  // Overlong forms, surrogates and values above U+10FFFF are not characters.
  const low = first === 0xe0 ? 0xa0 : first === 0xf0 ? 0x90 : 0x80;
  const high = first === 0xed ? 0x9f : first === 0xf4 ? 0x8f : 0xbf;
  if (second < low || second > high) return 0;
  for (let next = 2; next < length; next++) {
    if (((bytes[at + next] ?? 0) & 0xc0) !== 0x80) return 0;
  }
  return length;
}
