import fc from 'fast-check';

/** Texts with a meaning in some language: query syntax, paths, HTML, XML, terminals, JavaScript, Unicode. */
const TRAPS = [
  ...[
    '',
    ' ',
    '\0',
    '\r\n',
    '\u001b[31m',
    '\u009b',
    '\u202e',
    '\u2066',
    '\u2028',
    '\ufeff',
    '\ud800',
    '\u{e0041}',
  ],
  ...[
    '"',
    '"a',
    '("',
    '((((',
    '-"a"',
    'a OR',
    'AND NOT',
    'a*',
    'a~2',
    '"a b"~9',
    'title:',
    'year:>=',
    'au:',
    'ti:(',
  ],
  ...[
    '../../etc/passwd',
    '..%2f',
    '/',
    '//',
    '\\',
    '%',
    '%00',
    '%ff',
    'C:\\',
    'file:///etc/passwd',
    'a.bib',
    '.json',
  ],
  ...[
    '<script>alert(1)</script>',
    '<!--',
    ']]>',
    '&lol;',
    '<!DOCTYPE a [<!ENTITY b "c">]>',
    '{{7*7}}',
    '\\input{a}',
  ],
  ...[
    '__proto__',
    'constructor',
    'prototype',
    'toString',
    '{"__proto__":{"polluted":1}}',
    '[]',
    '{}',
    'null',
    'NaN',
  ],
  ...[
    '0',
    '-1',
    '1e309',
    '9007199254740993',
    '0x10',
    '2019-13-45',
    '2020..',
    '..',
    '>=',
    '1,2',
    ',,,',
    ';',
    '=1+1',
  ],
  ...[
    'javascript:alert(1)',
    'data:text/html,x',
    'http://169.254.169.254/',
    'DOI:10.18653/v1/N18-3011',
    'arxiv:1',
  ],
  ...['graphs', 'translation of speech', '学习', 'é', 'e\u0301', '👩‍👩‍👧', 'ﬁ'],
];

/** Hostile texts, some of them long. */
export const wildText: fc.Arbitrary<string> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.array(fc.constantFrom(...TRAPS), { maxLength: 4 }).map((parts) => parts.join('')),
  },
  { weight: 2, arbitrary: fc.string({ unit: 'binary', maxLength: 30 }) },
  {
    weight: 1,
    arbitrary: fc
      .tuple(fc.constantFrom(...TRAPS), fc.integer({ min: 10, max: 400 }))
      .map(([unit, times]) => unit.repeat(times).slice(0, 400)),
  },
);

const anyValue = fc.oneof(
  wildText,
  fc.constantFrom(null, true, 0, -1, 1e308, [], {}, [[]], [null], ['x', 'x'], { a: { b: {} } }),
  fc.array(wildText, { maxLength: 5 }),
);

/** A JSON body near an example: some fields changed, removed or added; or not JSON. */
export function wildJson(example: unknown): fc.Arbitrary<string> {
  const fields = Object.entries((example ?? {}) as Record<string, unknown>).map(([name, value]) =>
    fc.oneof(fc.constant(value), anyValue).map((chosen) => [name, chosen] as const),
  );
  const others = fc.array(
    fc.tuple(fc.oneof(fc.constantFrom('__proto__', 'constructor'), wildText), anyValue),
    {
      maxLength: 1,
    },
  );
  const text = ([name, value]: readonly [string, unknown]) =>
    `${JSON.stringify(name)}:${JSON.stringify(value)}`;
  const near = fc
    .tuple(fc.tuple(...fields), others)
    .chain(([known, more]) => fc.subarray([...known, ...more]).map((all) => `{${all.map(text).join(',')}}`));
  const deep = fc.integer({ min: 1, max: 20_000 }).map((depth) => `${'['.repeat(depth)}${']'.repeat(depth)}`);
  return fc.oneof(
    { weight: 8, arbitrary: near },
    anyValue.map((value) => JSON.stringify(value)),
    deep,
    wildText,
  );
}

/** Headers as a client may send them: visible ASCII, since clients send no others. */
export const wildHeaders: fc.Arbitrary<Record<string, string>> = fc
  .record(
    {
      Accept: fc.constantFrom(
        'text/html',
        '*/*',
        'x/y;q=9',
        'text/csv',
        'application/json;q=0',
        ';;;',
        'a'.repeat(900),
      ),
      Authorization: fc.constantFrom('Bearer x', 'Bearer ', 'Basic Og==', `Bearer ${'a'.repeat(2000)}`),
      'If-None-Match': fc.constantFrom('*', '"a"', 'W/"a', '"'.repeat(500)),
      'X-Request-Id': fc.constantFrom('a', '%0d%0aX: 1', '../..', 'x'.repeat(900)),
      'X-Forwarded-For': fc.constantFrom('1.1.1.1', '::1, x', '"'),
      'X-Api-Key': fc.constant('x'),
      Range: fc.constantFrom('bytes=0-', 'bytes=9-1'),
      Origin: fc.constantFrom('null', 'http://evil.example'),
      'Content-Type': fc.constantFrom(
        'text/plain',
        'application/json; charset=utf-7',
        'multipart/form-data',
        ';',
      ),
      'Content-Encoding': fc.constantFrom('gzip', 'br', 'x'),
    },
    { requiredKeys: [] },
  )
  .map((headers) => Object.fromEntries(Object.entries(headers)));
