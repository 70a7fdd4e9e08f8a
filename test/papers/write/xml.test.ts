import fc from 'fast-check';
import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { expect, test } from 'vitest';
import { xmlDocument } from '../../../src/papers/write/xml.ts';

test('writes elements, attributes and lists, and leaves out undefined', () => {
  const a = { '@_x': '"1" & <2>', b: ['<one>', 'two & three'], c: undefined, d: { '@_y': 'true' }, e: 0 };
  expect(xmlDocument({ a })).toBe(`<?xml version="1.0" encoding="UTF-8"?>
<a x="&quot;1&quot; &amp; &lt;2&gt;">
  <b>&lt;one&gt;</b>
  <b>two &amp; three</b>
  <d y="true"/>
  <e>0</e>
</a>
`);
});

test('preserves any text except characters that XML forbids', () => {
  const parser = new XMLParser({ ignoreAttributes: false, parseTagValue: false, trimValues: false });
  const text = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc
      .array(
        fc.constantFrom(
          ']]>',
          '<![CDATA[',
          '<!--',
          '&amp;',
          '&#0;',
          '<b>',
          '"',
          "'",
          '\0',
          '\ud800',
          '\uffff',
          'x',
        ),
      )
      .map((parts) => parts.join('')),
  );
  fc.assert(
    fc.property(text, (wild) => {
      const xml = xmlDocument({ a: { '@_b': wild, c: `.${wild}.` } });
      expect(XMLValidator.validate(xml)).toBe(true);
      expect(xml).not.toMatch(/(?![\t\n\r])\p{Cc}|\p{Cs}|[\ufffe\uffff]/u);
      const allowed = wild.replace(/(?![\t\n\r])\p{Cc}|\p{Cs}|[\ufffe\uffff]/gu, '');
      // A parser takes every line end for one.
      const lines = (each: string) => each.replace(/\r\n?/g, '\n');
      const { a } = parser.parse(xml);
      expect(lines(a.c)).toBe(lines(`.${allowed}.`));
      expect(lines(a['@_b'])).toBe(lines(allowed));
    }),
  );
});
