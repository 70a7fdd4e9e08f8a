/** Texts that parsers look for, in addition to the texts of the inputs. */
const PIECES = [
  ...[
    '\0',
    '\u001b',
    '\u202e',
    '\ud800',
    '\ufeff',
    '\u2028',
    'é',
    '🙂',
    '\\',
    '"',
    "'",
    '`',
    '$',
    '%',
    '&',
    '~',
    '^',
  ],
  ...[
    '{',
    '}',
    '[',
    ']',
    '(',
    ')',
    '<',
    '>',
    '</',
    '/>',
    '<!--',
    '-->',
    '<![CDATA[',
    ']]>',
    '&amp;',
    '&#x0;',
    '<?',
  ],
  ...[
    '@a{',
    ' # ',
    'TY  - ',
    'ER  - \n',
    '\n\n',
    '\r',
    '\t',
    ',',
    ';',
    ':',
    '=',
    '|',
    '-',
    '+',
    '*',
    '..',
    '//',
  ],
  ...[
    'AND',
    'OR',
    'NOT',
    'ANDNOT',
    'title:',
    'year:',
    'ti:',
    '~9',
    'null',
    'true',
    '1e999',
    '-0',
    '99999999999',
  ],
  ...[
    '__proto__',
    'constructor',
    '\\u0000',
    '\\ud800',
    '{"a":',
    '[[',
    '10:00',
    'Sat 26 Apr ',
    'doi.org/10.1000/',
  ],
];

/** A random integer below a bound. */
export type Draw = (below: number) => number;

/**
 * A mutation of a text: one to four times, a part of it is removed, repeated (perhaps often), moved, replaced by a part
 * of another text, or a token from a list is inserted.
 */
export function mutated(texts: readonly string[], draw: Draw): string {
  let text = texts[draw(texts.length)]!;
  for (let times = 1 + draw(4); times > 0; times--) text = changed(text, texts, draw);
  return text.slice(0, MAX_LENGTH);
}

/** Maximum length of an input in UTF-16 code units. */
const MAX_LENGTH = 10_000;

function changed(text: string, texts: readonly string[], draw: Draw): string {
  const at = draw(text.length + 1);
  const end = Math.min(text.length, at + 1 + draw(draw(2) === 0 ? 4 : 60));
  const piece = text.slice(at, end);
  const put = (inner: string, from = at) => text.slice(0, at) + inner + text.slice(from);
  switch (draw(7)) {
    case 0:
      return put('', end);
    case 1:
      return put(piece.repeat(1 + draw(3)));
    case 2:
      return put(piece.repeat(draw(Math.ceil(MAX_LENGTH / (piece.length + 1)))));
    case 3: {
      const other = texts[draw(texts.length)]!;
      const start = draw(other.length + 1);
      return put(other.slice(start, start + draw(300)), end);
    }
    case 4:
      return put(String.fromCharCode(draw(draw(4) === 0 ? 65_536 : 128)), at + 1);
    case 5: {
      const other = draw(text.length + 1);
      return text.slice(0, other) + piece + text.slice(other);
    }
    default:
      return put(PIECES[draw(PIECES.length)]!);
  }
}
