import { expect, test } from 'vitest';
import { attributeOf, XmlPage } from '../../../src/ingest/fetch/xml-page.ts';

const page = new XmlPage(`<list>
  <record id="1"><title>a &lt;record&gt; in text</title></record><record/><records/>
  <error code='bad "token"'>none of &quot;a&amp;b&quot;</error>
  <empty a="1"/><token></token>
</list>
`);

test('counts elements by their whole name', () => {
  expect(page.count('record')).toBe(2);
  expect(page.count('title')).toBe(1);
  expect(page.count('absent')).toBe(0);
});

test('unescapes text and attributes', () => {
  const error = page.element('error')!;
  expect(error.text).toBe('none of "a&b"');
  expect(attributeOf(error, 'code')).toBe('bad "token"');
  expect(attributeOf(error, 'ode')).toBeUndefined();
});

test('returns an empty text for an empty element, and undefined for an absent one', () => {
  expect(page.element('empty')).toEqual({ text: '', attributes: ' a="1"' });
  expect(page.element('token')?.text).toBe('');
  expect(page.element('absent')).toBeUndefined();
});

test('accepts a document as complete when its root ends', () => {
  expect(page.endsWith('list')).toBe(true);
  expect(page.endsWith('record')).toBe(false);
  expect(new XmlPage('<list><record/>').endsWith('list')).toBe(false);
});
