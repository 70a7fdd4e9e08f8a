/** The combining character for each accent command of TeX. */
const ACCENTS: Readonly<Record<string, string>> = {
  '`': '\u0300',
  "'": '\u0301',
  '^': '\u0302',
  '~': '\u0303',
  '=': '\u0304',
  u: '\u0306',
  '.': '\u0307',
  '"': '\u0308',
  r: '\u030a',
  H: '\u030b',
  v: '\u030c',
  d: '\u0323',
  c: '\u0327',
  k: '\u0328',
  b: '\u0331',
  t: '\u0361',
};

/** Commands of TeX that produce one letter or symbol. */
const SIGNS: Readonly<Record<string, string>> = {
  aa: 'å',
  AA: 'Å',
  ae: 'æ',
  AE: 'Æ',
  oe: 'œ',
  OE: 'Œ',
  o: 'ø',
  O: 'Ø',
  l: 'ł',
  L: 'Ł',
  ss: 'ß',
  i: 'ı',
  j: 'ȷ',
  dh: 'ð',
  DH: 'Ð',
  dj: 'đ',
  DJ: 'Đ',
  th: 'þ',
  TH: 'Þ',
  ng: 'ŋ',
  NG: 'Ŋ',
  textendash: '–',
  textemdash: '—',
  textquoteright: '’',
  textquoteleft: '‘',
  textquotedblleft: '“',
  textquotedblright: '”',
  textless: '<',
  textgreater: '>',
  textbar: '|',
  textunderscore: '_',
  ldots: '…',
  dots: '…',
  textregistered: '®',
  texttrademark: '™',
  copyright: '©',
  textdegree: '°',
};

/** Commands for characters that have a meaning in TeX, so they are replaced only once. */
export const TEX_SIGNS: Readonly<Record<string, string>> = {
  textbackslash: '\\',
  textasciitilde: '~',
  textasciicircum: '^',
  textbraceleft: '{',
  textbraceright: '}',
  textdollar: '$',
};

const ALL_SIGNS = { ...SIGNS, ...TEX_SIGNS };

// An accent precedes a letter, bare or in braces; the dotless i and j lose their command under it. An accent command
// after a slash is part of a URL: `/\~name`.
const ACCENT =
  /(?<!\/)\\(?:(["'`^~=.])|([uvHcdbrkt])(?![a-zA-Z]))\s*(?:\{\s?\\?(\p{L})\s?\}|\\([ij])(?![a-zA-Z])\s*|(\p{L}))/gu;
const SIGN = /\{?\\([a-zA-Z]+)(?:\{\}|\s+|(?![a-zA-Z]))(\}?)/g;
/** A group around a single letter, as `{\"u}` leaves it. */
const LETTER_GROUP = /(?<!\\[a-zA-Z]{1,20})\{(\p{L}\p{M}*)\}/gu;
/** A dollar sign that is escaped, as in prices, opens and closes no formula. */
const MATH = /((?<!\\)\$(?:\\\$|[^$])*\$)/;

/** Text with its accents and special letters as characters; formulas between dollar signs stay as they are. */
export function accentsToUnicode(text: string): string {
  if (!text.includes('\\')) return text;
  return outsideMath(text, (part) => accents(part, ALL_SIGNS));
}

function outsideMath(text: string, change: (part: string) => string): string {
  return text
    .split(MATH)
    .map((part, index) => (index % 2 === 0 ? change(part) : part))
    .join('');
}

function accents(text: string, signs: Readonly<Record<string, string>>): string {
  return text
    .replace(SIGN, (whole, name: string, end: string) => {
      // `\i` and `\j` under an accent are left for the accent.
      if (name === 'i' || name === 'j' || !Object.hasOwn(signs, name)) return whole;
      const opened = whole.startsWith('{');
      return opened && end ? signs[name]! : `${opened ? '{' : ''}${signs[name]}${end}`;
    })
    .replace(ACCENT, (_, sign, letter, inBraces, dotless, bare) =>
      `${inBraces ?? dotless ?? bare}${ACCENTS[sign ?? letter]}`.normalize('NFC'),
    )
    .replace(/\\([ij])(?![a-zA-Z])(?:\{\}|\s+)?/g, (_, letter: string) => SIGNS[letter]!)
    .replace(LETTER_GROUP, '$1');
}
